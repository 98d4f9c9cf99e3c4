"""What changed between two versions of a procedure, in words and by permanent keys."""

from catalogue.comparison.changes import Change, ChangeKind, Detail, Section, by_section
from catalogue.comparison.documents import changes_meaning, compare
from catalogue.comparison.words import Run, RunKind, word_runs

__all__ = [
    "Change",
    "ChangeKind",
    "Detail",
    "Run",
    "RunKind",
    "Section",
    "by_section",
    "changes_meaning",
    "compare",
    "word_runs",
]
