"""An editor's promoted answer: checked and kept with its history."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.models import ProcedureVersion
from catalogue.permissions import Permission, require
from catalogue.text import normalise, normalise_lines
from search.analysis import normalise_code, tokenize
from search.models import PromotedAnswer
from search.services.editors_changes import keep_change, state_of


def store_promoted_answer(*, answer: PromotedAnswer, by: Any) -> PromotedAnswer:
    """Store `answer` as `by` wrote it.

    Raises `PermissionDenied` without the right at its agency, old and new, and `ValidationError`
    for a phrase without words, a code that is not in force, an address without words.
    """
    before = _required(answer, by)
    answer.phrases, answer.answers = normalise_lines(answer.phrases), _tidy(answer.answers)
    answer.message, answer.reason = normalise(answer.message), normalise(answer.reason)
    _refuse_wordless(answer.phrases)
    _refuse_leading_nowhere(answer.answers.splitlines())
    with transaction.atomic():
        answer.save()
        keep_change(by=by, row=answer, before=before, agency=answer.agency)
    return answer


def _required(answer: PromotedAnswer, by: Any) -> dict[str, Any] | None:
    require(by, Permission.EDIT_SEARCH, answer.agency)
    stored = PromotedAnswer.objects.filter(pk=answer.pk).select_related("agency").first()
    if stored is None:
        return None
    require(by, Permission.EDIT_SEARCH, stored.agency)
    return state_of(stored)


def _tidy(answers: str) -> str:
    lines = normalise_lines(answers).splitlines()
    return "\n".join(normalise_code(line) or line for line in lines)


def _refuse_wordless(phrases: str) -> None:
    lines = phrases.splitlines()
    if not lines:
        raise ValidationError({"phrases": _("Write at least one phrase.")})
    for line in lines:
        if not tokenize(line):
            raise ValidationError({"phrases": _("“%s” has no word.") % line})


def _refuse_leading_nowhere(lines: list[str]) -> None:
    if not lines:
        raise ValidationError({"answers": _("Write at least one answer.")})
    for line in lines:
        address, _space, words = line.partition(" ")
        is_address = line.startswith("/") and not line.startswith("//")
        if is_address and not words:
            raise ValidationError({"answers": _("Write words after the address %s.") % address})
        if not is_address and not _in_force(line):
            raise ValidationError(
                {"answers": _("“%s” is no code of a procedure in force and no address.") % line}
            )


def _in_force(code: str) -> bool:
    return ProcedureVersion.objects.in_force_on(clock.today()).filter(code=code).exists()
