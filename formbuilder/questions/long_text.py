"""Text of several lines."""

from typing import Any

from django import forms

from catalogue.text import normalise_lines
from formbuilder.questions.base import (
    MAX_READ,
    Item,
    Surroundings,
    TextField,
    control_attributes,
    described,
)
from formbuilder.questions.text import ShortText


class LongText(ShortText):
    """Several lines of text; `options`: `max_length` (4,000)."""

    name = "long_text"
    widget = "textarea"
    max_length = 4_000

    def field(self, item: Item, around: Surroundings) -> forms.Field:
        """Return a text area."""
        return TextField(
            read=self.read,
            widget=forms.Textarea(attrs={"rows": 5, **control_attributes(item)}),
            **described(item, around),
        )

    def read(self, value: Any) -> str | None:
        """Return the text with its line breaks."""
        return normalise_lines(str(value)[:MAX_READ]) or None
