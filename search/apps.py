from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of search."""
        from search import checks  # noqa: F401, PLC0415 - needs the settings to be complete
