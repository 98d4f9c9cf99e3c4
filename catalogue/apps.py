from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the catalogue's own jobs; those of other apps lie in their module `jobs`."""
        # Jobs need the models, which are not loaded when this module is.
        from catalogue.services import decisions, live_pages, procedure_pages  # noqa: F401, PLC0415
