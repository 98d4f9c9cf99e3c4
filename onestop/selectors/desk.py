"""What an officer sees: the dossiers of their agencies, never those of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.clock import LOCAL_TZ, local
from catalogue.permissions import Permission
from catalogue.scoping import scoped_to
from catalogue.text import fold, normalise
from formbuilder.numbers import read_submission_number
from onestop.codes import normalise_code
from onestop.enums import DossierState
from onestop.models import Dossier, DossierEvent

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lane:
    """One pile of the desk: `condition` at a moment, and by what the oldest comes first."""

    key: str
    title: str | Promise
    condition: Q
    order: str
    count: int = 0


def lanes(at: datetime) -> tuple[Lane, ...]:
    """Return the piles of a desk at the moment `at`, in the order in which they are worked."""
    waiting = Q(state=DossierState.SUBMITTED)
    open_ = Q(state=DossierState.RECEIVED)
    midnight = datetime.combine(local(at).date() + _DAY, datetime.min.time(), LOCAL_TZ)
    return (
        Lane("waiting", _("Waiting for reception"), waiting, "submitted_at"),
        Lane("received", _("Received"), open_, "due_at"),
        Lane("today", _("Due today"), open_ & Q(due_at__gte=at, due_at__lt=midnight), "due_at"),
        Lane("overdue", _("Overdue"), open_ & Q(due_at__lt=at), "due_at"),
    )


def counted_lanes(user: Any, at: datetime) -> tuple[Lane, ...]:
    """Return the piles of the desk of `user` with the number of dossiers in each; one query."""
    piles = lanes(at)
    counts: Mapping[str, int] = desk_dossiers(user).aggregate(
        **{lane.key: Count("pk", filter=lane.condition) for lane in piles}
    )
    return tuple(
        Lane(lane.key, lane.title, lane.condition, lane.order, counts[lane.key]) for lane in piles
    )


def lane_dossiers(user: Any, lane: Lane, search: str = "") -> QuerySet[Dossier]:
    """Return the dossiers of one pile of `user`, oldest first, narrowed by what was typed.

    `search` is the beginning of a dossier code or submission number, or a part of the
    applicant's name in any spelling of marks.
    """
    found = desk_dossiers(user).filter(lane.condition)
    if normalise(search):
        code = read_submission_number(search) or normalise_code(search)
        found = found.filter(
            Q(code__startswith=code)
            | Q(submission__number__startswith=code)
            | Q(applicant_key__contains=fold(normalise(search)))
        )
    return found.order_by(lane.order, "pk")


def desk_dossiers(user: Any) -> QuerySet[Dossier]:
    """Return every dossier that `user` may see, with what a list shows of it."""
    with scoped_to(user, Permission.VIEW_DOSSIERS):
        return Dossier.objects.select_related("agency", "submission").defer("submission__answers")


def desk_dossier(user: Any, pk: int) -> Dossier:
    """Return one dossier with its version and form; raises `Dossier.DoesNotExist` outside."""
    with scoped_to(user, Permission.VIEW_DOSSIERS):
        return Dossier.objects.select_related(
            "agency", "procedure_version", "submission__form_version", "submission__draft"
        ).get(pk=pk)


def history(user: Any, dossier: Dossier) -> QuerySet[DossierEvent]:
    """Return the events of `dossier` that `user` may see, in order, with who did them."""
    with scoped_to(user, Permission.VIEW_DOSSIERS):
        return DossierEvent.objects.filter(dossier=dossier).select_related("by").order_by("seq")
