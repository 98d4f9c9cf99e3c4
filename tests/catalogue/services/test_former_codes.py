from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, Change, FormerCode, Procedure
from catalogue.services.former_codes import add_former_code, remove_former_code
from factories.catalogue import (
    make_decision,
    make_member,
    make_ministry,
    make_procedure,
    make_version,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def procedure(ministry: Agency) -> Procedure:
    return make_procedure(ministry)


def test_former_code_leads_to_the_procedure_and_is_announced(
    procedure: Procedure, editor: User
) -> None:
    former = add_former_code(code=" b-btp-123456 ", procedure=procedure, by=editor)

    assert (former.code, former.procedure) == ("B-BTP-123456", procedure)
    assert Change.objects.filter(kind="former_code", key="B-BTP-123456").count() == 1


def test_code_of_an_abolished_procedure_may_lead_on(
    ministry: Agency, procedure: Procedure, editor: User
) -> None:
    abolished = make_version(ministry, begins=date(2020, 1, 1))
    make_decision(
        (abolished.procedure, DecisionAction.ABOLISH, date(2021, 1, 1)),
        agency=ministry,
        editor=editor,
        approver=make_member(Role.MINISTRY_APPROVER, ministry),
    )

    add_former_code(code=abolished.code, procedure=procedure, by=editor)

    assert FormerCode.objects.get().procedure == procedure


@pytest.mark.parametrize("code", ["", "x y", "<b>", "1", "x" * 41])
def test_code_that_cannot_be_one_is_refused(procedure: Procedure, editor: User, code: str) -> None:
    with pytest.raises(ValidationError):
        add_former_code(code=code, procedure=procedure, by=editor)


@pytest.mark.parametrize("days", [-30, 30])
def test_code_in_force_or_to_come_is_refused(
    ministry: Agency, procedure: Procedure, editor: User, days: int
) -> None:
    version = make_version(ministry, begins=clock.today() + timedelta(days=days))

    for code in (version.code, procedure.code):
        with pytest.raises(ValidationError):
            add_former_code(code=code, procedure=procedure, by=editor)


def test_code_leads_to_one_procedure_only(
    ministry: Agency, procedure: Procedure, editor: User
) -> None:
    add_former_code(code="8.000001", procedure=procedure, by=editor)

    with pytest.raises(ValidationError):
        add_former_code(code="8.000001", procedure=make_procedure(ministry), by=editor)


def test_removed_code_leads_nowhere(procedure: Procedure, editor: User) -> None:
    former = add_former_code(code="8.000001", procedure=procedure, by=editor)

    remove_former_code(former=former, by=editor)

    assert not FormerCode.objects.exists()
    assert Change.objects.filter(kind="former_code").count() == 2


def test_t3_editor_of_another_ministry_changes_no_former_code(
    procedure: Procedure, editor: User
) -> None:
    former = add_former_code(code="8.000001", procedure=procedure, by=editor)
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G02", "Bộ Khác"))

    with pytest.raises(PermissionDenied):
        add_former_code(code="8.000002", procedure=procedure, by=stranger)
    with pytest.raises(PermissionDenied):
        remove_former_code(former=former, by=stranger)


def test_t3_ended_code_of_another_ministry_is_not_claimed(
    procedure: Procedure, editor: User
) -> None:
    other = make_ministry("G02", "Bộ Khác")
    abolished = make_version(other, begins=date(2020, 1, 1))
    make_decision(
        (abolished.procedure, DecisionAction.ABOLISH, date(2021, 1, 1)),
        agency=other,
        editor=make_member(Role.MINISTRY_EDITOR, other),
        approver=make_member(Role.MINISTRY_APPROVER, other),
    )

    with pytest.raises(ValidationError, match="Bộ Khác"):
        add_former_code(code=abolished.code, procedure=procedure, by=editor)

    assert not FormerCode.objects.exists()


def test_code_of_a_procedure_not_published_yet_is_refused(
    ministry: Agency, procedure: Procedure, editor: User
) -> None:
    draft = make_procedure(ministry)

    with pytest.raises(ValidationError):
        add_former_code(code=draft.code, procedure=procedure, by=editor)
