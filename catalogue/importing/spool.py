"""Checked rows wait on disk until all are checked: the size of a file is no matter of memory."""

import json
import tempfile
from types import TracebackType
from typing import Any


class Spool:
    """JSON values in a temporary file that goes with its `with` block."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed at the end of the block)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, value: Any) -> int:
        """Write `value` and return the place from which it can be read again."""
        place = self._file.seek(0, 2)
        self._file.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
        return place

    def read(self, place: int) -> Any:
        """Return the value that was added at `place`."""
        self._file.seek(place)
        return json.loads(self._file.readline())
