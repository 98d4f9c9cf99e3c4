"""What anyone may know of a dossier by its code: how far it is, and nothing about people."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from formbuilder.numbers import read_submission_number
from onestop.codes import normalise_code
from onestop.enums import Milestone
from onestop.models import Dossier
from onestop.process import MILESTONES, STATES, StateDescription
from onestop.scopes import every_dossier


class DossierNotFound(LookupError):
    """No dossier has this code or submission number."""


@dataclass(frozen=True)
class MilestonePassed:
    """One stage on the way to the result; `at` is None while it lies ahead."""

    milestone: Milestone
    at: datetime | None
    is_current: bool


@dataclass(frozen=True)
class TrackedDossier:
    """The public view of a dossier (C01 art. 16(2)d: code and degree of completion)."""

    number: str
    code: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    state: StateDescription
    milestones: tuple[MilestonePassed, ...]
    answer_by: datetime | None
    due_at: datetime | None
    due_stated: bool


def track(text: str) -> TrackedDossier:
    """Return the public view of the dossier with the code or submission number `text`.

    `text` may be typed in any case with stray spaces. Raises `DossierNotFound`.
    """
    code = normalise_code(text)
    number = read_submission_number(text)
    with every_dossier():
        dossier = (
            Dossier.objects.select_related("agency", "submission")
            .defer("submission__answers")
            .filter(Q(code=code) | Q(submission__number=number))
            .first()
        )
    if dossier is None:
        raise DossierNotFound(code)
    return TrackedDossier(
        number=dossier.submission.number,
        code=dossier.code or "",
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        agency_name=dossier.agency.name,
        state=STATES[dossier.state],
        milestones=_milestones(dossier),
        answer_by=None if dossier.code else dossier.submission.answer_by,
        due_at=dossier.due_at,
        due_stated=dossier.due_stated,
    )


def _milestones(dossier: Dossier) -> tuple[MilestonePassed, ...]:
    moments = {
        Milestone.SUBMITTED: dossier.submitted_at,
        Milestone.RECEIVED: dossier.received_at,
    }
    current = MILESTONES.index(STATES[dossier.state].reached) + 1
    return tuple(
        MilestonePassed(milestone, moments.get(milestone), place == current)
        for place, milestone in enumerate(MILESTONES)
    )
