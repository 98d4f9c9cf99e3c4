"""What lists filter and order procedures by, read from the document once, when it is stored."""

import re
from collections.abc import Mapping
from typing import Any

from catalogue.text import first_letter, slugify_vi, sort_key, without_opening

NAME_SLUG_LENGTH = 255
SORT_KEY_LENGTH = 700
_LEADING_MARKS = re.compile(r"^\W+")


def listing_values(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of a `ProcedureVersion` that repeat facts of its `document`.

    The opening "Thủ tục", which every third name has, says nothing: names are listed without it.
    """
    name = document["name"]
    listed = _LEADING_MARKS.sub("", without_opening(name))
    return {
        "name": name,
        "name_slug": slugify_vi(name)[:NAME_SLUG_LENGTH],
        "sort_key": sort_key(listed)[:SORT_KEY_LENGTH],
        "letter": first_letter(listed),
        "levels": barred(document["levels"]),
        "audiences": barred(document["audiences"]),
    }


def barred(values: list[str]) -> str:
    """Return `values` between bars, so that a query finds each whole: |province|commune|."""
    return f"|{'|'.join(values)}|" if values else ""
