from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from catalogue.clock import LOCAL_TZ, frozen
from catalogue.enums import Role
from catalogue.models import AuditEntry, Job, ProcedureUsage
from factories.catalogue import make_agency, make_user
from factories.onestop import make_dossier, make_officer, make_version
from factories.search import make_channel
from onestop.enums import DossierState, EventKind
from onestop.models import DossierCounter, DossierEvent, WorkingCalendar
from onestop.process import NotPossible
from onestop.scopes import every_dossier
from onestop.selectors.appointments import DueDateNeeded, DueDateRefused, LimitNeeded
from onestop.selectors.chain import verify_chain
from onestop.services.notifications import TELL_APPLICANT
from onestop.services.receive_dossier import receive_dossier

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=LOCAL_TZ)


def test_reception_gives_code_due_date_and_event() -> None:
    dossier = make_dossier(agency=make_agency("H18.77"))
    officer = make_officer(dossier.agency)

    with frozen(TUESDAY):
        received = receive_dossier(dossier=dossier, by=officer)

    dossier.refresh_from_db()
    assert received == dossier
    assert dossier.code == "H18.77-260609-0001"
    assert dossier.state == DossierState.RECEIVED
    assert dossier.received_at == TUESDAY
    assert dossier.due_at == datetime(2026, 6, 12, 17, 0, tzinfo=LOCAL_TZ)
    assert dossier.due_on == date(2026, 6, 12)
    assert not dossier.due_stated
    assert dossier.calendar == WorkingCalendar.objects.get()
    with every_dossier():
        event = DossierEvent.objects.get(dossier=dossier, kind=EventKind.RECEIVED)
    assert (event.seq, event.by, event.at) == (2, officer, TUESDAY)
    assert verify_chain(dossier) == []


def test_reception_is_counted_audited_and_told() -> None:
    dossier = make_dossier()
    officer = make_officer(dossier.agency)

    receive_dossier(dossier=dossier, by=officer)

    assert ProcedureUsage.objects.get(procedure_code=dossier.procedure_code).received == 1
    entry = AuditEntry.objects.get(action="dossier.received")
    assert (entry.user_id, entry.object_id) == (officer.pk, str(dossier.pk))
    assert entry.agency_code == dossier.agency.code
    job = Job.objects.get(kind=TELL_APPLICANT)
    assert job.payload == {"dossier": dossier.pk, "kind": EventKind.RECEIVED}


def test_reception_twice_is_refused_and_takes_no_second_code() -> None:
    dossier = make_dossier()
    officer = make_officer(dossier.agency)
    receive_dossier(dossier=dossier, by=officer)

    with pytest.raises(NotPossible):
        receive_dossier(dossier=dossier, by=officer)

    assert DossierCounter.objects.get(agency=dossier.agency).last == 1


@pytest.mark.parametrize("role", [Role.APPRAISER, Role.AUDITOR, Role.CASHIER])
def test_reception_needs_the_right_at_the_agency(role: str) -> None:
    dossier = make_dossier()

    with pytest.raises(PermissionDenied):
        receive_dossier(dossier=dossier, by=make_officer(dossier.agency, role))


def test_reception_by_an_officer_of_another_agency_is_refused() -> None:
    dossier = make_dossier()

    with pytest.raises(PermissionDenied):
        receive_dossier(dossier=dossier, by=make_officer(make_agency()))
    with pytest.raises(PermissionDenied):
        receive_dossier(dossier=dossier, by=make_user())


def test_reception_by_the_head_of_the_agency_above() -> None:
    province = make_agency()
    dossier = make_dossier(agency=make_agency(parent=province, level="commune"))

    received = receive_dossier(dossier=dossier, by=make_officer(province, Role.UNIT_HEAD))

    assert received.code


def test_limit_without_unit_needs_a_stated_day() -> None:
    dossier = make_dossier(version=make_version(limit={"unit": None}))
    officer = make_officer(dossier.agency)

    with frozen(TUESDAY):
        with pytest.raises(DueDateNeeded):
            receive_dossier(dossier=dossier, by=officer)
        received = receive_dossier(dossier=dossier, by=officer, stated_due=date(2026, 6, 19))

    assert received.due_stated
    assert received.due_at == datetime(2026, 6, 19, 17, 0, tzinfo=LOCAL_TZ)


@pytest.mark.parametrize("day", [date(2026, 6, 8), date(2026, 6, 13), date(2026, 9, 2)])
def test_stated_day_in_the_past_or_off_work_is_refused(day: date) -> None:
    dossier = make_dossier(version=make_version(limit={"unit": None}))

    with frozen(TUESDAY), pytest.raises(DueDateRefused):
        receive_dossier(dossier=dossier, by=make_officer(dossier.agency), stated_due=day)


def test_stated_day_beside_a_published_limit_is_refused() -> None:
    dossier = make_dossier()

    with frozen(TUESDAY), pytest.raises(DueDateRefused):
        receive_dossier(
            dossier=dossier, by=make_officer(dossier.agency), stated_due=date(2026, 6, 19)
        )


def test_one_of_several_limits_has_to_be_chosen() -> None:
    channel = make_channel("online")
    channel["time_limits"].append(channel["time_limits"][0] | {"key": "t2", "value": 10})
    dossier = make_dossier(version=make_version(channels=[channel]))
    officer = make_officer(dossier.agency)

    with frozen(TUESDAY):
        with pytest.raises(LimitNeeded):
            receive_dossier(dossier=dossier, by=officer)
        with pytest.raises(LimitNeeded):
            receive_dossier(dossier=dossier, by=officer, limit_key="t9")
        received = receive_dossier(dossier=dossier, by=officer, limit_key="t2")

    assert received.due_on == date(2026, 6, 23)


def test_refused_reception_leaves_nothing_behind() -> None:
    dossier = make_dossier(version=make_version(limit={"unit": None}))

    with pytest.raises(DueDateNeeded):
        receive_dossier(dossier=dossier, by=make_officer(dossier.agency))

    dossier.refresh_from_db()
    assert dossier.state == DossierState.SUBMITTED
    assert not Job.objects.filter(kind=TELL_APPLICANT).exists()
    assert not DossierCounter.objects.exists()


def test_dossier_keeps_the_calendar_it_was_counted_with() -> None:
    dossier = make_dossier()
    national = WorkingCalendar.objects.get()
    own = WorkingCalendar.objects.create(
        jurisdiction=dossier.agency,
        version=1,
        valid_from=date(2026, 6, 1),
        document=national.document | {"days_off": {"2026-06-10": "Ngày nghỉ của tỉnh"}},
    )
    officer = make_officer(dossier.agency)

    with frozen(TUESDAY):
        received = receive_dossier(dossier=dossier, by=officer)
        elsewhere = make_dossier()
        other = receive_dossier(dossier=elsewhere, by=make_officer(elsewhere.agency))

    assert (received.calendar, received.due_on) == (own, date(2026, 6, 15))
    assert (other.calendar, other.due_on) == (national, date(2026, 6, 12))


# R26
def test_codes_are_dated_by_reception_in_vietnam() -> None:
    agency = make_agency("H18.78")
    officer = make_officer(agency)
    moments = [
        "2026-06-09T16:59:59+00:00",
        "2026-06-09T17:00:00+00:00",
        "2026-06-10T08:30:00+00:00",
    ]

    codes = []
    for moment in moments:
        dossier = make_dossier(agency=agency)
        with frozen(datetime.fromisoformat(moment)):
            codes.append(receive_dossier(dossier=dossier, by=officer).code)

    assert codes == ["H18.78-260609-0001", "H18.78-260610-0001", "H18.78-260610-0002"]
