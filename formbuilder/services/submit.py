"""Submitting: once, whole, frozen."""

from typing import Any

from django.db import transaction

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.services.audit import record
from formbuilder.answer_day import answer_by
from formbuilder.enums import DraftState
from formbuilder.flow import without_hidden
from formbuilder.models import Draft, Submission
from formbuilder.numbers import new_submission_number
from formbuilder.ports import receiver
from formbuilder.selectors.attachments import attachments
from formbuilder.selectors.forms import compiled_form
from formbuilder.services.drafts import DraftClosed, lock_open_draft, require_holder, with_files
from formbuilder.validation import Problem, find_problems


class SubmissionRefused(ValueError):
    """The answers do not keep the contract of the form; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@transaction.atomic
def submit_draft(
    *, draft: Draft, idempotency_key: str, by: Any, language: str = "vi"
) -> Submission:
    """Submit `draft` in the name of `by` (a user, None without an account) and return what it is.

    However often it is called, for the same draft or with the same key, there is one submission,
    and every call returns it (F3, F4). The answers are judged whole, frozen with their hash and
    handed to the `SubmissionReceiver` in the same transaction. Raises `SubmissionRefused`,
    `DraftClosed`, `PermissionDenied` and `NoReceiver`; nothing is kept then.
    """
    require_holder(draft, by)
    take_over = receiver()
    Draft.objects.select_for_update().filter(pk=draft.pk).first()
    earlier = _earlier(draft, idempotency_key)
    if earlier is not None:
        return earlier
    locked = lock_open_draft(draft, by)
    answers = _judged_answers(locked, language)
    submission = _freeze(locked, answers, idempotency_key, by)
    record(by=by, action="submit_draft", target=submission, agency=submission.agency, after=answers)
    take_over(submission)
    return submission


def _earlier(draft: Draft, idempotency_key: str) -> Submission | None:
    submission = (
        Submission.objects.select_related("draft").filter(idempotency_key=idempotency_key).first()
        or Submission.objects.select_related("draft").filter(draft=draft).first()
    )
    if submission is not None and submission.draft_id != draft.pk:
        raise DraftClosed("The key belongs to another draft.")
    return submission


def _judged_answers(draft: Draft, language: str) -> dict[str, Any]:
    form = compiled_form(draft.form_version)
    files = list(attachments(draft))
    answers = with_files(form, without_hidden(form, draft.answers), files)
    problems = find_problems(form, answers, today=clock.today(), language=language)
    if problems:
        raise SubmissionRefused(problems)
    return answers


def _freeze(draft: Draft, answers: dict[str, Any], idempotency_key: str, by: Any) -> Submission:
    at = clock.now()
    submission = Submission.objects.create(
        number=new_submission_number(at.date()),
        draft=draft,
        form_version=draft.form_version,
        answers=answers,
        answers_sha256=sha256_hex(answers),
        idempotency_key=idempotency_key,
        agency=draft.place,
        user=by,
        submitted_at=at,
        answer_by=answer_by(at, draft.place),
    )
    draft.state = DraftState.SUBMITTED
    draft.updated_at = at
    draft.save(update_fields=["state", "updated_at"])
    return submission
