"""A declaration or consent that is given by ticking its box."""

from typing import Any

from django import forms

from formbuilder.definition import Question
from formbuilder.questions.base import (
    Item,
    MarkField,
    Messages,
    QuestionType,
    Surroundings,
    described,
)
from formbuilder.wording import in_language, words


class Declaration(QuestionType):
    """A sentence that the person confirms; the answer is true or absent."""

    name = "declaration"
    widget = "checkbox"

    def schema(self, question: Question) -> dict[str, Any]:
        """Return the constant true."""
        return {"const": True}

    def messages(self, question: Question) -> Messages:
        """Return the words for a box left empty."""
        return {
            "": {
                "required": words("declaration.required"),
                "const": words("declaration.required"),
            }
        }

    def field(self, item: Item, around: Surroundings) -> forms.Field:
        """Return a checkbox."""
        return MarkField(
            read=lambda value: True if value == "on" or value is True else None,
            widget=forms.CheckboxInput,
            **described(item, around),
        )

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return that the box was ticked."""
        return in_language(words("declaration.given"), language)
