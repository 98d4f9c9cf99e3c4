from django.apps import AppConfig


class FormbuilderConfig(AppConfig):
    name = "formbuilder"
    default_auto_field = "django.db.models.BigAutoField"
