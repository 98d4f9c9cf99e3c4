"""Writers of open data: versions come in one by one, bytes go out piece by piece."""

import csv
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from tempfile import TemporaryFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from catalogue.canonical import canonical_bytes
from catalogue.documents import lift
from catalogue.enums import OpenDataFormat
from catalogue.models import ProcedureVersion
from catalogue.open_data.columns import COLUMNS
from catalogue.spreadsheets import csv_text

Writer = Callable[[Iterable[ProcedureVersion]], Iterator[bytes]]
PIECE = 64 * 1024
# Without it spreadsheets read UTF-8 as the code page of the machine.
BYTE_ORDER_MARK = "\ufeff"
# More is no cell of a spreadsheet.
LONGEST_CELL = 32_767
GZIP = 16 + zlib.MAX_WBITS


def json_lines(versions: Iterable[ProcedureVersion]) -> Iterator[bytes]:
    """Yield one canonical document a line; the SHA-256 of a line is that of its version."""
    for version in versions:
        yield canonical_bytes(lift(version.document)) + b"\n"


def csv_table(versions: Iterable[ProcedureVersion]) -> Iterator[bytes]:
    """Yield a table with a heading of machine names; no cell is a formula (X3)."""
    rows = StringIO(newline="")
    rows.write(BYTE_ORDER_MARK)
    table = csv.writer(rows)
    table.writerow([column.name for column in COLUMNS])
    for version in versions:
        table.writerow([_csv_cell(column.read(version)) for column in COLUMNS])
        yield rows.getvalue().encode()
        rows.seek(0)
        rows.truncate()
    yield rows.getvalue().encode()


def workbook(versions: Iterable[ProcedureVersion]) -> Iterator[bytes]:
    """Yield a workbook of one sheet; every text is stored as text, whatever it begins with (X3)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Thu tuc hanh chinh")
    sheet.freeze_panes = "C2"
    sheet.append([_heading(sheet, str(column.title)) for column in COLUMNS])
    for version in versions:
        sheet.append([_cell(sheet, column.read(version)) for column in COLUMNS])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `pieces` as one gzip file, the same bytes for the same content."""
    packer = zlib.compressobj(wbits=GZIP)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _csv_cell(value: str | int) -> str | int:
    return csv_text(value) if isinstance(value, str) else value


def _cell(sheet: object, value: str | int) -> Cell | int:
    if isinstance(value, int):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _heading(sheet: object, title: str) -> Cell:
    cell = WriteOnlyCell(sheet, title)
    cell.font = Font(bold=True)
    return cell


WRITERS: Mapping[str, Writer] = {
    OpenDataFormat.JSONL: json_lines,
    OpenDataFormat.CSV: csv_table,
    OpenDataFormat.XLSX: workbook,
}
