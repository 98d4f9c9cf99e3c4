"""What open data holds: the procedures in force, and the files made of them."""

from collections.abc import Iterator, Sequence

from catalogue import clock
from catalogue.enums import OpenDataFormat
from catalogue.models import OpenDataFile, ProcedureVersion
from catalogue.selectors.listing import Narrowing, listed_versions

BATCH = 50


def keys_of_open_data(narrowing: Narrowing) -> list[int]:
    """Return the primary keys of the versions in force today, in order of their codes.

    What a version says never changes, so its key is all that a consistent file needs.
    """
    versions = listed_versions(narrowing, on=clock.today())
    return list(versions.order_by("code").values_list("pk", flat=True))


def versions_by_key(keys: Sequence[int]) -> Iterator[ProcedureVersion]:
    """Yield the versions with these keys in their order, so many in memory as one batch has."""
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found = ProcedureVersion.objects.select_related(
            "agency", "field", "decision_item__decision"
        ).in_bulk(batch)
        yield from (found[key] for key in batch)


def newest_files() -> list[OpenDataFile]:
    """Return the newest file of each format that there is, in the order of the formats."""
    newest = (OpenDataFile.objects.filter(format=form).first() for form in OpenDataFormat.values)
    return [file for file in newest if file is not None]
