"""One record of a file, whatever its shape, into one row of an import."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import length_hint
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalogue.documents import DocumentInvalid
from catalogue.importing.documents import is_document, read_document_record
from catalogue.importing.files import RecordFile, RecordText
from catalogue.importing.records import ReadRecord, RecordInvalid, read_record
from catalogue.models.procedure import CODE_PATTERN
from catalogue.strict_json import parse_json

UNKNOWN = "?"
_CODE_IN_ADDRESS = re.compile(r"(?<![\d.])\d{1,2}\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?(?![\d])")
# Letters of texts in TCVN3 and VNI that were taken for Latin ones: no Vietnamese word has them.
_OLD_ENCODING = re.compile(
    r"[®§][^\W\d_]|[^\W\d_][µ¸¶¹¨»¾¼½©ª¬]|[^\W\d_]«[^\W\d_]|[a-z][ÊÐÇÈÉËÌÎÏÑÒÓÔÕÖ×ØÙÚÛÜÝÞß][a-z]"
    r"|a[áâêå]|e[áâ]|oâ|[aeou][ûïø].*[aeou][ûïø]"
)


@dataclass(frozen=True)
class Row:
    """One record of the imported file; `read` is None when it could not be.

    `raw` is the record as it stood in the file, empty for one that came from no file.
    """

    line: int
    code: str
    read: ReadRecord | None
    problem: str = ""
    raw: str = ""


class RowFile:
    """The rows of a file, read as they are asked for.

    With `only`, the code of one procedure, everything else is passed over. A file that is named
    after a code may hold no other procedure. Raises `FileRefused`.
    """

    def __init__(self, path: Path, only: str = "") -> None:
        self._records = RecordFile(path)
        self._named = path.stem if re.fullmatch(r"\d{1,2}\.\d{6}[0-9A-Z.]*", path.stem) else ""
        self._only = only

    def __length_hint__(self) -> int:
        """Return how many records the file holds, 0 when that is not known."""
        return length_hint(self._records)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in order."""
        found = False
        for record in self._records:
            row = read_row(record, self._named)
            if not self._only or row.code in (self._only, UNKNOWN):
                found = found or row.code == self._only
                yield row
        if self._only and not found:
            problem = _("no record of the file has this code")
            yield Row(0, self._only, None, problem)


def read_row(record: RecordText, asked: str = "") -> Row:
    """Return the row of one `record`; one that cannot be read carries its problem.

    `asked` is the code that it must have, when one was asked for.
    """
    line = record.line
    try:
        value = parse_json(record.text)
    except json.JSONDecodeError as error:
        return Row(line, UNKNOWN, None, _not_json(record.text, error))
    except ValueError as error:
        return Row(line, UNKNOWN, None, _("JSON that cannot be kept: %s") % error)
    if not isinstance(value, dict):
        return Row(line, UNKNOWN, None, _("not a JSON object"))
    value, enclosing = _unwrapped(value)
    code = value.get("code") if isinstance(value.get("code"), str) else ""
    code = code or UNKNOWN
    try:
        _refuse_other_code(value, code, asked or enclosing)
        read = read_document_record(value) if is_document(value) else read_record(value)
        _refuse_old_encoding(read.document["name"])
    except (RecordInvalid, DocumentInvalid) as error:
        return Row(line, code, None, str(error))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Row(line, code, None, _("unexpected shape: %s") % f"{type(error).__name__} {error}")
    return Row(line, read.document["code"], read, raw=record.text)


def _not_json(text: str, error: json.JSONDecodeError) -> str:
    cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if cut and text.lstrip().startswith("{"):
        return _("cut off in the middle of the record (character %s): fetch the file again") % len(
            text
        )
    return _("not JSON: %(problem)s at character %(place)s") % {
        "problem": error.msg,
        "place": error.pos + 1,
    }


def _unwrapped(value: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the record and the code by which an object around it names it, if there is one."""
    held = value.get("document")
    if isinstance(held, dict) and is_document(held):
        return held, str(value.get("code") or "")
    if len(value) == 1:
        [(name, held)] = value.items()
        if isinstance(held, dict) and re.fullmatch(CODE_PATTERN, name):
            return held, name
    return value, ""


def _refuse_other_code(value: dict[str, Any], code: str, asked: str) -> None:
    """Refuse a record whose own code differs from the one asked for, or from its address."""
    if code == UNKNOWN:
        return
    if asked and asked != code:
        raise RecordInvalid(
            _("the record is of %(code)s, but %(asked)s was asked for")
            % {"code": code, "asked": asked}
        )
    address = value.get("source_url")
    named = _CODE_IN_ADDRESS.search(address) if isinstance(address, str) else None
    if named and named[0] != code:
        raise RecordInvalid(
            _("the record is of %(code)s, but its source address is that of %(asked)s")
            % {"code": code, "asked": named[0]}
        )


def _refuse_old_encoding(name: str) -> None:
    if _OLD_ENCODING.search(name):
        raise RecordInvalid(
            _("the name is written in TCVN3, VNI or another old encoding: convert it to Unicode")
        )
