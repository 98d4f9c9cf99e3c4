from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the catalogue's own jobs; those of other apps lie in their module `jobs`."""
        from catalogue.services import live_pages  # noqa: F401
