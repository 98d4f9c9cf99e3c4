"""Families: procedures whose names differ only by the level that handles them."""

import re

# Folded. "cấp huyện" stands in names from before 1 July 2025, "tinh" is a slip of the source.
_LEVEL = re.compile(
    r"\b(?:(?:thuc hien )?(?:tai |o |do )?(?:ubnd |uy ban nhan dan )?"
    r"cap (?:xa|huyen|tinh|bo|trung uong|co so)|(?:thuc hien )?(?:tai |o )?trung uong)\b"
)


def family_words(words: list[str]) -> list[str]:
    """Return the folded words of a name without those that only tell the level."""
    kept = _LEVEL.sub(" ", " ".join(words)).split()
    return kept or words
