"""Checking a document against the schema of its number."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import referencing
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

from catalogue.documents.problems import problem_in_words

SCHEMA_NUMBER = 1
_FOLDER = Path(__file__).resolve().parents[1] / "schema"


class DocumentInvalid(ValueError):
    """A document breaks its schema; `problems` lists (JSON pointer, what is wrong in words)."""

    def __init__(self, code: str, problems: list[tuple[str, str]]) -> None:
        self.code = code
        self.problems = problems
        listed = "; ".join(f"{place}: {problem}" for place, problem in problems[:5])
        super().__init__(f"{code}: {listed}")


@cache
def validator(number: int) -> Draft202012Validator:
    """Return the validator of schema `number`; it never fetches a reference."""
    schema = json.loads((_FOLDER / f"procedure-{number}.schema.json").read_text("utf-8"))
    days = FormatChecker(["date"])
    return Draft202012Validator(schema, registry=referencing.Registry(), format_checker=days)


def validate_document(document: dict[str, Any]) -> None:
    """Raise `DocumentInvalid` unless `document` keeps its schema and its keys are unique."""
    errors = validator(SCHEMA_NUMBER).iter_errors(document)
    problems = [(f"/{'/'.join(map(str, error.path))}", problem_in_words(error)) for error in errors]
    for name, parts in document.items():
        repeated = [key for key, count in Counter(keys_in(parts)).items() if count > 1]
        problems += [(f"/{name}", _("Two parts have the key “%s”.") % key) for key in repeated]
    if problems:
        raise DocumentInvalid(str(document.get("code", "?")), problems)


def keys_in(value: Any) -> Iterator[str]:
    """Yield the keys of the parts in `value`, a document or some of its parts, nested ones too."""
    if isinstance(value, list):
        for item in value:
            yield from keys_in(item)
    elif isinstance(value, dict):
        if isinstance(value.get("key"), str):
            yield value["key"]
        for nested in value.values():
            yield from keys_in(nested)
