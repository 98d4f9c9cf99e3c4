import unicodedata

import pytest

from catalogue.models import ProcedureUsage
from factories.onestop import make_dossier, make_submission
from onestop.enums import DossierState, EventKind
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.scopes import every_dossier
from onestop.selectors.chain import verify_chain
from onestop.services.receive_submission import receive_submission

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]


def test_submission_opens_a_dossier_that_waits() -> None:
    submission = make_submission()

    receive_submission(submission)

    with every_dossier():
        dossier = Dossier.objects.get(submission=submission)
        event = DossierEvent.objects.get(dossier=dossier)
        payload = EventPayload.objects.get(dossier=dossier).payload
    assert dossier.state == DossierState.SUBMITTED
    assert (dossier.code, dossier.received_at, dossier.due_at) == (None, None, None)
    assert dossier.agency == submission.agency
    assert dossier.procedure_version == submission.form_version.procedure_version
    assert dossier.submitted_at == submission.submitted_at
    assert (event.seq, event.kind, event.prev_hash) == (1, EventKind.SUBMITTED, "")
    assert event.year == submission.submitted_at.year
    assert payload["submission"] == submission.number
    assert verify_chain(dossier) == []


def test_submission_event_holds_no_personal_data() -> None:
    dossier = make_dossier(name="Giàng A Páo", phone="0912345678")

    with every_dossier():
        payload = EventPayload.objects.get(dossier=dossier).payload
    assert "Páo" not in str(payload)
    assert "0912345678" not in str(payload)


def test_submission_is_counted_for_its_procedure() -> None:
    dossier = make_dossier()

    usage = ProcedureUsage.objects.get(procedure_code=dossier.procedure_code)
    assert (usage.submitted, usage.received) == (1, 0)


# N1
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelling", ["Hoà", "Hòa"])
def test_applicant_name_has_one_stored_and_one_typed_form(form: str, spelling: str) -> None:
    dossier = make_dossier(name=unicodedata.normalize(form, f"Nguyễn  {spelling} Đông"))

    assert dossier.applicant_name == f"Nguyễn {spelling} Đông"
    assert dossier.applicant_key == "nguyen hoa dong"
