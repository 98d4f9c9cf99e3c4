"""Checks that JSON Schema cannot express: an expression tree of `logic.json`, evaluated here.

An expression is a constant, or an object with one operator: `{"answer": "/pointer"}`,
`{"today": true}`, `{"<=": [a, b]}`, `{">=": [a, b]}`, `{"commune_of": [commune, province]}`.
Dates compare as text, which is their order in YYYY-MM-DD and when only the year is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Surroundings:
    """What an expression may read: the answers, the server's day, the list of places."""

    answers: Mapping[str, Any]
    today: date
    commune_of: Callable[[str, str], bool]


class Absent(Exception):
    """An answer that the expression reads was not given, so there is nothing to compare."""


def is_violated(check: Mapping[str, Any], around: Surroundings) -> bool:
    """Whether `check` (`{"pointer", "name", "expression"}`) is broken; no answer breaks none."""
    try:
        return not _value(check["expression"], around)
    except Absent:
        return False


def _value(expression: Any, around: Surroundings) -> Any:
    if not isinstance(expression, dict):
        return expression
    ((operator, operand),) = expression.items()
    if operator == "answer":
        return _answer(operand, around.answers)
    if operator == "today":
        return around.today.isoformat()
    first, second = (_value(part, around) for part in operand)
    if operator == "<=":
        return first <= second
    if operator == ">=":
        return first >= second
    if operator == "commune_of":
        return around.commune_of(first, second)
    raise ValueError(f"Unknown operator {operator}.")


def _answer(pointer: str, answers: Mapping[str, Any]) -> Any:
    value: Any = answers
    for part in pointer.split("/")[1:]:
        if not isinstance(value, Mapping) or part not in value:
            raise Absent(pointer)
        value = value[part]
    return value
