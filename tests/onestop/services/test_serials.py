from datetime import date

import pytest
from django.db import transaction

from catalogue.models import AuditEntry
from factories.catalogue import make_agency
from factories.onestop import make_dossier, make_officer
from onestop.codes import SerialsExhausted
from onestop.enums import DossierState
from onestop.models import DossierCounter
from onestop.services.receive_dossier import receive_dossier
from onestop.services.serials import take_code

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]

DAY = date(2026, 11, 24)


def test_serials_run_per_agency_and_day() -> None:
    one, two = make_agency("H18.1"), make_agency("H18.2")

    codes = [
        str(take_code(agency=one, day=DAY)),
        str(take_code(agency=one, day=DAY)),
        str(take_code(agency=two, day=DAY)),
        str(take_code(agency=one, day=date(2026, 11, 25))),
    ]

    assert codes == [
        "H18.1-261124-0001",
        "H18.1-261124-0002",
        "H18.2-261124-0001",
        "H18.1-261125-0001",
    ]


# R26
def test_serials_give_warning_long_before_they_end() -> None:
    agency = make_agency("H18.3")
    DossierCounter.objects.create(agency=agency, day=DAY, last=7_998)

    before = take_code(agency=agency, day=DAY)
    quiet = AuditEntry.objects.filter(action="dossier.codes_running_out").count()
    at_limit = take_code(agency=agency, day=DAY)
    take_code(agency=agency, day=DAY)

    assert (before.serial, quiet, at_limit.serial) == (7_999, 0, 8_000)
    entry = AuditEntry.objects.get(action="dossier.codes_running_out")
    assert (entry.agency_code, entry.note) == ("H18.3", "8000 codes of 2026-11-24")


# R26
def test_ten_thousandth_dossier_of_a_day_is_refused_loudly() -> None:
    dossier = make_dossier()
    officer = make_officer(dossier.agency)
    last = receive_dossier(dossier=make_dossier(agency=dossier.agency), by=officer)
    DossierCounter.objects.update(last=9_999)

    with pytest.raises(SerialsExhausted):
        receive_dossier(dossier=dossier, by=officer)

    dossier.refresh_from_db()
    assert last.code
    assert dossier.state == DossierState.SUBMITTED
    assert DossierCounter.objects.get().last == 9_999


@pytest.mark.django_db(transaction=True)
def test_serial_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        take_code(agency=make_agency(), day=DAY)
