from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock

from catalogue.blocks import KeyBlock
from catalogue.keys import PART_FIELDS
from catalogue.models import Procedure


def panels(panel: Any) -> Iterator[FieldPanel]:
    if isinstance(panel, FieldPanel):
        yield panel
    for child in getattr(panel, "children", ()):
        yield from panels(child)


def blocks(block: Block, place: str) -> Iterator[tuple[str, Block]]:
    """Every field of `block` that an editor sees, with its place."""
    if isinstance(block, ListBlock):
        yield from blocks(block.child_block, place)
    if isinstance(block, StructBlock | StreamBlock):
        for name, child in block.child_blocks.items():
            if isinstance(block, StructBlock) and not isinstance(child, KeyBlock):
                yield f"{place}.{name}", child
            yield from blocks(child, f"{place}.{name}")


PANELS = {panel.field_name: panel for panel in panels(Procedure.edit_handler)}
BLOCKS = dict(
    found
    for name in PART_FIELDS
    for found in blocks(Procedure._meta.get_field(name).stream_block, name)
)


def words_in(language: str, text: Any) -> str:
    with override(language):
        return str(text)


def refuse_untold(text: Any) -> None:
    english, vietnamese = words_in("en", text), words_in("vi", text)
    assert english
    assert vietnamese != english


def test_all_fields_of_the_page_and_of_its_parts_are_walked() -> None:
    assert len(PANELS) == 21
    assert len(BLOCKS) == 31


@pytest.mark.parametrize("name", PANELS)
def test_every_field_of_the_page_has_a_label_and_help_in_vietnamese(name: str) -> None:
    refuse_untold(Procedure._meta.get_field(name).verbose_name)
    refuse_untold(PANELS[name].help_text)


@pytest.mark.parametrize("place", BLOCKS)
def test_every_field_of_a_part_has_a_label_and_help_in_vietnamese(place: str) -> None:
    block = BLOCKS[place]
    help_text = getattr(block.meta, "help_text", "") or block.field.help_text

    refuse_untold(block.label)
    refuse_untold(help_text)


@pytest.mark.parametrize("place", [*PANELS, *BLOCKS])
def test_every_help_gives_an_example(place: str) -> None:
    shown = PANELS[place].help_text if place in PANELS else None
    block = BLOCKS.get(place)
    if block is not None:
        shown = getattr(block.meta, "help_text", "") or block.field.help_text

    assert "ví dụ" in words_in("vi", shown)
