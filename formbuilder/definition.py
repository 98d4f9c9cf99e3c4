"""What a form asks, as its author writes it: a flat row of pages, sections and questions.

A page or a section lasts to the next one, so a question moves anywhere by changing its place in
the row. Every block has a key of its own that never changes; conditions refer to keys.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA_NUMBER = 1
# Reserved: the last page of every form and its confirmation have these addresses.
RESERVED_PAGES = frozenset({"kiem-tra", "xong", "xoa", "tep"})
PAGE_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
QUESTION_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

# A text for people: language code → words. Vietnamese is always there.
Text = Mapping[str, str]
# {"question": key, "is": value} | {"all": […]} | {"any": […]} | {"not": condition}
Condition = Mapping[str, Any]


class DefinitionError(ValueError):
    """A form cannot be compiled; says where the mistake is and what would mend it."""

    def __init__(self, place: str, mend: str) -> None:
        super().__init__(f"{place}: {mend}")
        self.place = place
        self.mend = mend


@dataclass(frozen=True)
class Page:
    """One topic, shown alone; `shown_if` hides it with all that it asks."""

    key: str
    title: Text
    intro: Text | None = None
    shown_if: Condition | None = None


@dataclass(frozen=True)
class Section:
    """A heading inside a page."""

    key: str
    title: Text


@dataclass(frozen=True)
class Question:
    """One answer wanted, or one piece of information given.

    `options` belong to the question's type; `document` is the key of the paper of the dossier
    that the question stands for.
    """

    key: str
    type: str
    label: Text
    hint: Text | None = None
    explanation: Text | None = None
    required: bool = True
    shown_if: Condition | None = None
    document: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


Block = Page | Section | Question
KINDS: dict[str, type[Block]] = {"page": Page, "section": Section, "question": Question}


@dataclass(frozen=True)
class FormDefinition:
    """A whole form: the blocks, the title and the level of online service it reaches (C32 5)."""

    title: Text
    blocks: tuple[Block, ...]
    service_level: Mapping[str, Any]

    def pages(self) -> Iterator[tuple[Page, list[Section | Question]]]:
        """Yield each page with what stands on it; raises `DefinitionError` for a lost block."""
        page: Page | None = None
        items: list[Section | Question] = []
        for block in self.blocks:
            if isinstance(block, Page):
                if page:
                    yield page, items
                page, items = block, []
            elif page is None:
                raise DefinitionError(block.key, "put a page before it: it stands on no page")
            else:
                items.append(block)
        if page:
            yield page, items

    def to_json(self) -> dict[str, Any]:
        """Return the definition as JSON types, empty parts left out."""
        kinds = {kind: name for name, kind in KINDS.items()}
        blocks = [{"kind": kinds[type(block)], **_filled(block)} for block in self.blocks]
        return {
            "schema": SCHEMA_NUMBER,
            "title": dict(self.title),
            "service_level": dict(self.service_level),
            "blocks": blocks,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "FormDefinition":
        """Return the definition that `to_json` wrote; raises `DefinitionError`."""
        if value.get("schema") != SCHEMA_NUMBER:
            raise DefinitionError("schema", f"only number {SCHEMA_NUMBER} is known")
        try:
            blocks = tuple(
                KINDS[block["kind"]](**{name: block[name] for name in block if name != "kind"})
                for block in value["blocks"]
            )
            return cls(value["title"], blocks, value["service_level"])
        except (KeyError, TypeError) as error:
            raise DefinitionError("blocks", f"unknown or missing: {error}") from error


def _filled(block: Block) -> dict[str, Any]:
    values = asdict(block)
    return {name: value for name, value in values.items() if value not in (None, {})}
