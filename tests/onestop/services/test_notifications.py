import pytest
from django.core import mail

from catalogue.models import Job
from factories.catalogue import make_agency
from factories.onestop import make_officer, make_received_dossier
from onestop.jobs import handle_tell_applicant
from onestop.models import Dossier
from onestop.services.notifications import TELL_APPLICANT

pytestmark = pytest.mark.usefixtures("rules")


def receive(**values: str) -> Dossier:
    agency = make_agency()
    officer = make_officer(agency)
    return make_received_dossier(agency=agency, by=officer, **values)


def test_applicant_is_told_the_code_and_the_day() -> None:
    dossier = receive(name="Lò Văn Ương", email="uong@example.vn")

    handle_tell_applicant(Job.objects.get(kind=TELL_APPLICANT).payload)

    (message,) = mail.outbox
    assert message.to == ["uong@example.vn"]
    assert dossier.code in message.body
    assert f"/ho-so/{dossier.code}" in message.body
    assert f"{dossier.due_on:%d/%m/%Y}" in message.body
    assert "Ương" not in message.subject + message.body


def test_repeated_message_carries_the_same_identifier() -> None:
    receive(email="uong@example.vn")
    payload = Job.objects.get(kind=TELL_APPLICANT).payload

    handle_tell_applicant(payload)
    handle_tell_applicant(payload)

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_applicant_without_an_address_is_not_written_to() -> None:
    receive(email="")

    handle_tell_applicant(Job.objects.get(kind=TELL_APPLICANT).payload)

    assert mail.outbox == []
