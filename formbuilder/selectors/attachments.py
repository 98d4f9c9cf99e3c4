"""Reading attached files."""

from uuid import UUID

from django.db.models import QuerySet, Sum

from formbuilder.models import Attachment, Draft


def attachments(draft: Draft) -> QuerySet[Attachment]:
    """Return the files of `draft`, the oldest first."""
    return Attachment.objects.filter(draft=draft)


def attachment_of(draft: Draft, attachment_id: UUID) -> Attachment | None:
    """Return one file of `draft`, None when it is none of its files."""
    return attachments(draft).filter(pk=attachment_id).first()


def bytes_attached(draft: Draft) -> int:
    """Return how many bytes the files of `draft` have together."""
    return attachments(draft).aggregate(total=Sum("size"))["total"] or 0
