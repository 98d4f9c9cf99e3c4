"""An editor's synonym: checked, tried and kept with its history."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.permissions import Permission, require
from catalogue.text import fold, normalise, normalise_lines
from search.analysis import normalise_code, tokenize
from search.engines import IndexUnusableError
from search.models import Synonym
from search.selectors.trials import FOUND_WITHIN, PLACES, Trial, try_synonym
from search.services.editors_changes import keep_change, state_of

_UNPROVEN = "unproven"


def store_synonym(*, synonym: Synonym, by: Any, unproven: bool = False) -> Synonym:
    """Store `synonym` as `by` wrote it, with the result of its test query.

    A new pair of words is tried first: the test query is to lead to its procedure with the entry
    and not without it. Raises `PermissionDenied` without the right at its agency, old and new, and
    `ValidationError` for words that cannot be matched, a second entry of the same words at the same
    time, and, unless `unproven`, a test query that proves nothing (code `unproven`).
    """
    before = _required(synonym, by)
    _tidy(synonym)
    _refuse_unusable_words(synonym)
    _refuse_second(synonym)
    trial = _trial(synonym, unproven)
    synonym.rank_without, synonym.rank_with = trial.without, trial.with_it
    with transaction.atomic():
        synonym.save()
        keep_change(by=by, row=synonym, before=before, agency=synonym.agency)
    return synonym


def _required(synonym: Synonym, by: Any) -> dict[str, Any] | None:
    require(by, Permission.EDIT_SEARCH, synonym.agency)
    stored = Synonym.objects.filter(pk=synonym.pk).select_related("agency").first()
    if stored is None:
        return None
    require(by, Permission.EDIT_SEARCH, stored.agency)
    return state_of(stored)


def _tidy(synonym: Synonym) -> None:
    synonym.says, synonym.query = normalise(synonym.says), normalise(synonym.query)
    synonym.means = normalise_lines(synonym.means)
    code = normalise(synonym.finds)
    synonym.finds = normalise_code(code) or code


def _refuse_unusable_words(synonym: Synonym) -> None:
    if not tokenize(synonym.says):
        raise ValidationError({"says": _("Write at least one word.")})
    for wording in synonym.wordings:
        if not tokenize(wording):
            raise ValidationError({"means": _("“%s” has no word.") % wording})
        if fold(wording) == fold(synonym.says):
            raise ValidationError({"means": _("“%s” is what readers say already.") % wording})


def _refuse_second(synonym: Synonym) -> None:
    """Two entries of the same words would hide each other without a word."""
    others = Synonym.objects.exclude(pk=synonym.pk).select_related("agency")
    if synonym.valid_to is not None:
        others = others.filter(valid_from__lt=synonym.valid_to)
    others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=synonym.valid_from))
    words = [token.text for token in tokenize(synonym.says)]
    for other in others:
        if [token.text for token in tokenize(other.says)] == words:
            told = {"entry": str(other), "agency": other.agency.name}
            raise ValidationError(
                {"says": _("“%(entry)s” of %(agency)s says it already at that time.") % told}
            )


def _trial(synonym: Synonym, unproven: bool) -> Trial:
    try:
        trial = try_synonym(synonym)
    except IndexUnusableError as error:
        if unproven:
            return Trial(None, None)
        told = _("The index is being built, so nothing can be tried. Try again soon.")
        raise _unproven(told) from error
    if not trial.proves and not unproven:
        raise _unproven(trial_in_words(trial))
    return trial


def _unproven(told: str) -> ValidationError:
    return ValidationError({"query": ValidationError(told, code=_UNPROVEN)})


def is_unproven(refusal: ValidationError) -> bool:
    """Whether all that refuses a synonym is that its test query proves nothing."""
    codes = [error.code for errors in refusal.error_dict.values() for error in errors]
    return codes == [_UNPROVEN]


def trial_in_words(trial: Trial) -> str:
    """Return what became of the test query, and what the editor can do about it."""
    places = {"without": _place(trial.without), "with": _place(trial.with_it)}
    told = _("Without the entry: %(without)s. With it: %(with)s.") % places
    if trial.proves:
        return _("The test query proves the entry.") + f" {told}"
    wanted = {"places": FOUND_WITHIN}
    mend = (
        _("The entry changes nothing for this query: choose another query, or leave it out.")
        if trial.with_it and trial.with_it <= FOUND_WITHIN
        else _("The procedure is to come among the first %(places)s: mend the meaning.") % wanted
    )
    return f"{told} {mend}"


def _place(place: int | None) -> str:
    if place is None:
        return _("not among the first %d") % PLACES
    return _("place %d") % place
