"""What the form builder does every day."""

from datetime import time

from catalogue.jobs import schedule
from formbuilder.services.drafts import delete_expired_drafts


@schedule("formbuilder.delete_expired_drafts", at=time(2, 30), atomic=False)
def delete_expired_drafts_daily() -> None:
    """Delete the drafts whose time is over, with their files."""
    delete_expired_drafts()
