"""Yes or no."""

from typing import Any

from django import forms

from formbuilder.definition import Question
from formbuilder.questions.base import (
    Item,
    ListField,
    Messages,
    QuestionType,
    Surroundings,
    described,
)
from formbuilder.wording import in_language, words

VALUES = {"yes": True, "no": False}


class YesNo(QuestionType):
    """A question that is answered by yes or no; neither is chosen beforehand."""

    name = "yes_no"
    widget = "radios"

    def schema(self, question: Question) -> dict[str, Any]:
        """Return a boolean."""
        return {"type": "boolean"}

    def messages(self, question: Question) -> Messages:
        """Return the words for no answer and for another one."""
        return {
            "": {
                "required": words("choice.required"),
                "type": words("choice.oneOf"),
            }
        }

    def field(self, item: Item, around: Surroundings) -> forms.Field:
        """Return two radio buttons."""
        return ListField(
            read=lambda value: VALUES.get(value, value),
            widget=forms.RadioSelect,
            choices=[
                (value, in_language(words(f"yes_no.{value}"), around.language)) for value in VALUES
            ],
            **described(item, around),
        )

    def initial(self, value: Any) -> dict[str, Any]:
        """Return the radio button of the answer."""
        return {"": next((name for name, truth in VALUES.items() if truth is value), "")}

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return yes or no in words."""
        return in_language(words("yes_no.yes" if value else "yes_no.no"), language)
