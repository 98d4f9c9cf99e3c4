"""Whether the index holds what the catalogue holds today, and the mend when it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from catalogue.selectors.changes import lag_of
from catalogue.services.changes import announce
from search.engines import current_engine
from search.selectors.cursor import CONSUMER
from search.selectors.versions import PROCEDURE_VERSION, hashes_in_force


@dataclass(frozen=True)
class IndexCheck:
    """How index and database differ: codes that are missing, of an old version, or too many.

    `waiting` is the number of changes that search has not read yet.
    """

    documents: int
    missing: Sequence[str]
    outdated: Sequence[str]
    surplus: Sequence[str]
    waiting: int

    @property
    def differing(self) -> list[str]:
        """Every code in which index and database differ, in order."""
        return sorted({*self.missing, *self.outdated, *self.surplus})


def check_index() -> IndexCheck:
    """Compare the index with the versions in force today. Raises IndexUnusableError."""
    indexed, in_force = current_engine().hashes(), hashes_in_force()
    both = indexed.keys() & in_force.keys()
    return IndexCheck(
        documents=len(indexed),
        missing=sorted(in_force.keys() - indexed.keys()),
        outdated=sorted(code for code in both if indexed[code] != in_force[code]),
        surplus=sorted(indexed.keys() - in_force.keys()),
        waiting=lag_of(CONSUMER),
    )


def announce_differences() -> int:
    """Announce the procedures in which the index differs, and return how many.

    The next reading of the outbox mends them. Raises IndexUnusableError.
    """
    codes = check_index().differing
    with transaction.atomic():
        announce(kind=PROCEDURE_VERSION, keys=codes)
    return len(codes)
