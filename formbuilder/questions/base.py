"""What every question type gives: its schema, its words, its controls, its readable answer."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms

from catalogue.text import normalise
from formbuilder.definition import Question, Text
from formbuilder.wording import filled, in_language, in_sentence

# A longer text is refused by every schema; what comes after this many characters is not even read.
MAX_READ = 20_000

Item = Mapping[str, Any]
Messages = dict[str, dict[str, Text]]


@dataclass(frozen=True)
class Surroundings:
    """What a control may need to draw itself: the language, and what was typed beside it."""

    language: str
    typed: Mapping[str, Any] = field(default_factory=dict)


class UncheckedField:
    """Turns what was typed into an answer; every rule is the schema's, so nothing is refused."""

    def __init__(self, *, read: Callable[[Any], Any], **options: Any) -> None:
        self.read = read
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the answer, or None for nothing typed."""
        return None if value in (None, "") else self.read(value)


class TextField(UncheckedField, forms.CharField):
    """A line or an area of text."""


class ListField(UncheckedField, forms.ChoiceField):
    """One of a list."""


class MarkField(UncheckedField, forms.BooleanField):
    """A box to tick."""


class QuestionType(ABC):
    """A kind of question; one object of each subclass is registered under its `name`.

    A question may have several controls: `fields`, `parse` and `initial` know each by a suffix,
    which is its property in the answer, and "" for a question with a single control.
    """

    name: ClassVar[str]
    widget: ClassVar[str]
    # Information has no answer.
    has_answer: ClassVar[bool] = True

    @abstractmethod
    def schema(self, question: Question) -> dict[str, Any]:
        """Return the JSON Schema of the answer."""

    def definitions(self) -> dict[str, Any]:
        """Return the `$defs` to which the schema refers."""
        return {}

    def definition_messages(self) -> Messages:
        """Return the messages of the `$defs`, by `#/$defs/<name>/<property>` and keyword."""
        return {}

    def messages(self, question: Question) -> Messages:
        """Return the messages by pointer below the question ("" is the question) and keyword."""
        return {"": {"required": filled("text.required", label=in_sentence(question.label))}}

    def checks(self, question: Question) -> list[dict[str, Any]]:
        """Return the checks of `logic.json` that the question brings along."""
        return []

    def item(self, question: Question) -> dict[str, Any]:
        """Return what the ui document says of the question beyond label and hint."""
        return {}

    def fields(self, item: Item, around: Surroundings) -> dict[str, forms.Field]:
        """Return the controls of the question by suffix."""
        return {"": self.field(item, around)}

    def field(self, item: Item, around: Surroundings) -> forms.Field:
        """Return the only control of the question."""
        return TextField(
            read=self.read,
            widget=forms.TextInput(attrs=control_attributes(item)),
            **described(item, around),
        )

    def read(self, value: Any) -> Any:
        """Return what was typed as the value that is stored, in its normal form."""
        return read_line(value)

    def parse(self, parts: Mapping[str, Any]) -> Any:
        """Return the answer from the values of the controls, None when there is none."""
        return parts[""]

    def initial(self, value: Any) -> dict[str, Any]:
        """Return what the controls show for a stored answer."""
        return {"": value}

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return the answer as people read it, on the check page and on paper."""
        return str(value)


def read_line(value: Any) -> str | None:
    """Return typed text as one normal line (NFC, no control characters), None when empty."""
    return normalise(str(value)[:MAX_READ]) or None


def described(item: Item, around: Surroundings) -> dict[str, Any]:
    """Return label, hint and the mark of optional questions for a Django form field."""
    hint = item.get("hint")
    return {
        "label": in_language(item["label"], around.language),
        "help_text": in_language(hint, around.language) if hint else "",
        "required": item["required"],
    }


def control_attributes(item: Item) -> dict[str, str]:
    """Return the HTML attributes that help a phone's keyboard and the browser's memory."""
    names = ("autocomplete", "inputmode", "maxlength", "spellcheck")
    attributes = {name: str(item[name]) for name in names if name in item}
    if item.get("short"):
        attributes["class"] = "input--short"
    return attributes
