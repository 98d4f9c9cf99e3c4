from datetime import date

import pytest
from django.test import Client

from catalogue.enums import DecisionState, JobState, Role
from catalogue.models import Agency, DecisionStep, Job, PublicationDecision
from catalogue.services.decisions import add_items, long_steps, prepare_decision
from factories.catalogue import SIGNED_ON, make_member, make_ministry, make_procedure
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
MANY = 3


@pytest.fixture(autouse=True)
def _batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_steps, "BATCH", 2)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def draft(ministry: Agency, editor: User) -> PublicationDecision:
    decision = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    pages = [make_procedure(ministry, by=editor) for _each in range(MANY)]
    add_items(decision=decision, procedures=pages, effective_from=date(2026, 3, 1), by=editor)
    return decision


def address(decision: PublicationDecision, step: str = "") -> str:
    return f"/quan-tri/quyet-dinh/{decision.pk}/{step}"


def send(client: Client, editor: User, decision: PublicationDecision) -> str:
    client.force_login(editor)
    return client.post(address(decision, "trinh/"), follow=True).content.decode()


def work() -> None:
    for job in Job.objects.filter(kind=long_steps.JOB_KIND):
        long_steps.go_on_with_step(job.payload)


def test_screen_shows_how_far_the_worker_is_and_offers_to_stop(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    html = send(client, editor, draft)
    DecisionStep.objects.update(done=2)
    told = client.get(address(draft, "tien-do/"))

    assert f'data-step="{address(draft, "tien-do/")}"' in html
    assert f'action="{address(draft, "dung/")}"' in html
    assert f'action="{address(draft, "trinh/")}"' not in html
    assert f'action="{address(draft, "them/")}"' not in html
    assert told.status_code == 200
    assert 'value="66"' in told.content.decode()
    assert "Đã xong 2/3 thủ tục" in told.content.decode()


def test_worker_that_is_away_is_said(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    html = send(client, editor, draft)

    assert "tiến trình xử lý nền của trang này không chạy" in html


def test_button_pressed_twice_begins_one_step(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    send(client, editor, draft)
    send(client, editor, draft)

    assert DecisionStep.objects.count() == 1


def test_screen_is_asked_for_again_once_the_worker_is_done(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    send(client, editor, draft)
    work()

    assert client.get(address(draft, "tien-do/")).status_code == 204
    html = client.get(address(draft)).content.decode()
    assert "data-step" not in html
    assert "Chờ phê duyệt" in html


def test_stopped_step_leaves_a_draft(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    send(client, editor, draft)
    html = client.post(address(draft, "dung/"), follow=True).content.decode()
    work()

    assert f'action="{address(draft, "trinh/")}"' in html
    assert PublicationDecision.objects.get().state == DecisionState.DRAFT


def test_problems_stand_at_their_items_and_can_be_shown_alone(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    wrong, *right = [item.procedure for item in draft.items.order_by("pk")]
    wrong.audiences = ["robot"]
    wrong.save_revision(clean=False)
    send(client, editor, draft)
    work()

    everything = client.get(address(draft)).content.decode()
    alone = client.get(f"{address(draft)}?can-sua=1").content.decode()

    assert everything.count(f"{wrong.code}: ") == 2
    assert all(f"<td>{page.code}</td>" in everything for page in right)
    assert f"<td>{wrong.code}</td>" in alone
    assert not any(f"<td>{page.code}</td>" in alone for page in right)


def test_problems_are_told_until_the_decision_is_sent(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    wrong = draft.items.order_by("pk")[0].procedure
    wrong.audiences = ["robot"]
    wrong.save_revision(clean=False)
    send(client, editor, draft)
    work()
    draft.items.order_by("pk")[0].delete()

    html = send(client, editor, draft)

    assert PublicationDecision.objects.get().state == DecisionState.SUBMITTED
    assert 'id="problems"' not in html


def test_step_that_was_given_up_can_be_begun_anew(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    send(client, editor, draft)
    Job.objects.update(state=JobState.DEAD)

    html = client.get(address(draft)).content.decode()

    assert "Không hoàn thành được bước" in html
    assert f'action="{address(draft, "trinh/")}"' in html


def test_t3_step_of_another_ministry_is_not_told(
    client: Client, editor: User, draft: PublicationDecision
) -> None:
    send(client, editor, draft)
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an")))

    answers = [client.get(address(draft, "tien-do/")), client.post(address(draft, "dung/"))]

    assert [answer.status_code for answer in answers] == [404, 404]
