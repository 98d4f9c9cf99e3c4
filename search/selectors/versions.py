"""What the catalogue holds today, as operations for an engine."""

from collections.abc import Iterable, Iterator

from catalogue import clock
from catalogue.documents import lift
from catalogue.models import Change, ProcedureVersion
from search.documents import build_search_document
from search.engines import Operation
from search.selectors.popularity import uses_by_code

# The kind of change whose key is the code of a procedure.
PROCEDURE_VERSION = "procedure_version"

_CHUNK = 200


def operations_for(changes: Iterable[Change]) -> list[Operation]:
    """Return what the announced procedures are today, one operation for each code.

    A code without a version in force is to be deleted: what is not in force is not found.
    """
    ours = (change for change in changes if change.kind == PROCEDURE_VERSION)
    latest = {change.key: change.sequence for change in ours}
    versions = ProcedureVersion.objects.in_force_on(clock.today()).filter(code__in=latest)
    in_force = {version.code: version for version in versions}
    uses = uses_by_code(in_force)
    return [
        _operation(code, latest[code], in_force.get(code), uses.get(code, 0)) for code in latest
    ]


def all_operations(sequence: int) -> Iterator[list[Operation]]:
    """Yield every procedure in force today in lists of 200, each at version `sequence`."""
    versions = ProcedureVersion.objects.in_force_on(clock.today()).order_by("code")
    uses = uses_by_code()
    chunk: list[Operation] = []
    for version in versions.iterator(_CHUNK):
        chunk.append(_operation(version.code, sequence, version, uses.get(version.code, 0)))
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def hashes_in_force() -> dict[str, str]:
    """Return the sha256 of every version in force today by code."""
    versions = ProcedureVersion.objects.in_force_on(clock.today())
    return dict(versions.values_list("code", "sha256"))


def _operation(code: str, sequence: int, version: ProcedureVersion | None, uses: int) -> Operation:
    if version is None:
        return Operation(code, sequence, None)
    document = build_search_document(
        lift(version.document), sha256=version.sha256, valid_from=version.valid_from, uses=uses
    )
    return Operation(code, sequence, document)
