"""Keeping what an import could not tell for sure, until an editor has looked at it."""

from collections.abc import Mapping, Sequence

from catalogue.models import ImportDoubt

_RULE, _PLACE, _TEXT = 60, 80, 300


def as_kept(doubt: tuple[str, str, str]) -> tuple[str, str, str]:
    """Return rule, place and text of a doubt, cut to what their columns hold."""
    rule, place, text = doubt
    return rule[:_RULE], place[:_PLACE], text[:_TEXT]


def keep_doubts(doubts: Mapping[int, Sequence[tuple[str, str, str]]]) -> None:
    """Make (rule, place, text) of `doubts` by procedure all that is doubtful there.

    One that is known stays as it is, settled or not; one that is gone is removed.
    """
    found = {
        (procedure, *as_kept(doubt)) for procedure, listed in doubts.items() for doubt in listed
    }
    known = {
        (kept.procedure_id, kept.rule, kept.place, kept.text): kept.pk
        for kept in ImportDoubt.objects.filter(procedure__in=list(doubts))
    }
    gone = [pk for key, pk in known.items() if key not in found]
    if gone:
        ImportDoubt.objects.filter(pk__in=gone).delete()
    new = sorted(found - known.keys())
    ImportDoubt.objects.bulk_create(
        ImportDoubt(procedure_id=procedure, rule=rule, place=place, text=text)
        for procedure, rule, place, text in new
    )
