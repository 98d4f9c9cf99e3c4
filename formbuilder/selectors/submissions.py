"""Reading submissions: the applicant, the answers in words, the files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from formbuilder.compiler import CompiledForm
from formbuilder.flow import visible_items, visible_pages
from formbuilder.models import Attachment, Submission
from formbuilder.questions import question_type
from formbuilder.selectors.forms import compiled_form
from formbuilder.wording import in_language


@dataclass(frozen=True)
class ShownAnswer:
    """One answer as people read it, with its files where they are asked for."""

    key: str
    label: str
    value: str
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ShownPage:
    """The answers of one page; `key` leads back to it."""

    key: str
    title: str
    items: list[ShownAnswer]


@dataclass(frozen=True)
class Applicant:
    """In whose name the dossier is, and how to reach them; "" for what was not asked."""

    name: str
    address: str
    phone: str
    email: str


def shown_pages(
    form: CompiledForm, answers: dict[str, Any], *, language: str = "vi"
) -> list[ShownPage]:
    """Return the answers page by page; a question without an answer has the value ""."""
    return [
        ShownPage(
            page["key"],
            in_language(page["title"], language),
            [
                ShownAnswer(
                    item["key"],
                    in_language(item["label"], language),
                    shown_answer(form, answers, item["key"], language=language),
                )
                for item in visible_items(page, answers)
                if item["key"] in form.items
            ],
        )
        for page in visible_pages(form, answers)
    ]


def shown_answer(
    form: CompiledForm, answers: dict[str, Any], key: str, *, language: str = "vi"
) -> str:
    """Return the answer to the question `key` in words, "" without one."""
    if key not in answers or key not in form.items:
        return ""
    item = form.items[key]
    return question_type(item["type"]).show(answers[key], item, language)


def answers_for_display(submission: Submission, *, language: str = "vi") -> list[ShownPage]:
    """Return what was answered, under the form's own version; empty answers are left out."""
    form = compiled_form(submission.form_version)
    return _answered(shown_pages(form, submission.answers, language=language))


def answers_with_files(submission: Submission, *, language: str = "vi") -> list[ShownPage]:
    """Return what `answers_for_display` returns, with the files in place of their names."""
    form = compiled_form(submission.form_version)
    files: dict[str, list[Attachment]] = {}
    for file in attachments_of(submission):
        files.setdefault(file.slot, []).append(file)
    nameless = {key: {**submission.answers[key], "files": []} for key in files}
    pages = shown_pages(form, {**submission.answers, **nameless}, language=language)
    return _answered(
        ShownPage(
            page.key,
            page.title,
            [replace(item, files=tuple(files.get(item.key, ()))) for item in page.items],
        )
        for page in pages
    )


def _answered(pages: Iterable[ShownPage]) -> list[ShownPage]:
    kept = [
        ShownPage(page.key, page.title, [item for item in page.items if item.value or item.files])
        for page in pages
    ]
    return [page for page in kept if page.items]


def applicant_of(submission: Submission) -> Applicant:
    """Return the applicant as the submission states it."""
    form, answers = compiled_form(submission.form_version), submission.answers
    return Applicant(
        name=applicant_name(submission),
        address=shown_answer(form, answers, "address"),
        phone=shown_answer(form, answers, "phone"),
        email=applicant_email(submission),
    )


def applicant_name(submission: Submission) -> str:
    """Return the name of the person or organisation in whose name the dossier is."""
    answers = submission.answers
    return str(answers.get("full_name") or answers.get("organisation_name") or "")


def applicant_email(submission: Submission) -> str:
    """Return the e-mail address that the applicant gave, "" without one."""
    return str(submission.answers.get("email", ""))


def attachments_of(submission: Submission) -> list[Attachment]:
    """Return the files that were sent, in the order of the papers, each with its `label`."""
    form = compiled_form(submission.form_version)
    sent = [
        (key, file["id"])
        for key in form.items
        if isinstance(answer := submission.answers.get(key), dict)
        for file in answer.get("files", ())
    ]
    stored = {
        str(attachment.pk): attachment
        for attachment in Attachment.objects.filter(draft=submission.draft_id)
    }
    files = []
    for key, attachment_id in sent:
        attachment = stored[attachment_id]
        attachment.label = in_language(form.items[key]["label"], "vi")
        files.append(attachment)
    return files
