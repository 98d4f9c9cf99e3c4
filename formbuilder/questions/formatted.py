"""What the types have in common whose rule is a named format."""

from typing import Any, ClassVar

from formbuilder.definition import Question
from formbuilder.formats import MAX_LENGTH
from formbuilder.questions.base import Messages, QuestionType
from formbuilder.wording import filled, in_sentence, words


class FormattedText(QuestionType):
    """A line whose rule is the format `format`, asserted by `formbuilder.formats`."""

    widget = "text"
    format: ClassVar[str]
    attributes: ClassVar[dict[str, Any]] = {}

    def schema(self, question: Question) -> dict[str, Any]:
        """Return a short string in the format."""
        return {"type": "string", "format": self.format, "maxLength": MAX_LENGTH}

    def messages(self, question: Question) -> Messages:
        """Return the words for no answer and for one that breaks the format."""
        wrong = words(f"{self.name}.format")
        return {
            "": {
                "required": filled("text.required", label=in_sentence(question.label)),
                "format": wrong,
                "maxLength": wrong,
            }
        }

    def item(self, question: Question) -> dict[str, Any]:
        """Return the browser's hints for the format."""
        own = {"autocomplete"} & set(question.options)
        return {**self.attributes, **{key: question.options[key] for key in own}}
