"""A file of procedures, given record by record: JSON lines, one array, or one object.

The file is never held whole: of an array the text of one entry at a time, of lines one line.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_CHUNK = 1 << 16
# Ten times the longest real record many times over; what is longer is no list of procedures.
MAX_RECORD_BYTES = 16 << 20
_UTF_16 = gettext_lazy("it is written in UTF-16: save it as UTF-8")
_ARCHIVE = gettext_lazy("it is a spreadsheet or an archive: only JSON is read here")
_XML = gettext_lazy("it is XML or HTML, which is not read here: give it as JSON lines")
# By its first bytes a file of another kind is known, and refused without looking further (X1).
FOREIGN = (
    (codecs.BOM_UTF16_LE, _UTF_16),
    (codecs.BOM_UTF16_BE, _UTF_16),
    (b"PK\x03\x04", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0", _ARCHIVE),
    (b"\x1f\x8b", gettext_lazy("it is compressed: unpack it first")),
    (b"%PDF", gettext_lazy("it is a PDF: only JSON is read here")),
    (b"<", _XML),
)
_SPACE = re.compile(r"[\s,]*")


class FileRefused(ValueError):
    """A file cannot be read; the message names it, the place and the mend."""


@dataclass(frozen=True)
class RecordText:
    """The text of one record as it stands in the file, and the line on which it begins."""

    line: int
    text: str
    problem: str = ""


class RecordFile:
    """The records of the file at `path`, in order; may be gone through several times.

    Raises `FileRefused` at once for a file that is not there, is empty or is of another kind,
    and while it is read for one that is not UTF-8.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            self._start = _first_bytes(file)
        if reason := _refusal(self._start):
            raise FileRefused(f"{path}: {reason}.")
        self._in_lines = _is_lines(self._start)

    def __iter__(self) -> Iterator[RecordText]:
        """Yield the records; blank lines are passed over."""
        with self._open() as file:
            yield from self._lines(file) if self._in_lines else self._values(file)

    def __length_hint__(self) -> int:
        """Return how many records there are, 0 where only reading would tell."""
        if not self._in_lines:
            return 0
        with self._open() as file:
            chunks = iter(lambda: file.read(_CHUNK), b"")
            return sum(chunk.count(b"\n") for chunk in chunks) or 1

    def _open(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except FileNotFoundError:
            problem = _("there is no such file")
        except IsADirectoryError:
            problem = _("it is a folder: name a file in it")
        except PermissionError:
            problem = _("it may not be read: give this program the right to read it")
        except OSError as error:
            problem = str(error.strerror)
        raise FileRefused(f"{self.path}: {problem}.")

    def _lines(self, file: BinaryIO) -> Iterator[RecordText]:
        offset, number = 0, 0
        while line := file.readline(MAX_RECORD_BYTES + 1):
            number += 1
            if len(line) > MAX_RECORD_BYTES:
                raise FileRefused(self._too_long(number))
            text = self._decoded(line, number, offset)
            offset += len(line)
            if text.strip():
                yield RecordText(number, text.removesuffix("\n").removesuffix("\r"))

    def _decoded(self, line: bytes, number: int, offset: int) -> str:
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise FileRefused(self._not_utf8(number, offset + error.start)) from None
        return text.removeprefix("\ufeff") if number == 1 else text

    def _values(self, file: BinaryIO) -> Iterator[RecordText]:
        """Yield the entries of an array, or an object written over several lines."""
        values = _Values(self, file)
        array = values.opens_array()
        while (record := values.next_value(in_array=array)) is not None:
            yield record

    def _too_long(self, line: int) -> str:
        return _("%(file)s, line %(line)s: one record is longer than %(size)s MB.") % {
            "file": self.path,
            "line": line,
            "size": MAX_RECORD_BYTES >> 20,
        }

    def _not_utf8(self, line: int, byte: int) -> str:
        return _(
            "%(file)s, line %(line)s, byte %(byte)s: this is not UTF-8. A file in TCVN3, VNI or "
            "another old encoding must be saved as UTF-8 first."
        ) % {"file": self.path, "line": line, "byte": byte}


class _Values:
    """Reads JSON values one after the other out of a file of any length."""

    def __init__(self, owner: RecordFile, file: BinaryIO) -> None:
        self.owner = owner
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.text = ""
        self.line = 1
        self.offset = 0
        self.ended = False

    def opens_array(self) -> bool:
        """Pass over the bracket that opens an array; False for an object."""
        self._read()
        self.text = self.text.removeprefix("\ufeff").lstrip()
        opens = self.text.startswith("[")
        self.text = self.text[1:] if opens else self.text
        return opens

    def next_value(self, *, in_array: bool) -> RecordText | None:
        """Return the text of the next value, None after the last."""
        self._skip_space()
        if in_array and self.text.startswith("]"):
            return None
        if not self.text:
            if in_array:
                raise FileRefused(self._broken(_("the list is cut off: its end is missing")))
            return None
        wanted = len(self.text)
        while (end := self._end()) is None:
            wanted *= 2
            while len(self.text) < wanted and not self.ended:
                self._read()
        value, line = self.text[:end], self.line
        self._pass(end)
        return RecordText(line, value)

    def _end(self) -> int | None:
        """Return where the value ends, None when more of the file must be read to know."""
        try:
            return json.JSONDecoder().raw_decode(self.text)[1]
        except RecursionError:
            raise FileRefused(self._broken(_("the JSON is nested too deep"))) from None
        except json.JSONDecodeError as error:
            if self.ended:
                self._pass(error.pos)
                raise FileRefused(self._broken(_("not JSON: %s") % error.msg)) from None
        if len(self.text) > MAX_RECORD_BYTES:
            raise FileRefused(self.owner._too_long(self.line))
        return None

    def _read(self) -> None:
        chunk = self.file.read(_CHUNK)
        held = len(self.decoder.getstate()[0])
        try:
            self.text += self.decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line = self.line + self.text.count("\n") + chunk[: error.start].count(b"\n")
            byte = self.offset - held + error.start
            raise FileRefused(self.owner._not_utf8(line, byte)) from None
        self.offset += len(chunk)
        self.ended = not chunk

    def _skip_space(self) -> None:
        while True:
            space = _SPACE.match(self.text)
            self._pass(space.end() if space else 0)
            if self.text or self.ended:
                return
            self._read()

    def _pass(self, length: int) -> None:
        self.line += self.text.count("\n", 0, length)
        self.text = self.text[length:]

    def _broken(self, problem: str) -> str:
        return _("%(file)s, line %(line)s: %(problem)s.") % {
            "file": self.owner.path,
            "line": self.line,
            "problem": problem,
        }


def _first_bytes(file: BinaryIO) -> bytes:
    """Return the beginning of the file up to the end of its first line that is not blank."""
    start = b""
    while len(start) < MAX_RECORD_BYTES:
        line = file.readline(_CHUNK)
        start = start.strip() + line
        if not line or (start.strip() and start.endswith(b"\n")):
            break
    return start.removeprefix(codecs.BOM_UTF8).strip()


def _refusal(start: bytes) -> str:
    """Return why a file that begins with `start` is not read, or nothing."""
    for mark, reason in FOREIGN:
        if start.startswith(mark):
            return str(reason)
    if b"\x00" in start:
        return str(_UTF_16)
    if not start:
        return _("it is empty")
    if start[:1] in b"{[":
        return ""
    for mark in (b";", b"\t", b","):
        if start.count(mark) > 1:
            return _(
                "it looks like a table whose columns are set apart by “%s”: "
                "export the records as JSON lines"
            ) % mark.decode().replace("\t", "TAB")
    return ""


def _is_lines(start: bytes) -> bool:
    """Whether the first line is a whole record, so that every line is one."""
    return not (start.startswith(b"[") or start[-1:] in b"{[,")
