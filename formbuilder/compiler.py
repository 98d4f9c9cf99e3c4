"""From a definition to the documents of a form: made once, never changed, named by their hash.

`data` says what an answer must be (JSON Schema 2020-12, closed objects), `ui` how it is asked,
`logic` what JSON Schema cannot say, `messages` how a mistake is told, by pointer and keyword.
Hidden means absent: a question whose condition fails must not be answered.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from catalogue.canonical import canonical_bytes
from formbuilder.conditions import both, check_shape, questions_read, schema_of
from formbuilder.definition import (
    PAGE_KEY,
    QUESTION_KEY,
    RESERVED_PAGES,
    Condition,
    DefinitionError,
    FormDefinition,
    Page,
    Question,
    Section,
    Text,
)
from formbuilder.questions import question_type
from formbuilder.wording import LANGUAGES, in_language, words

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAX_QUESTIONS = 600
MAX_LABEL = 200
MAX_BYTES = 2_000_000
# Words for what a form made by this compiler can only get wrong by being tampered with.
GENERAL_MESSAGES = ("unevaluatedProperties", "false", "type", "wrong", "too_large")


@dataclass(frozen=True, eq=False)
class CompiledForm:
    """The four documents of a form version and the hash of their canonical JSON."""

    data: dict[str, Any]
    ui: dict[str, Any]
    logic: dict[str, Any]
    messages: dict[str, Any]
    sha256: str

    @cached_property
    def page_schemas(self) -> dict[str, dict[str, Any]]:
        """The schema of each page: its questions and the earlier answers on which they depend."""
        return {page["key"]: self._page_schema(page) for page in self.ui["pages"]}

    @cached_property
    def items(self) -> dict[str, dict[str, Any]]:
        """The ui entry of each question that has an answer, by key."""
        return {
            item["key"]: item
            for page in self.ui["pages"]
            for item in page["items"]
            if item["key"] in self.data["properties"]
        }

    def page(self, key: str) -> dict[str, Any]:
        """Return the ui entry of the page `key`; raises `KeyError`."""
        return next(page for page in self.ui["pages"] if page["key"] == key)

    def _page_schema(self, page: Mapping[str, Any]) -> dict[str, Any]:
        own = {item["key"] for item in page["items"]} & set(self.data["properties"])
        rules = [_narrowed(rule, own) for rule in self.data["allOf"]]
        rules = [rule for rule in rules if rule["else"]["properties"]]
        read = {key for rule in rules for key in _read_by(rule["if"])}
        return {
            "$schema": DIALECT,
            "type": "object",
            "properties": {key: self.data["properties"][key] for key in sorted(own | read)},
            "required": [key for key in self.data["required"] if key in own],
            "allOf": rules,
            "unevaluatedProperties": False,
            "$defs": self.data["$defs"],
        }


def compile_form(definition: FormDefinition) -> CompiledForm:
    """Compile `definition`; raises `DefinitionError` naming the block and what would mend it."""
    return _Compiler(definition).compiled()


class _Compiler:
    """One compilation: goes through the blocks once, in order."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self.properties: dict[str, Any] = {}
        self.required: list[str] = []
        self.rules: list[tuple[Condition, list[str], list[str]]] = []
        self.definitions: dict[str, Any] = {}
        self.checks: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []
        self.messages: dict[str, dict[str, dict[str, str]]] = {
            language: {} for language in LANGUAGES
        }
        self.keys: set[str] = set()
        self._say("*", {keyword: words(f"any.{keyword}") for keyword in GENERAL_MESSAGES})

    def compiled(self) -> CompiledForm:
        for page, items in self.definition.pages():
            self._add_page(page, items)
        if not self.properties:
            raise DefinitionError("blocks", "ask at least one question")
        documents = {
            "data": self._data(),
            "ui": {
                "title": dict(self.definition.title),
                "service_level": dict(self.definition.service_level),
                "pages": self.pages,
            },
            "logic": {"computed": [], "checks": self.checks},
            "messages": self.messages,
        }
        written = canonical_bytes(documents)
        if len(written) > MAX_BYTES:
            raise DefinitionError("form", _("make it smaller than %d bytes") % MAX_BYTES)
        return CompiledForm(**documents, sha256=hashlib.sha256(written).hexdigest())

    def _data(self) -> dict[str, Any]:
        return {
            "$schema": DIALECT,
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "allOf": [_rule(*rule) for rule in self.rules],
            "unevaluatedProperties": False,
            "$defs": self.definitions,
        }

    def _add_page(self, page: Page, items: list[Section | Question]) -> None:
        if not PAGE_KEY.fullmatch(page.key) or page.key in RESERVED_PAGES:
            raise DefinitionError(page.key, "use small letters, digits and hyphens for a page")
        self._take_key(page.key)
        self._check_condition(page.key, page.shown_if)
        # A page is never shown or hidden by what is asked on it, so the check comes first.
        entries = [self._entry(item, page.shown_if) for item in items]
        self.pages.append(
            _present(key=page.key, title=page.title, intro=page.intro, shown_if=page.shown_if)
            | {"items": entries}
        )

    def _entry(self, item: Section | Question, shown_if: Condition | None) -> dict[str, Any]:
        self._take_key(item.key)
        if isinstance(item, Section):
            return {"key": item.key, "widget": "section", "title": dict(item.title)}
        if not QUESTION_KEY.fullmatch(item.key):
            raise DefinitionError(item.key, "use small letters, digits and _ for a question")
        if len(in_language(item.label, "vi")) > MAX_LABEL:
            raise DefinitionError(item.key, _("keep the label within %d characters") % MAX_LABEL)
        self._check_condition(item.key, item.shown_if)
        kind = question_type(item.type, item.key)
        if kind.has_answer:
            self._add_answer(item, both(shown_if, item.shown_if))
        return _present(
            key=item.key,
            type=item.type,
            widget=kind.widget,
            label=item.label,
            hint=item.hint,
            explanation=item.explanation,
            shown_if=item.shown_if,
        ) | {"required": item.required, **kind.item(item)}

    def _add_answer(self, question: Question, condition: Condition | None) -> None:
        kind = question_type(question.type)
        self.properties[question.key] = kind.schema(question)
        if condition is None:
            self.required += [question.key] if question.required else []
        else:
            self._hide_unless(condition, question)
        self.definitions.update(kind.definitions())
        for place, messages in kind.definition_messages().items():
            self._say(place, messages)
        for place, messages in kind.messages(question).items():
            self._say(f"/{question.key}{place}", messages)
        self.checks += kind.checks(question)

    def _hide_unless(self, condition: Condition, question: Question) -> None:
        demanded = [question.key] if question.required else []
        if self.rules and self.rules[-1][0] == condition:
            self.rules[-1][1].append(question.key)
            self.rules[-1][2].extend(demanded)
        else:
            self.rules.append((condition, [question.key], demanded))

    def _take_key(self, key: str) -> None:
        if key in self.keys:
            raise DefinitionError(key, "give every block a key of its own")
        if len(self.properties) >= MAX_QUESTIONS:
            raise DefinitionError(key, _("ask at most %d questions") % MAX_QUESTIONS)
        self.keys.add(key)

    def _check_condition(self, place: str, condition: Condition | None) -> None:
        if condition is None:
            return
        check_shape(place, condition)
        for key in questions_read(condition):
            if key not in self.properties:
                raise DefinitionError(place, f"let it depend on an earlier question: {key} is none")

    def _say(self, place: str, messages: Mapping[str, Text]) -> None:
        for keyword, text in messages.items():
            for language in LANGUAGES:
                said = self.messages[language].setdefault(place, {})
                said[keyword] = in_language(text, language)


def _rule(condition: Condition, shown: list[str], demanded: list[str]) -> dict[str, Any]:
    return {
        "if": schema_of(condition),
        "then": {"required": demanded},
        "else": {"properties": dict.fromkeys(shown, False)},
    }


def _narrowed(rule: Mapping[str, Any], own: set[str]) -> dict[str, Any]:
    """Return `rule` for the questions `own` alone."""
    return {
        "if": rule["if"],
        "then": {"required": [key for key in rule["then"]["required"] if key in own]},
        "else": {"properties": {key: False for key in rule["else"]["properties"] if key in own}},
    }


def _read_by(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from schema.get("required", ())
    for part in [*schema.get("allOf", ()), *schema.get("anyOf", ())]:
        yield from _read_by(part)
    if "not" in schema:
        yield from _read_by(schema["not"])


def _present(**values: Any) -> dict[str, Any]:
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in values.items()
        if value is not None
    }
