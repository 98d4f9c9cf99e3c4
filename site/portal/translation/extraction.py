"""Finds the messages in Python code and in templates, without any gettext program."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from portal.translation.catalogues import LANGUAGE, ROOT, sources_of

LAZY_KEYWORDS = {
    f"{name}_lazy": DEFAULT_KEYWORDS[name]
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY_KEYWORDS, "gettext_noop": None}


def extract_catalogue(catalogue: Path, root: Path = ROOT) -> Catalog:
    """Return the messages that the sources of the `.po` file `catalogue` say, untranslated."""
    found = Catalog(locale=LANGUAGE, project="mot-cua", charset="utf-8", fuzzy=False)
    for path in sources_of(catalogue, root):
        place = str(path.relative_to(root))
        for line, message, comments, context in extract_messages(path):
            found.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def extract_messages(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Yield (line, msgid or plural pair, comments, context) for each message in the file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not a message becomes filler, whose indentation would confuse the tokenizer.
        filler = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in filler.split("\n"))
    yield from extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=["Translators:"]
    )
