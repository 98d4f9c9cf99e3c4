import pytest
from django.core import mail
from django.test import Client

from catalogue.models import Job
from factories.formbuilder import make_complete_draft
from factories.onestop import make_officer
from formbuilder.services.submit import submit_draft
from onestop.jobs import handle_tell_applicant
from onestop.models import Dossier
from onestop.scopes import every_dossier
from onestop.selectors.chain import verify_chain
from onestop.services.notifications import TELL_APPLICANT

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]


def test_submission_becomes_a_received_dossier_that_can_be_followed(client: Client) -> None:
    draft = make_complete_draft()
    officer = make_officer(draft.place)

    submission = submit_draft(draft=draft, idempotency_key="once", by=None)
    waiting = client.get(f"/ho-so/{submission.number}").content.decode()
    client.force_login(officer)
    inbox = client.get("/mot-cua/").content.decode()
    with every_dossier():
        dossier = Dossier.objects.get(submission=submission)
    client.post(f"/mot-cua/{dossier.pk}/tiep-nhan")
    client.logout()
    dossier.refresh_from_db()
    tracked = client.get(f"/ho-so/{dossier.code}").content.decode()

    assert "Đã gửi, chờ tiếp nhận" in waiting
    assert submission.number in inbox
    assert "Lò Thị Mai" in inbox
    assert dossier.applicant_key == "lo thi mai"
    assert "Đã tiếp nhận, đang giải quyết" in tracked
    assert f"{dossier.due_on:%d/%m/%Y}" in tracked
    assert "Mai" not in waiting + tracked
    assert verify_chain(dossier) == []

    handle_tell_applicant(Job.objects.get(kind=TELL_APPLICANT).payload)

    assert [message.to for message in mail.outbox] == [["mai@example.vn"]]


def test_submission_repeated_opens_one_dossier() -> None:
    draft = make_complete_draft()

    first = submit_draft(draft=draft, idempotency_key="once", by=None)
    second = submit_draft(draft=draft, idempotency_key="once", by=None)

    assert first == second
    with every_dossier():
        assert Dossier.objects.count() == 1
