"""Judged queries: what people type, and which procedures answer it how well."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A code that a list only names as right counts like the best grade of a graded list.
BEST_GRADE = 3
# Of a list by behaviour: labelled on a smaller catalogue, so shown and never compared.
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class JudgedQuery:
    """A query, its class, and the grade of each code that belongs to the answer.

    Grade 3 answers it, 2 answers a case of it or stands at another level, 1 is related. A query
    without codes asks for nothing that the catalogue has.
    """

    query: str
    kind: str
    relevant: Mapping[str, int]

    @property
    def key(self) -> str:
        """A hash of query, class and grades: a query judged anew is another one."""
        judged = json.dumps([self.query, self.kind, dict(self.relevant)], sort_keys=True)
        return hashlib.sha256(judged.encode()).hexdigest()[:16]


def read_judged_queries(path: Path) -> list[JudgedQuery]:
    """Return the judged queries of a file of JSON lines.

    A line carries `query`, `class` and `relevant` (code → grade 0 to 3, no code when the catalogue
    has no answer), or `query`, `behaviour` (answer, ambiguous, out_of_scope) and
    `expected_in_corpus`; of the latter kind, queries whose answer is in another catalogue are
    left out. Raises OSError, or ValueError with the number of a line that is neither.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    judged = [_judged(number, line) for number, line in numbered]
    return [query for query in judged if query]


def _judged(number: int, line: str) -> JudgedQuery | None:
    try:
        fields: Any = json.loads(line)
        query = _text(fields, "query")
        if "class" in fields:
            return JudgedQuery(query, _text(fields, "class"), _grades(fields["relevant"]))
        kind = _text(fields, "behaviour")
        codes = dict.fromkeys(fields["expected_in_corpus"], BEST_GRADE)
        return JudgedQuery(query, kind, codes) if codes or kind == OUT_OF_SCOPE else None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"Line {number} is no judged query: {error!r}") from error


def _text(fields: Any, name: str) -> str:
    value = fields[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{name}” must be words, not {value!r}")
    return value


def _grades(relevant: Any) -> dict[str, int]:
    for code, grade in relevant.items():
        if type(grade) is not int or not 0 <= grade <= BEST_GRADE:
            raise ValueError(f"the grade of {code} must be 0 to {BEST_GRADE}, not {grade!r}")
    return {code: grade for code, grade in relevant.items() if grade}
