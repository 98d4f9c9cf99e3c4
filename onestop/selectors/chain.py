"""Checking that the history of dossiers is what was recorded, and adds up to their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from onestop.chain import link_hash, payload_hash
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.process import Happening, NotPossible, Standing, fold
from onestop.scopes import every_dossier

BATCH = 500
# Columns that need the content of an event; after its erasure only the rest can be compared.
_FROM_CONTENT = {"code", "due_at", "due_stated", "calendar_id"}


@dataclass(frozen=True)
class ChainFault:
    """One thing that is wrong with the history of a dossier."""

    dossier: int
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"dossier {self.dossier}, event {self.seq}: {self.problem}"


def verify_chain(dossier: Dossier) -> list[ChainFault]:
    """Return what is wrong with the events of `dossier`; an empty list means that they hold.

    Checks sequence, hashes, payloads that still exist, the head, and that replay = columns.
    """
    with every_dossier():
        events = list(DossierEvent.objects.filter(dossier=dossier).order_by("seq"))
        payloads = EventPayload.objects.filter(dossier=dossier)
        return [*_faults(dossier, events, {row.seq: row for row in payloads})]


def verify_chains() -> Iterator[ChainFault]:
    """Yield what is wrong with any dossier, reading them in batches."""
    with every_dossier():
        keys = list(Dossier.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            yield from _faults_of_batch(batch)


def _faults_of_batch(keys: Sequence[int]) -> Iterator[ChainFault]:
    events: dict[int, list[DossierEvent]] = {key: [] for key in keys}
    payloads: dict[int, dict[int, EventPayload]] = {key: {} for key in keys}
    for event in DossierEvent.objects.filter(dossier__in=keys).order_by("dossier", "seq"):
        events[event.dossier_id].append(event)
    for row in EventPayload.objects.filter(dossier__in=keys):
        payloads[row.dossier_id][row.seq] = row
    for dossier in Dossier.objects.filter(pk__in=keys).order_by("pk"):
        yield from _faults(dossier, events[dossier.pk], payloads[dossier.pk])


def _faults(
    dossier: Dossier, events: Sequence[DossierEvent], payloads: dict[int, EventPayload]
) -> Iterator[ChainFault]:
    previous = ""
    for number, event in enumerate(events, 1):
        if event.seq != number:
            yield ChainFault(dossier.pk, event.seq, f"event {number} is missing")
            return
        if event.prev_hash != previous:
            yield ChainFault(dossier.pk, number, "does not follow from the event before")
        row = payloads.get(number)
        if row and payload_hash(salt=row.salt, payload=row.payload) != event.payload_hash:
            yield ChainFault(dossier.pk, number, "its content was changed")
        previous = link_hash(event.link)
    if (len(events), previous) != (dossier.head_seq, dossier.head_hash):
        yield ChainFault(dossier.pk, len(events), "is not the recorded head of the chain")
    yield from _replay_faults(dossier, events, payloads)


def _replay_faults(
    dossier: Dossier, events: Sequence[DossierEvent], payloads: dict[int, EventPayload]
) -> Iterator[ChainFault]:
    contents = [payloads[event.seq].payload if event.seq in payloads else None for event in events]
    try:
        replayed = fold(
            Happening(kind=event.kind, at=event.at, payload=content)
            for event, content in zip(events, contents, strict=True)
        )
    except NotPossible as error:
        yield ChainFault(dossier.pk, len(events), str(error))
        return
    erased = _FROM_CONTENT if None in contents else set()
    for name in (field.name for field in fields(Standing) if field.name not in erased):
        if getattr(replayed, name) != getattr(dossier, name):
            yield ChainFault(dossier.pk, len(events), f"replay gives another {name}")
