"""Forms for other programs: the contract, and the judgement of answers against it."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from catalogue import clock
from formbuilder.models import FormVersion
from formbuilder.selectors.forms import compiled_form, form_in_force
from formbuilder.validation import AnswersTooLarge, find_problems, read_json

router = Router(tags=["forms"])


class FormDocuments(Schema):
    """A compiled form: `hash` is the SHA-256 of the canonical JSON of the four documents."""

    version: int
    hash: str
    data: dict[str, Any]
    ui: dict[str, Any]
    logic: dict[str, Any]
    messages: dict[str, Any]


class FoundProblem(Schema):
    """One thing that is wrong: where, which rule, and the words for it."""

    pointer: str
    keyword: str
    message: str


class Judgement(Schema):
    """What is wrong with the answers; they can be submitted when nothing is."""

    problems: list[FoundProblem]


class Refusal(Schema):
    """Why a body was not even looked at."""

    detail: str


@router.get("/forms/{code}", response=FormDocuments, url_name="form")
def form_documents(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the form of a procedure that is in force today."""
    form_version = _form_or_404(code)
    form = compiled_form(form_version)
    return {
        "version": form_version.number,
        "hash": form.sha256,
        "data": form.data,
        "ui": form.ui,
        "logic": form.logic,
        "messages": form.messages,
    }


@router.post(
    "/forms/{code}/check",
    response={200: Judgement, 400: Refusal, 415: Refusal},
    url_name="form_check",
)
def check_answers(request: HttpRequest, code: str, language: str = "vi") -> Status[Any]:
    """Judge answers (the JSON body) by the form in force; nothing is kept."""
    form = compiled_form(_form_or_404(code))
    if request.content_type != "application/json":
        return Status(415, {"detail": "application/json is needed"})
    try:
        answers = read_json(request.body)
        problems = find_problems(form, answers, today=clock.today(), language=language)
    except AnswersTooLarge as refusal:
        return Status(400, {"detail": str(refusal)})
    return Status(200, {"problems": problems})


def _form_or_404(code: str) -> FormVersion:
    form_version = form_in_force(code)
    if form_version is None:
        raise Http404
    return form_version
