"""Whether a synonym does what its editor means: its test query, asked without it and with it."""

from dataclasses import dataclass

from search.models import Synonym
from search.selectors.editors_synonyms import entry_of, searching_with
from search.selectors.procedures import search_procedures

PLACES = 10
FOUND_WITHIN = 3


@dataclass(frozen=True)
class Trial:
    """The place of the expected procedure, from 1, without and with the entry.

    None is behind the tenth place.
    """

    without: int | None
    with_it: int | None

    @property
    def proves(self) -> bool:
        """Whether the procedure comes among the first three, and stood lower or nowhere before."""
        if self.with_it is None or self.with_it > FOUND_WITHIN:
            return False
        return self.without is None or self.with_it < self.without


def try_synonym(synonym: Synonym) -> Trial:
    """Ask the test query of `synonym`, stored or not, without it and with it.

    Raises IndexUnusableError.
    """
    with searching_with(None, instead_of=synonym.pk):
        without = _place(synonym)
    with searching_with(entry_of(synonym), instead_of=synonym.pk):
        return Trial(without, _place(synonym))


def _place(synonym: Synonym) -> int | None:
    found = search_procedures(synonym.query, size=PLACES)
    codes = [item.code for item in found.items]
    return codes.index(synonym.finds) + 1 if synonym.finds in codes else None
