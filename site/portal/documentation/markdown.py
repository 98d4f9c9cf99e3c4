"""The little Markdown that generated pages need."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `manage.py docs`; change the source named below, not this page. -->"


def page(title: str, *parts: str) -> str:
    """Return a generated page: its title, then `parts` with a blank line between them."""
    return "\n\n".join((GENERATED, f"# {title}", *parts)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells may hold Markdown, line breaks become blanks."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def code(text: str) -> str:
    """Return `text` set as code."""
    return f"`{text}`"


def first_sentence(text: str | None) -> str:
    """Return the first line of a docstring."""
    return (text or "").strip().partition("\n")[0].strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
