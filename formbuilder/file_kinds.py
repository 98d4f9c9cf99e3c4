"""What a file is, by its own bytes; the type that a browser declares is not looked at (U5)."""

import struct
import zipfile
from dataclasses import dataclass
from typing import IO, Any

from catalogue.text import normalise

_ZIP_END = b"PK\x05\x06"
_ZIP_END_REACH = 65_557
MAX_ZIP_ENTRIES = 2_000
# The list of entries is read by its length, whatever number of entries it claims to have.
MAX_ZIP_LIST = MAX_ZIP_ENTRIES * 256
# Where a second, longer kind of list would be announced; no file of our size needs one.
_ZIP64_LOCATOR, _ZIP64_LOCATOR_SIZE = b"PK\x06\x07", 20
MAX_NAME = 200


@dataclass(frozen=True)
class FileKind:
    """A kind of file that can be attached."""

    name: str
    content_type: str
    extensions: tuple[str, ...]


PDF = FileKind("pdf", "application/pdf", ("pdf",))
JPG = FileKind("jpg", "image/jpeg", ("jpg", "jpeg"))
PNG = FileKind("png", "image/png", ("png",))
DOCX = FileKind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
)
KINDS = (PDF, JPG, PNG, DOCX)
_STARTS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPG), (b"\x89PNG\r\n\x1a\n", PNG))


def kind_of(file: Any, name: str) -> FileKind | None:
    """Return the kind that both the bytes and the extension of `name` tell, else None.

    `file` is open for reading bytes; its position is moved.
    """
    kind = _kind_by_bytes(file)
    extension = name.rpartition(".")[2].lower()
    return kind if kind and extension in kind.extensions else None


def clean_name(name: str) -> str:
    """Return the name of a sent file for showing: no folders, no control characters, not too long.

    It never becomes a path: files are stored under keys of their own (U9).
    """
    line = normalise(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, extension = line.rpartition(".")
    if not dot or not extension:
        stem, extension = line, ""
    ending = f".{extension[:20]}" if extension else ""
    return (stem[: MAX_NAME - len(ending)].strip(" .") or "tep") + ending


def _kind_by_bytes(file: IO[bytes]) -> FileKind | None:
    file.seek(0)
    start = file.read(16)
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    return DOCX if start.startswith(b"PK\x03\x04") and _is_docx(file) else None


def _is_docx(file: IO[bytes]) -> bool:
    """Whether a ZIP lists the parts of a Word document; only its list of entries is read (U3)."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _ZIP_END_REACH))
    tail = file.read()
    end = tail.rfind(_ZIP_END)
    if end < 0 or len(tail) < end + 16:
        return False
    entries, length = struct.unpack_from("<HL", tail, end + 10)
    if entries > MAX_ZIP_ENTRIES or length > MAX_ZIP_LIST:
        return False
    if tail[max(0, end - _ZIP64_LOCATOR_SIZE) : end].startswith(_ZIP64_LOCATOR):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names
