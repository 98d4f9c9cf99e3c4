"""Starting, saving and throwing away drafts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from catalogue import clock
from catalogue.documents import lift
from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency
from formbuilder.compiler import CompiledForm
from formbuilder.enums import DraftState
from formbuilder.flow import without_hidden
from formbuilder.models import Attachment, Draft, FormVersion
from formbuilder.selectors.attachments import attachments
from formbuilder.selectors.forms import compiled_form
from formbuilder.selectors.receiving_places import receiving_agencies
from formbuilder.validation import check_size

# Counted from the last time that it was saved.
LIFETIME = timedelta(days=30)


class DraftClosed(ValueError):
    """The draft was submitted or has expired; nothing of it can be changed."""


class PlaceRefused(ValueError):
    """The agency does not receive this procedure."""


@transaction.atomic
def start_draft(
    *, form_version: FormVersion, place: Agency, by: Any, access_key_hash: str
) -> Draft:
    """Start a draft of `form_version` for the agency `place`.

    `by` is the user, or None for somebody without an account, whose device holds the secret of
    `access_key_hash`. Raises `PlaceRefused`.
    """
    document = lift(form_version.procedure_version.document)
    if not receiving_agencies(document).filter(pk=place.pk).exists():
        raise PlaceRefused(place.code)
    return Draft.objects.create(
        form_version=form_version,
        place=place,
        answers=_known_from(place, compiled_form(form_version)),
        user=by,
        access_key_hash=access_key_hash,
        expires_at=clock.now() + LIFETIME,
    )


@transaction.atomic
def save_answers(*, draft: Draft, answers: Mapping[str, Any], by: Any) -> Draft:
    """Keep `answers` (key → answer, None for a question left empty) beside those kept before.

    Right or wrong, everything that was typed is kept; only what is not asked any more goes. The
    files of a paper are those that the server holds, whatever `answers` say (F2). Raises
    `DraftClosed`, and `AnswersTooLarge` before anything is kept.
    """
    locked = lock_open_draft(draft, by)
    check_size(dict(answers))
    form = compiled_form(locked.form_version)
    merged = {**locked.answers, **{key: answers[key] for key in answers if key in form.items}}
    given = {key: value for key, value in merged.items() if value is not None}
    locked.answers = with_files(form, without_hidden(form, given), list(attachments(locked)))
    check_size(locked.answers)
    locked.updated_at = clock.now()
    locked.expires_at = locked.updated_at + LIFETIME
    locked.save(update_fields=["answers", "updated_at", "expires_at"])
    return locked


def discard_draft(*, draft: Draft, by: Any) -> None:
    """Delete an open draft with its files; raises `DraftClosed` for a submitted one."""
    require_holder(draft, by)
    if not _delete_with_files(Draft.objects.filter(pk=draft.pk, state=DraftState.OPEN)):
        raise DraftClosed(str(draft.pk))


def delete_expired_drafts() -> int:
    """Delete every open draft whose time is over, with its files, and return how many went."""
    expired = Draft.objects.filter(state=DraftState.OPEN, expires_at__lte=clock.now())
    keys = list(expired.values_list("pk", flat=True))
    return sum(_delete_with_files(expired.filter(pk=key)) for key in keys)


@transaction.atomic
def _delete_with_files(drafts: QuerySet[Draft]) -> bool:
    """Delete the one draft of `drafts`, files first: what fails in between is done again."""
    draft = drafts.select_for_update().first()
    if draft is None:
        return False
    for attachment in attachments(draft):
        attachment.file.delete(save=False)
    draft.delete()
    return True


def lock_open_draft(draft: Draft, by: Any) -> Draft:
    """Return `draft` locked until the transaction ends; raises `DraftClosed`."""
    require_holder(draft, by)
    locked = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("form_version", "place__parent")
        .filter(pk=draft.pk)
        .first()
    )
    if locked is None or not locked.is_open:
        raise DraftClosed(str(draft.pk))
    return locked


def require_holder(draft: Draft, by: Any) -> None:
    """Raise `PermissionDenied` when the draft belongs to an account other than `by`'s.

    A draft without an account is opened by the secret of its device, which
    `formbuilder.selectors.drafts.draft_of` checks.
    """
    if draft.user_id is not None and (by is None or by.pk != draft.user_id):
        raise PermissionDenied("The draft belongs to another account.")


def with_files(
    form: CompiledForm, answers: Mapping[str, Any], files: list[Attachment]
) -> dict[str, Any]:
    """Return `answers` in which every paper that is sent as files names the stored ones."""
    complete = dict(answers)
    for key, item in form.items.items():
        answer = complete.get(key)
        if item["type"] != "file" or not isinstance(answer, dict):
            continue
        own = [file.as_answer() for file in files if file.slot == key]
        kept = {name: value for name, value in answer.items() if name != "files"}
        sends = answer.get("way") == "upload" and own
        complete[key] = {**kept, "files": own} if sends else kept
    return complete


def _known_from(place: Agency, form: CompiledForm) -> dict[str, Any]:
    """Return a first address at the place where the dossier is handed in; it can be changed."""
    item = form.items.get("address")
    is_place = place.kind == AgencyKind.PEOPLES_COMMITTEE and place.place_code
    if not item or item["type"] != "address" or not is_place:
        return {}
    if place.level == Level.PROVINCE:
        return {"address": {"province": place.place_code}}
    if place.parent is None:
        return {}
    return {"address": {"province": place.parent.place_code, "commune": place.place_code}}
