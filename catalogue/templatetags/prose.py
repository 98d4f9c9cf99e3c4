"""Published text as paragraphs and lists of a page."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalogue.prose import Line, broken_lines, read_lines

register = template.Library()


@register.filter
def prose(text: str | list[str]) -> SafeString:
    """Return a text, or its lines, as HTML paragraphs and nested lists; every word is escaped."""
    lines = text if isinstance(text, list) else broken_lines(text)
    return mark_safe("".join(_html(read_lines(lines))))  # noqa: S308


def _html(lines: Iterable[Line]) -> Iterable[str]:
    depth = 0
    for line in lines:
        if line.depth > depth:
            yield "<ul><li>"
        elif line.depth:
            yield "</li></ul>" * (depth - line.depth) + "</li><li>"
        else:
            yield "</li></ul>" * depth
        yield escape(line.text) if line.depth else f"<p>{escape(line.text)}</p>"
        depth = line.depth
    yield "</li></ul>" * depth
