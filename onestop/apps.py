"""The application: at start-up it takes its place behind the form builder."""

from django.apps import AppConfig


class OnestopConfig(AppConfig):
    """One-stop handling of dossiers."""

    name = "onestop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Receive what is submitted, and count the working days of offices."""
        # Models can be imported from here on only.
        from catalogue.ports import register_office_calendars  # noqa: PLC0415
        from formbuilder.ports import register_answer_clock, register_receiver  # noqa: PLC0415
        from onestop.selectors.calendars import (  # noqa: PLC0415
            end_of_working_days,
            office_days_of,
        )
        from onestop.services.receive_submission import receive_submission  # noqa: PLC0415

        register_receiver(receive_submission)
        register_answer_clock(end_of_working_days)
        register_office_calendars(office_days_of)
