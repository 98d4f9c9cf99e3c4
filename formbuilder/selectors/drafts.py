"""Whose draft is whose."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from catalogue import clock
from formbuilder.access import device_key_hash
from formbuilder.enums import DraftState
from formbuilder.flow import visible_pages
from formbuilder.models import Draft
from formbuilder.selectors.forms import compiled_form
from formbuilder.validation import Problem, find_problems


@dataclass(frozen=True)
class Visitor:
    """Who asks: a user who is logged in (or None) and the secret of the device (or "")."""

    user: Any
    device_key: str

    @property
    def key_hash(self) -> str:
        """The hash of the device's secret, "" for a device without one."""
        return device_key_hash(self.device_key) if self.device_key else ""


def draft_of(visitor: Visitor, draft_id: UUID) -> Draft | None:
    """Return the draft if `visitor` may read and change it, else None (404, U12, U13).

    A draft that was started with an account opens for that account alone; one without opens on
    its device.
    """
    return _drafts().filter(_held_by(visitor), pk=draft_id).first()


def draft_locked_out(visitor: Visitor, draft_id: UUID) -> Draft | None:
    """Return a draft of an account that was started on this device, while nobody is logged in.

    The session has ended: what is typed may still be saved there, nothing of it is shown (R14).
    """
    if visitor.user is not None or not visitor.key_hash:
        return None
    owned = Q(user__isnull=False, access_key_hash=visitor.key_hash)
    return _drafts().filter(owned, pk=draft_id).first()


def open_drafts(visitor: Visitor, procedure_code: str | None = None) -> QuerySet[Draft]:
    """Return the drafts that `visitor` can go on with, the last saved first."""
    drafts = _drafts().filter(_held_by(visitor), state=DraftState.OPEN, expires_at__gt=clock.now())
    if procedure_code is not None:
        drafts = drafts.filter(form_version__form__procedure_code=procedure_code)
    return drafts.select_related("form_version__procedure_version").order_by("-updated_at")


def submitted_drafts(visitor: Visitor) -> QuerySet[Draft]:
    """Return the drafts of `visitor` that were submitted, the last first."""
    return (
        _drafts()
        .filter(_held_by(visitor), state=DraftState.SUBMITTED)
        .select_related("submission", "form_version__procedure_version")
        .order_by("-submission__submitted_at")
    )


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.select_related("form_version", "place__parent")


def _held_by(visitor: Visitor) -> Q:
    held = Q(pk__in=[])
    if visitor.user is not None:
        held |= Q(user=visitor.user)
    if visitor.key_hash:
        held |= Q(user__isnull=True, access_key_hash=visitor.key_hash)
    return held


def problems_of_draft(draft: Draft, page: str, language: str) -> list[Problem]:
    """Return what is wrong on `page` of `draft`, in words; a key of no page has none."""
    form = compiled_form(draft.form_version)
    if page not in form.page_schemas:
        return []
    return find_problems(form, draft.answers, today=clock.today(), page=page, language=language)


def page_to_go_on(draft: Draft, language: str) -> str | None:
    """Return the first page of `draft` that is not complete, None when all are."""
    pages = visible_pages(compiled_form(draft.form_version), draft.answers)
    return next(
        (page["key"] for page in pages if problems_of_draft(draft, page["key"], language)), None
    )
