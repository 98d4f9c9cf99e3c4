from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalogue.enums import DecisionState, DecisionStepKind, JobState, Role
from catalogue.jobs import registry
from catalogue.models import (
    Agency,
    AuditEntry,
    DecisionStep,
    Job,
    Membership,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import (
    DecisionRefused,
    add_items,
    long_steps,
    prepare_decision,
    remove_item,
    return_decision,
    stop_step,
    take_step,
    withdraw_decision,
)
from catalogue.services.jobs import run_job, take_due_job
from factories.catalogue import (
    SIGNED_ON,
    make_member,
    make_ministry,
    make_procedure,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SUBMIT, APPROVE = DecisionStepKind.SUBMIT, DecisionStepKind.APPROVE
SPRING = date(2026, 3, 1)
MANY = 5


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
def approver(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, ministry)


@pytest.fixture
def draft(ministry: Agency, editor: User) -> PublicationDecision:
    return make_draft(ministry, editor, MANY)


@pytest.fixture
def submitted(draft: PublicationDecision, editor: User) -> PublicationDecision:
    take_step(decision=draft, kind=SUBMIT, by=editor)
    work()
    return again(draft)


def make_draft(ministry: Agency, editor: User, many: int) -> PublicationDecision:
    decision = prepare_decision(
        number=f"{many}/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor
    )
    pages = [make_procedure(ministry, by=editor) for _each in range(many)]
    add_items(decision=decision, procedures=pages, effective_from=SPRING, by=editor)
    return decision


def again(decision: PublicationDecision) -> PublicationDecision:
    return PublicationDecision.objects.select_related("agency").get(pk=decision.pk)


def work() -> None:
    """Do what waits; not as jobs, whose leases are not renewed inside a test's transaction."""
    waiting = Job.objects.filter(kind=long_steps.JOB_KIND).exclude(state=JobState.DONE)
    for job in waiting:
        long_steps.go_on_with_step(job.payload)
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)


def begun(decision: PublicationDecision, kind: DecisionStepKind, by: User) -> DecisionStep:
    step = take_step(decision=decision, kind=kind, by=by)
    assert step is not None
    return step


def stored(step: DecisionStep) -> DecisionStep:
    return DecisionStep.objects.get(pk=step.pk)


def break_off_after(batches: int, step: DecisionStep, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = long_steps._batches
    with monkeypatch.context() as patch:
        patch.setattr(long_steps, "_batches", lambda of: islice(whole(of), batches))
        patch.setattr(long_steps, "_finish", lambda of: None)
        long_steps.go_on_with_step({"step": step.pk, "language": "vi"})


def spoil(page: Procedure) -> None:
    page.audiences = ["robot"]
    page.save_revision(clean=False)


def work_as_a_worker(times: int = 1) -> list[bool]:
    jobs = (take_due_job(worker="w", registry=registry) for _each in range(times))
    return [run_job(job=job, registry=registry) for job in jobs if job]


def actions(decision: PublicationDecision) -> list[str]:
    entries = AuditEntry.objects.filter(
        object_type="catalogue.publicationdecision", object_id=str(decision.pk)
    )
    return list(entries.order_by("pk").values_list("action", flat=True))


def test_small_decision_is_sent_and_approved_at_once(
    ministry: Agency, editor: User, approver: User
) -> None:
    small = make_draft(ministry, editor, 2)

    steps = [
        take_step(decision=small, kind=SUBMIT, by=editor),
        take_step(decision=small, kind=APPROVE, by=approver),
    ]

    assert steps == [None, None]
    assert again(small).state == DecisionState.APPROVED
    assert not DecisionStep.objects.exists()


def test_large_decision_is_sent_and_approved_by_the_worker(
    draft: PublicationDecision, editor: User, approver: User
) -> None:
    sending = begun(draft, SUBMIT, editor)
    state_before = again(draft).state
    work()
    approving = begun(draft, APPROVE, approver)
    work()

    assert state_before == DecisionState.DRAFT
    approved = again(draft)
    assert (approved.state, approved.approved_by) == (DecisionState.APPROVED, approver)
    for step in (stored(sending), stored(approving)):
        assert (step.done, step.total, step.problems) == (MANY, MANY, [])
        assert step.finished_at is not None
    assert sorted(ProcedureVersion.objects.values_list("sha256", "revision")) == sorted(
        draft.items.values_list("sha256", "revision")
    )
    assert actions(draft)[2:] == ["decision_submitted", "decision_approved"]


@pytest.mark.django_db(transaction=True)
def test_worker_that_is_lost_in_the_middle_leaves_the_rest_to_another(
    draft: PublicationDecision, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = begun(draft, SUBMIT, editor)
    whole, lost = long_steps.read_pins, []

    def lose_once(items: Any) -> Any:
        if not lost and stored(step).done:
            lost.append(items)
            raise ConnectionError
        return whole(items)

    monkeypatch.setattr(long_steps, "read_pins", lose_once)
    first = work_as_a_worker()
    done = stored(step).done
    Job.objects.filter(kind=long_steps.JOB_KIND).update(next_try_at=draft.created_at)
    second = work_as_a_worker()

    assert (first, done, second) == ([False], 2, [True])
    assert again(draft).state == DecisionState.SUBMITTED


def test_nothing_of_a_large_decision_is_pinned_before_the_last_batch(
    draft: PublicationDecision, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off_after(2, begun(draft, SUBMIT, editor), monkeypatch)

    assert set(draft.items.values_list("sha256", flat=True)) == {""}


@pytest.mark.parametrize("kind", [SUBMIT, APPROVE])
def test_step_whose_worker_died_is_gone_on_with(
    request: pytest.FixtureRequest,
    editor: User,
    approver: User,
    kind: DecisionStepKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = request.getfixturevalue("draft" if kind == SUBMIT else "submitted")
    step = begun(decision, kind, editor if kind == SUBMIT else approver)
    break_off_after(1, step, monkeypatch)
    done = stored(step).done
    kept = set(ProcedureVersion.objects.values_list("pk", flat=True))

    work()

    assert done == 2
    assert stored(step).finished_at is not None
    assert again(decision).state == {SUBMIT: "submitted", APPROVE: "approved"}[kind]
    assert kept <= set(ProcedureVersion.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("kind", [SUBMIT, APPROVE])
def test_step_that_is_asked_for_twice_is_taken_once(
    request: pytest.FixtureRequest, editor: User, approver: User, kind: DecisionStepKind
) -> None:
    decision = request.getfixturevalue("draft" if kind == SUBMIT else "submitted")
    by = editor if kind == SUBMIT else approver
    before = len(actions(decision))

    first, second = begun(decision, kind, by), begun(decision, kind, by)
    work()

    assert first == second
    assert len(actions(decision)) == before + 1


def test_job_that_runs_twice_has_no_effect_the_second_time(
    draft: PublicationDecision, editor: User
) -> None:
    step = begun(draft, SUBMIT, editor)
    work()
    before = actions(draft)

    long_steps.go_on_with_step({"step": step.pk, "language": "vi"})

    assert actions(draft) == before


def test_second_worker_at_the_same_batch_counts_nothing(
    submitted: PublicationDecision, approver: User
) -> None:
    step = begun(submitted, APPROVE, approver)
    late = DecisionStep.objects.select_related("decision__agency", "by").get(pk=step.pk)
    items = next(long_steps._batches(late))
    work()

    with pytest.raises(long_steps._StepEnded):
        long_steps._approve(late, items)

    assert ProcedureVersion.objects.count() == MANY


def test_all_that_is_to_be_mended_is_told_at_its_item(
    draft: PublicationDecision, editor: User
) -> None:
    pages = [item.procedure for item in draft.items.order_by("pk")]
    spoil(pages[0])
    spoil(pages[4])

    step = begun(draft, SUBMIT, editor)
    work()

    assert again(draft).state == DecisionState.DRAFT
    assert [code for code, _problem in stored(step).problems] == [pages[0].code, pages[4].code]
    assert all(problem.startswith(f"{code}: ") for code, problem in stored(step).problems)
    assert stored(step).finished_at is not None


def test_item_whose_form_cannot_be_made_is_told(
    submitted: PublicationDecision, approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formbuilder.compiler.MAX_BYTES", 10)

    step = begun(submitted, APPROVE, approver)
    work()

    problems = stored(step).problems
    assert sorted({code for code, _problem in problems}) == sorted(
        submitted.items.values_list("procedure__code", flat=True)
    )
    assert all("không tạo được biểu mẫu điện tử" in problem for _code, problem in problems)


def test_t11_text_changed_while_the_worker_approves_is_not_approved(
    submitted: PublicationDecision,
    editor: User,
    approver: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step = begun(submitted, APPROVE, approver)
    break_off_after(1, step, monkeypatch)
    page = submitted.items.order_by("pk")[0].procedure
    page.save_revision(user=editor)

    work()

    assert again(submitted).state == DecisionState.SUBMITTED
    assert [code for code, _problem in stored(step).problems] == [page.code]
    assert not ProcedureVersion.objects.exists()


def test_t8_right_lost_while_the_worker_approves_refuses(
    submitted: PublicationDecision, approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = begun(submitted, APPROVE, approver)
    break_off_after(1, step, monkeypatch)
    Membership.objects.filter(user=approver).delete()

    work()

    [(code, problem)] = stored(step).problems
    assert (code, str(approver) in problem) == ("", True)
    assert again(submitted).state == DecisionState.SUBMITTED
    assert not ProcedureVersion.objects.exists()


def test_t7_own_work_is_refused_before_the_worker_begins(
    ministry: Agency, submitted: PublicationDecision, editor: User
) -> None:
    Membership.objects.filter(user=editor).update(role=Role.MINISTRY_APPROVER)

    with pytest.raises(DecisionRefused, match="do bạn lập"):
        take_step(decision=submitted, kind=APPROVE, by=editor)

    assert DecisionStep.objects.filter(kind=APPROVE).count() == 0


def test_step_without_the_right_is_denied(
    draft: PublicationDecision, approver: User, submitted: PublicationDecision
) -> None:
    stranger = make_member(Role.MINISTRY_APPROVER, make_ministry("G01", "Bộ Công an"))

    with pytest.raises(PermissionDenied):
        take_step(decision=submitted, kind=APPROVE, by=stranger)


@pytest.mark.parametrize(
    "change",
    [
        lambda decision, by: withdraw_decision(decision=decision, by=by),
        lambda decision, by: remove_item(item=decision.items.all()[0], by=by),
        lambda decision, by: add_items(
            decision=decision,
            procedures=[make_procedure(decision.agency)],
            effective_from=SPRING,
            by=by,
        ),
    ],
    ids=["withdraw", "remove", "add"],
)
def test_t11_nothing_of_a_decision_changes_while_the_worker_is_at_it(
    draft: PublicationDecision, editor: User, change: Callable[[PublicationDecision, User], Any]
) -> None:
    begun(draft, SUBMIT, editor)

    with pytest.raises(DecisionRefused, match="đang được thực hiện"):
        change(draft, editor)

    assert draft.items.count() == MANY


def test_t11_decision_is_not_sent_again_while_it_is_being_approved(
    submitted: PublicationDecision, editor: User, approver: User
) -> None:
    begun(submitted, APPROVE, approver)

    with pytest.raises(DecisionRefused, match="đang được thực hiện"):
        take_step(decision=submitted, kind=SUBMIT, by=editor)
    with pytest.raises(DecisionRefused, match="đang được thực hiện"):
        return_decision(decision=submitted, reason="", by=editor)


def test_stopped_step_leaves_the_decision_as_it_was(
    submitted: PublicationDecision, approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = begun(submitted, APPROVE, approver)
    break_off_after(1, step, monkeypatch)

    stop_step(decision=submitted, by=approver)
    work()

    assert stored(step).finished_at is not None
    assert again(submitted).state == DecisionState.SUBMITTED
    assert not ProcedureVersion.objects.exists()
    assert stop_step(decision=submitted, by=approver) is None


def test_step_is_stopped_by_those_alone_who_may_take_it(
    draft: PublicationDecision, editor: User, approver: User
) -> None:
    begun(draft, SUBMIT, editor)

    with pytest.raises(PermissionDenied):
        stop_step(decision=draft, by=approver)


def test_step_that_was_given_up_is_begun_anew(
    submitted: PublicationDecision, approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = begun(submitted, APPROVE, approver)
    break_off_after(1, first, monkeypatch)
    Job.objects.update(state=JobState.DEAD)

    second = begun(submitted, APPROVE, approver)
    work()

    assert stored(first).finished_at is not None
    assert second != first
    assert again(submitted).state == DecisionState.APPROVED
    assert ProcedureVersion.objects.count() == MANY


def test_retried_job_of_an_old_step_takes_no_version_of_an_approved_decision(
    submitted: PublicationDecision, approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = begun(submitted, APPROVE, approver)
    PublicationDecision.objects.update(state=DecisionState.APPROVED)

    work()

    assert stored(step).problems[0][0] == ""
    assert again(submitted).state == DecisionState.APPROVED
