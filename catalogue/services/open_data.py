"""Making the files of open data; the schedule of the worker asks often, for little."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import translation

from catalogue import clock
from catalogue.enums import OpenDataFormat
from catalogue.models import OpenDataFile, ProcedureVersion
from catalogue.open_data import WRITERS, compressed
from catalogue.selectors.changes import last_sequence
from catalogue.selectors.listing import Narrowing
from catalogue.selectors.open_data import keys_of_open_data, versions_by_key
from catalogue.services.jobs import renew_lease

# A download that has begun reads on from the file that was the newest then.
KEPT = 2
_ROWS_BETWEEN_RENEWALS = 500


def publish_open_data() -> list[OpenDataFile]:
    """Make the files of today's catalogue and return them; without a change do nothing.

    Files before the last ones are deleted. May run twice: the second run has no effect.
    """
    day, sequence = clock.today(), last_sequence()
    made = OpenDataFile.objects.filter(day=day, sequence=sequence).values_list("format", flat=True)
    missing = [form for form in OpenDataFormat.values if form not in set(made)]
    if not missing:
        return []
    keys = keys_of_open_data(Narrowing())
    # The words of tables are Vietnamese, whatever asked for them.
    with translation.override(settings.LANGUAGE_CODE):
        files = [_publish(form, day, sequence, keys) for form in missing]
    for form in missing:
        _delete_old_files(form)
    return files


def _publish(form: str, day: date, sequence: int, keys: Sequence[int]) -> OpenDataFile:
    with TemporaryFile() as written:
        told = _Told(WRITERS[form](_renewing(versions_by_key(keys))))
        for piece in told if form == OpenDataFormat.XLSX else compressed(told):
            written.write(piece)
        written.seek(0)
        file = OpenDataFile(
            format=form,
            day=day,
            sequence=sequence,
            rows=len(keys),
            size=told.size,
            sha256=told.digest.hexdigest(),
        )
        file.file.save(str(file), File(written), save=False)
    return _kept(file)


def _kept(file: OpenDataFile) -> OpenDataFile:
    """Store the row of `file`, or return the one that another worker stored meanwhile."""
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        file.file.delete(save=False)
        return OpenDataFile.objects.get(format=file.format, day=file.day, sequence=file.sequence)
    return file


class _Told:
    """Pieces that pass by, with their size in bytes and their SHA-256."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size = 0
        self.digest: Any = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def _renewing(versions: Iterable[ProcedureVersion]) -> Iterator[ProcedureVersion]:
    """Yield `versions` and keep the job that reads them for as long as it does."""
    for number, version in enumerate(versions):
        if number % _ROWS_BETWEEN_RENEWALS == 0:
            renew_lease()
        yield version


def _delete_old_files(form: str) -> None:
    for old in OpenDataFile.objects.filter(format=form)[KEPT:]:
        # First the row: a file without a row is waste, a row without a file is a broken link.
        old.delete()
        old.file.delete(save=False)
