"""Where something stands in a document, in the words of the screen on which it is written."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock

from catalogue.models import Procedure

BETWEEN = " › "
# What a document holds together and the page apart.
PAGE_FIELDS = {
    "agencies/publishing": "agency",
    "agencies/implementing": "implementing",
    "agencies/competent": "competent",
    "agencies/delegated": "delegated",
    "agencies/coordinating": "coordinating",
    "online_level/scheme": "online_scheme",
    "online_level/value": "online_value",
    "source/decision_number": "source_decision",
    "source/url": "source_url",
}


def place_in_words(pointer: str) -> str:
    """Return the place at a JSON `pointer` as an editor finds it: “Group of papers 2 › Paper 3”."""
    steps = [step for step in pointer.split("/") if step]
    if not steps:
        return _("The procedure as a whole")
    name = PAGE_FIELDS.get("/".join(steps[:2]))
    rest = steps[2:] if name else steps[1:]
    name = name or steps[0]
    known = {field.name: field for field in Procedure._meta.get_fields()}
    if name not in known:
        return pointer
    block = getattr(known[name], "stream_block", None)
    if block is not None and rest:
        return BETWEEN.join(_labels(block, rest))
    label = str(known[name].verbose_name)
    return BETWEEN.join([label[:1].upper() + label[1:], *map(_ordinal, rest)])


def _labels(block: Block, steps: list[str]) -> Iterator[str]:
    """Yield the labels on the way into `block`: one for a numbered part, one for a field."""
    while steps:
        if isinstance(block, StreamBlock | ListBlock):
            block = _child(block)
            yield f"{block.label} {_ordinal(steps[0])}"
        elif isinstance(block, StructBlock):
            # An act is chosen as a whole: its words have no fields of their own.
            block = block.child_blocks.get(steps[0]) or block.child_blocks["act"]
            if not isinstance(block, ListBlock) or not steps[1:]:
                yield str(block.label)
        steps = steps[1:]


def _child(block: StreamBlock | ListBlock) -> Block:
    if isinstance(block, ListBlock):
        return block.child_block
    return next(iter(block.child_blocks.values()))


def _ordinal(index: str) -> str:
    return str(int(index) + 1) if index.isdigit() else index
