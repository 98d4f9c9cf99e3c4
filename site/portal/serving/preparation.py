"""Brings database, messages, static files, samples and index up to date, each only when needed.

A stage runs when the fingerprint of its inputs differs from the one kept in VAR_DIR.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import OutputWrapper

Input = Path | str


@dataclass(frozen=True)
class Stage:
    """One step: `run` when any of `inputs` (files by content, words by themselves) changed.

    `inputs` is asked again after the run, since a stage may make what a later one depends on.
    """

    name: str
    inputs: Callable[[], Iterable[Input]]
    run: Callable[[], object]
    needs: tuple[str, ...] = ()


def fingerprint(inputs: Iterable[Input]) -> str:
    """Return a hash over the words and the contents of the files in `inputs`."""
    digest = hashlib.sha256()
    for item in inputs:
        digest.update(f"{item}\0".encode())
        if isinstance(item, Path):
            digest.update(item.read_bytes())
    return digest.hexdigest()


def files_below(*folders: Path, pattern: str = "*") -> Iterator[Path]:
    """Yield the files named `pattern` below `folders`, in a stable order, without byte code."""
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


class Stamps:
    """The fingerprint of each stage at its last success, kept in one JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, stage: str) -> str | None:
        """Return the fingerprint of `stage`, None if it never succeeded."""
        return self._read().get(stage)

    def set(self, stage: str, value: str) -> None:
        """Remember that `stage` succeeded with the fingerprint `value`."""
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({**self._read(), stage: value}, indent=1))
        unfinished.replace(self.path)

    def _read(self) -> dict[str, str]:
        if not self.path.exists():
            return {}
        stored: dict[str, str] = json.loads(self.path.read_text())
        return stored


def stale_stages(stages: Iterable[Stage], stamps: Stamps) -> list[str]:
    """Return the names of the stages that are out of date."""
    return [stage.name for stage in stages if stamps.get(stage.name) != fingerprint(stage.inputs())]


def prepare(stages: Iterable[Stage], stamps: Stamps, output: OutputWrapper) -> list[str]:
    """Run the stages that are out of date, in order, and return their names.

    A stage also runs when one named in its `needs` ran. Each line of `output` tells the seconds.
    """
    ran: list[str] = []
    for stage in stages:
        current = stamps.get(stage.name) == fingerprint(stage.inputs())
        if current and not set(stage.needs) & set(ran):
            continue
        output.write(f"  {stage.name} …")
        output.flush()
        started = time.monotonic()
        stage.run()
        stamps.set(stage.name, fingerprint(stage.inputs()))
        ran.append(stage.name)
        output.write(f"  {stage.name}: {time.monotonic() - started:.1f} s")
    return ran
