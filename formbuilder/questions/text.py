"""One line of text."""

from typing import Any

from formbuilder.definition import Question
from formbuilder.questions.base import Messages, QuestionType
from formbuilder.wording import filled, in_sentence


class ShortText(QuestionType):
    """A line of text; `options`: `max_length` (200), `autocomplete`."""

    name = "text"
    widget = "text"
    max_length = 200

    def schema(self, question: Question) -> dict[str, Any]:
        """Return a string that is not empty and not too long."""
        return {"type": "string", "minLength": 1, "maxLength": self._limit(question)}

    def messages(self, question: Question) -> Messages:
        """Return the words for an empty and for a too long answer."""
        return {
            "": {
                "required": filled("text.required", label=in_sentence(question.label)),
                "maxLength": filled(
                    "text.maxLength", label=question.label, limit=self._limit(question)
                ),
            }
        }

    def item(self, question: Question) -> dict[str, Any]:
        """Return the browser's hints."""
        options = question.options
        return {key: options[key] for key in ("autocomplete", "short") if key in options}

    def _limit(self, question: Question) -> int:
        return int(question.options.get("max_length", self.max_length))
