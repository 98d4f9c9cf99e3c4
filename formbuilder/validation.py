"""Whether answers keep the contract of their form, and if not, where and in which words.

Size and depth are looked at first: a schema is never shown a value that could make it slow. No
schema is ever fetched from anywhere (S1): the registry is empty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry

from catalogue.strict_json import parse_json
from formbuilder import expressions, formats
from formbuilder.compiler import CompiledForm
from formbuilder.selectors import places

MAX_BYTES = 262_144
MAX_DEPTH = 12
MAX_VALUES = 5_000
# Of several mistakes at one place the earliest here is told.
PLAINEST = ("false", "required", "type", "minLength", "maxLength", "pattern", "format")


class AnswersTooLarge(ValueError):
    """Answers break a cap: too many bytes or values, too deep, or no JSON at all."""


@dataclass(frozen=True)
class Problem:
    """One thing that is not right: where (JSON pointer), which rule, and the words for it."""

    pointer: str
    keyword: str
    message: str

    @property
    def question(self) -> str:
        """The key of the question, "" for the form as a whole."""
        return self.pointer.split("/")[1] if self.pointer else ""


def find_problems(
    form: CompiledForm,
    answers: Mapping[str, Any],
    *,
    today: date,
    page: str | None = None,
    language: str = "vi",
) -> list[Problem]:
    """Return what is wrong with `answers`, at most one problem for each place.

    With `page`, only that page is judged, with the earlier answers that it reads; without, the
    whole as at submit. `today` is the server's day in Vietnam. Raises `AnswersTooLarge`.
    """
    check_size(answers)
    seen = answers
    if page is not None:
        readable = form.page_schemas[page]["properties"]
        seen = {key: answers[key] for key in readable if key in answers}
    found = _schema_errors(_validator(form, page), seen)
    around = expressions.Surroundings(seen, today, places.commune_of)
    doubtful = {pointer.split("/")[1] for pointer in found if pointer}
    for check in form.logic["checks"]:
        pointer = check["pointer"]
        if pointer.split("/")[1] not in doubtful and expressions.is_violated(check, around):
            found[pointer] = check["name"]
    return [
        Problem(pointer, keyword, message_of(form, pointer, keyword, language))
        for pointer, keyword in found.items()
    ]


def message_of(form: CompiledForm, pointer: str, keyword: str, language: str) -> str:
    """Return the words for `keyword` at `pointer`: the question's own, its type's, or general."""
    messages = form.messages.get(language) or form.messages["vi"]
    for place in (pointer, _definition_place(form, pointer)):
        if keyword in messages.get(place, {}):
            return messages[place][keyword]
    return messages["*"].get(keyword, messages["*"]["wrong"])


def read_json(raw: bytes) -> dict[str, Any]:
    """Return the answers in a JSON body.

    Raises `AnswersTooLarge` for whatever is not a JSON object within the caps (F7).
    """
    if len(raw) > MAX_BYTES:
        raise AnswersTooLarge(f"more than {MAX_BYTES} bytes")
    try:
        value = parse_json(raw.decode("utf-8"))
    except ValueError as error:
        raise AnswersTooLarge("no acceptable JSON") from error
    if not isinstance(value, dict):
        raise AnswersTooLarge("an object is needed")
    check_size(value)
    return value


def check_size(answers: Mapping[str, Any]) -> None:
    """Raise `AnswersTooLarge` when `answers` hold too much for a schema to judge quickly."""
    size = count = 0
    waiting: list[tuple[Any, int]] = [(answers, 1)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if isinstance(value, str):
            size += len(value)
        elif isinstance(value, Mapping):
            size += sum(len(key) for key in value)
            waiting += [(part, depth + 1) for part in value.values()]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        if depth > MAX_DEPTH or size > MAX_BYTES or count + len(waiting) > MAX_VALUES:
            raise AnswersTooLarge("too long or too deep")


@lru_cache(maxsize=1024)
def _validator(form: CompiledForm, page: str | None) -> Draft202012Validator:
    schema = form.data if page is None else form.page_schemas[page]
    return _Validator(schema, registry=Registry(), format_checker=formats.checker)


def _schema_errors(validator: Draft202012Validator, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the keyword of the plainest mistake at each place."""
    found: dict[str, str] = {}
    for error in validator.iter_errors(dict(answers)):
        pointer = "".join(f"/{part}" for part in error.absolute_path)
        found[pointer] = min(found.get(pointer, error.validator), error.validator, key=_plainness)
    return found


def _plainness(keyword: str) -> int:
    # Databases don't keep the order of a schema's keywords, so the first error says nothing.
    return PLAINEST.index(keyword) if keyword in PLAINEST else len(PLAINEST)


def _required(
    validator: Any, required: list[str], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Report a missing property at its own place, not at the object around it."""
    if validator.is_type(instance, "object"):
        for key in required:
            if key not in instance:
                yield ValidationError(f"{key} is missing", path=[key])


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Report a property that must be absent at its own place too."""
    if not validator.is_type(instance, "object"):
        return
    for key, inner in properties.items():
        if key not in instance:
            continue
        if inner is False:
            yield ValidationError(f"{key} must be absent", validator="false", path=[key])
        else:
            yield from validator.descend(instance[key], inner, path=key, schema_path=key)


_Validator = validators.extend(
    Draft202012Validator, {"required": _required, "properties": _properties}
)


def _definition_place(form: CompiledForm, pointer: str) -> str:
    key, *inside = pointer.split("/")[1:] or [""]
    reference = form.data["properties"].get(key, {}).get("$ref", "")
    return "/".join([reference, *inside])
