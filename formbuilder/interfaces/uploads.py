"""Files that come with a page of the wizard."""

from typing import Any
from uuid import UUID

from django.http import Http404

from formbuilder.interfaces.page_form import PageForm
from formbuilder.models import Draft
from formbuilder.selectors.attachments import attachment_of, attachments
from formbuilder.services.attachments import FileRefused, attach_file, remove_attachment


def keep_files(form: PageForm, draft: Draft, by: Any) -> None:
    """Attach every file sent with `form`; one that is refused is told at its paper, others stay."""
    for slot, upload in form.chosen_files():
        try:
            attach_file(draft=draft, slot=slot, upload=upload, by=by)
        except FileRefused as refusal:
            form.add_error(form.field_name(slot, "files"), str(refusal))
    form.attachments = list(attachments(draft))


def remove_file(draft: Draft, attachment_id: str, by: Any) -> str:
    """Take a file away and return the paper it belonged to; 404 for a file of somebody else."""
    try:
        attachment = attachment_of(draft, UUID(attachment_id))
    except ValueError:
        raise Http404 from None
    if attachment is None:
        raise Http404
    remove_attachment(attachment=attachment, by=by)
    return attachment.slot
