from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import ProcedureVersion
from catalogue.selectors.procedures import (
    ProcedureNotFound,
    Standing,
    resolve_procedure,
)
from catalogue.selectors.versions import version_in_force
from factories.catalogue import make_decision, make_member, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEGINS, CHANGES, ENDS = date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1)
DAY = timedelta(days=1)


@pytest.fixture
def version() -> ProcedureVersion:
    version = make_version(begins=BEGINS)
    agency = version.decision_item.decision.agency
    editor = make_member(Role.MINISTRY_EDITOR, agency)
    approver = make_member(Role.MINISTRY_APPROVER, agency)
    for action, day in ((DecisionAction.AMEND, CHANGES), (DecisionAction.ABOLISH, ENDS)):
        make_decision(
            (version.procedure, action, day), agency=agency, editor=editor, approver=approver
        )
    return version


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (BEGINS - DAY, None),
        (BEGINS, 1),
        (CHANGES - DAY, 1),
        (CHANGES, 2),
        (ENDS - DAY, 2),
        (ENDS, None),
        (date(1900, 1, 1), None),
        (date(2999, 1, 1), None),
    ],
)
def test_version_in_force_at_its_boundaries(
    version: ProcedureVersion, day: date, number: int | None
) -> None:
    found = version_in_force(version.code, day)

    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("day", "number", "standing", "upcoming"),
    [
        (BEGINS - DAY, 1, Standing.UPCOMING, 2),
        (BEGINS, 1, Standing.IN_FORCE, 2),
        (CHANGES, 2, Standing.IN_FORCE, None),
        (ENDS, 2, Standing.ENDED, None),
    ],
)
def test_procedure_is_resolved_with_its_standing(
    version: ProcedureVersion, day: date, number: int, standing: Standing, upcoming: int | None
) -> None:
    resolved = resolve_procedure(version.code, day)

    assert (resolved.version.number, resolved.standing) == (number, standing)
    assert (resolved.upcoming.number if resolved.upcoming else None) == upcoming
    assert resolved.document == resolved.version.document


def test_day_is_vietnams_when_none_is_given(version: ProcedureVersion) -> None:
    eve = datetime(2026, 4, 30, 23, 59, 59, tzinfo=clock.LOCAL_TZ)

    with clock.frozen(eve):
        before = resolve_procedure(version.code).version.number
    with clock.frozen(eve + timedelta(seconds=1)):
        after = resolve_procedure(version.code).version.number

    assert (before, after) == (1, 2)


@pytest.mark.parametrize("code", ["1.999999", "", "\0", "x" * 500, "mã"])
def test_procedure_that_is_not_there_is_not_found(code: str) -> None:
    with pytest.raises(ProcedureNotFound):
        resolve_procedure(code)


def test_version_not_entered_yet_is_not_found(version: ProcedureVersion) -> None:
    ProcedureVersion.objects.filter(code=version.code).update(valid_from=None, valid_to=None)

    with pytest.raises(ProcedureNotFound):
        resolve_procedure(version.code)


@pytest.mark.parametrize("day", [BEGINS - DAY, BEGINS, CHANGES, ENDS])
def test_procedure_is_resolved_with_one_query(version: ProcedureVersion, day: date) -> None:
    with CaptureQueriesContext(connection) as queries:
        resolved = resolve_procedure(version.code, day)
        found = resolved.version
        shown = (found.code, found.name, found.sha256, found.number, found.valid_from)
        following = resolved.upcoming.valid_from if resolved.upcoming else None

    assert len(queries) == 1
    assert all(shown)
    assert following in (None, CHANGES)


def test_document_and_decision_come_with_one_query_more(version: ProcedureVersion) -> None:
    resolved = resolve_procedure(version.code, BEGINS)

    with CaptureQueriesContext(connection) as queries:
        document, decision = resolved.document, resolved.decision
        told = (decision.number, decision.kind)

    assert len(queries) == 1
    assert document == version.document
    assert told == (version.decision_item.decision.number, version.decision_item.decision.kind)
