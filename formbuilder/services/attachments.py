"""Attaching files to a draft and taking them away."""

import errno
import hashlib
from typing import Any

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from formbuilder.compiler import CompiledForm
from formbuilder.file_kinds import KINDS, clean_name, kind_of
from formbuilder.models import Attachment, Draft
from formbuilder.selectors.attachments import attachments, bytes_attached
from formbuilder.selectors.forms import compiled_form
from formbuilder.services.drafts import lock_open_draft

MAX_BYTES_OF_DRAFT = 100 * 1024 * 1024
MEGABYTE = 1024 * 1024
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)

_log = structlog.get_logger(__name__)


class FileRefused(ValueError):
    """A file is not taken; the message tells the sender why and what to do."""


def attach_file(*, draft: Draft, slot: str, upload: "UploadedFile[bytes]", by: Any) -> Attachment:
    """Keep `upload` as a file of the paper `slot`.

    Raises `FileRefused` for an empty or too large file, a kind that is not taken, too many, or a
    full disk, and `DraftClosed`.
    """
    item = _slot(compiled_form(draft.form_version), slot)
    name = clean_name(upload.name or "")
    _refuse_size(upload, item["max_bytes"])
    kind = kind_of(upload, name)
    if kind is None or kind.name not in item["accept"]:
        kinds = ", ".join(known.name.upper() for known in KINDS if known.name in item["accept"])
        raise FileRefused(
            _("“%(name)s” is not a file of these kinds: %(kinds)s. Save it as one of them.")
            % {"name": name, "kinds": kinds}
        )
    attachment = Attachment(
        slot=slot,
        name=name,
        size=upload.size or 0,
        sha256=_sha256(upload),
        content_type=kind.content_type,
    )
    return _store(attachment, draft, upload, item, by)


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: Any) -> None:
    """Take a file away from an open draft; raises `DraftClosed`."""
    lock_open_draft(attachment.draft, by)
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _store(
    attachment: Attachment,
    draft: Draft,
    upload: "UploadedFile[bytes]",
    item: dict[str, Any],
    by: Any,
) -> Attachment:
    # Written before the transaction: a slow disk must not hold the database.
    _write(attachment, upload)
    try:
        with transaction.atomic():
            locked = lock_open_draft(draft, by)
            _refuse_quota(locked, attachment, item["max_files"])
            attachment.draft = locked
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)
        raise
    return attachment


def _write(attachment: Attachment, upload: "UploadedFile[bytes]") -> None:
    upload.seek(0)
    try:
        attachment.file.save(attachment.name, upload, save=False)
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        _log.exception("attachment.disk_full", size=attachment.size)
        raise FileRefused(
            _("There is no room for more files just now. What you typed is kept: try again later.")
        ) from error


def _slot(form: CompiledForm, slot: str) -> dict[str, Any]:
    item = form.items.get(slot)
    if item is None or item["type"] != "file":
        raise FileRefused(_("This form has no such paper."))
    return item


def _refuse_size(upload: "UploadedFile[bytes]", limit: int) -> None:
    name = clean_name(upload.name or "")
    if not upload.size:
        raise FileRefused(_("“%(name)s” is empty. Choose another file.") % {"name": name})
    if upload.size > limit:
        raise FileRefused(
            _("“%(name)s” is larger than %(limit)s MB. Make it smaller or send it in parts.")
            % {"name": name, "limit": limit // MEGABYTE}
        )


def _refuse_quota(draft: Draft, attachment: Attachment, max_files: int) -> None:
    if attachments(draft).filter(slot=attachment.slot).count() >= max_files:
        raise FileRefused(
            _("At most %(limit)s files for each paper. Remove one first.") % {"limit": max_files}
        )
    if bytes_attached(draft) + attachment.size > MAX_BYTES_OF_DRAFT:
        raise FileRefused(
            _("All files of a form may have %(limit)s MB together. Remove some first.")
            % {"limit": MAX_BYTES_OF_DRAFT // MEGABYTE}
        )


def _sha256(upload: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
