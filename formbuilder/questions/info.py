"""A piece of information among the questions."""

from typing import Any

from django import forms

from formbuilder.definition import Question
from formbuilder.questions.base import Item, QuestionType, Surroundings


class Info(QuestionType):
    """Text to read; nothing is asked. The label is a short heading, the explanation the text."""

    name = "info"
    widget = "info"
    has_answer = False

    def schema(self, question: Question) -> dict[str, Any]:
        """Return a schema that accepts nothing: information has no answer."""
        return {"not": {}}

    def fields(self, item: Item, around: Surroundings) -> dict[str, forms.Field]:
        """Return no control."""
        return {}
