"""Conditions of pages and questions: as JSON Schema for the contract, as a truth for the wizard.

An answer that is absent makes `is` false in both: every `if` demands the field that it reads
(abuse case F15).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from formbuilder.definition import Condition, DefinitionError

MAX_DEPTH = 3


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether `condition` is met by `answers`; no condition is always met."""
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    answer = answers.get(condition["question"])
    # `1 == True` in Python, and never in JSON.
    return type(answer) is type(condition["is"]) and answer == condition["is"]


def schema_of(condition: Condition) -> dict[str, Any]:
    """Return the JSON Schema that accepts exactly the answers for which `condition` holds."""
    if "all" in condition:
        return {"allOf": [schema_of(part) for part in condition["all"]]}
    if "any" in condition:
        return {"anyOf": [schema_of(part) for part in condition["any"]]}
    if "not" in condition:
        return {"not": schema_of(condition["not"])}
    key = condition["question"]
    return {"properties": {key: {"const": condition["is"]}}, "required": [key]}


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Return the condition that holds when `first` and `second` do."""
    if first is None or second is None:
        return first or second
    return {"all": [first, second]}


def questions_read(condition: Condition) -> Iterator[str]:
    """Yield the keys of the questions on which `condition` depends."""
    for part in _parts(condition):
        yield from questions_read(part)
    if "question" in condition:
        yield condition["question"]


def check_shape(place: str, condition: Condition, depth: int = 1) -> None:
    """Raise `DefinitionError` unless `condition` has a known shape and at most three levels."""
    if depth > MAX_DEPTH:
        raise DefinitionError(place, f"nest conditions at most {MAX_DEPTH} deep")
    if set(condition) not in ({"all"}, {"any"}, {"not"}, {"question", "is"}):
        raise DefinitionError(place, "write a condition as all, any, not, or question and is")
    for part in _parts(condition):
        check_shape(place, part, depth + 1)


def _parts(condition: Condition) -> list[Condition]:
    if "not" in condition:
        return [condition["not"]]
    return list(condition.get("all", condition.get("any", ())))
