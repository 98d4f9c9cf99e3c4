"""The form builder: what a citizen is asked."""

from django.apps import AppConfig


class FormbuilderConfig(AppConfig):
    """Registers what the form builder does when a procedure version is approved."""

    name = "formbuilder"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every approved version get its form."""
        # Imported here: a service needs the models, which are not ready before.
        from formbuilder.services import form_versions  # noqa: F401, PLC0415
