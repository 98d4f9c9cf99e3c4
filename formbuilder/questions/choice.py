"""One of a short list."""

from typing import Any

from django import forms

from formbuilder.definition import DefinitionError, Question
from formbuilder.questions.base import (
    Item,
    ListField,
    Messages,
    QuestionType,
    Surroundings,
    described,
    read_line,
)
from formbuilder.wording import in_language, words

MOST_CHOICES = 60


class Choice(QuestionType):
    """One of `options["choices"]`: a list of `{"value", "label"}`."""

    name = "choice"
    widget = "radios"

    def schema(self, question: Question) -> dict[str, Any]:
        """Return the values that can be chosen, each with its title."""
        return {
            "type": "string",
            "oneOf": [
                {"const": choice["value"], "title": choice["label"]["vi"]}
                for choice in choices_of(question)
            ],
        }

    def messages(self, question: Question) -> Messages:
        """Return the words for nothing chosen and for a value that is not in the list."""
        return {
            "": {
                "required": words("choice.required"),
                "oneOf": words("choice.oneOf"),
            }
        }

    def item(self, question: Question) -> dict[str, Any]:
        """Return the choices with their labels in every language."""
        return {"choices": choices_of(question)}

    def field(self, item: Item, around: Surroundings) -> forms.Field:
        """Return radio buttons."""
        return ListField(
            read=read_line,
            widget=forms.RadioSelect,
            choices=labelled(item["choices"], around.language),
            **described(item, around),
        )

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return the label of the chosen value."""
        return dict(labelled(item["choices"], language)).get(value, str(value))


def choices_of(question: Question) -> list[dict[str, Any]]:
    """Return the choices of `question`; raises `DefinitionError` for none or too many."""
    choices = list(question.options.get("choices", ()))
    if not 1 <= len(choices) <= MOST_CHOICES:
        raise DefinitionError(question.key, f"give 1 to {MOST_CHOICES} choices")
    if len({choice["value"] for choice in choices}) < len(choices):
        raise DefinitionError(question.key, "give each choice a value of its own")
    return choices


def labelled(choices: list[dict[str, Any]], language: str) -> list[tuple[str, str]]:
    """Return choices as Django's form fields want them."""
    return [(choice["value"], in_language(choice["label"], language)) for choice in choices]
