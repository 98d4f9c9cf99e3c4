"""Files that belong to a draft, and to the submission that it becomes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.private_files import private_storage
from formbuilder.enums import ScanState
from formbuilder.models.draft import Draft


def storage_key(attachment: "Attachment", _filename: str) -> str:
    """Return the place of a file: by its own identity, never by a name that somebody sent (U9)."""
    name = attachment.id.hex
    return f"attachments/{name[:2]}/{name}"


class Attachment(models.Model):
    """One file for one paper; `name` is the sender's and is shown, never used as a path."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="attachments")
    slot = models.CharField(_("paper"), max_length=40)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(_("type"), max_length=100)
    scan_state = models.CharField(
        _("scan"), max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED
    )
    file = models.FileField(storage=private_storage, upload_to=storage_key, max_length=120)
    created_at = models.DateTimeField(default=clock.now)
    # The name of the paper, where a selector has looked it up.
    label: str = ""

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    def as_answer(self) -> dict[str, object]:
        """Return the file as the answers name it."""
        return {
            "id": str(self.pk),
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "contentType": self.content_type,
        }
