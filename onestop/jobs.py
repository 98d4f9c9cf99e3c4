"""What the worker does for the one-stop mechanism."""

from typing import Any

from catalogue.jobs import job_handler
from onestop.services.notifications import TELL_APPLICANT, tell_applicant


@job_handler(TELL_APPLICANT)
def handle_tell_applicant(payload: dict[str, Any]) -> None:
    """Mail the applicant about an event of the dossier."""
    tell_applicant(dossier_pk=payload["dossier"], kind=payload["kind"])
