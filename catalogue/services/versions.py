"""Making versions: prepared outside the transaction, stored inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from catalogue.documents import SCHEMA_NUMBER
from catalogue.documents.listing import listing_values
from catalogue.models import DecisionItem, ProcedureVersion
from catalogue.ports import Keep, prepare_companions


@dataclass(frozen=True)
class NewVersions:
    """Versions that are not stored yet, and what keeps their companions once they are."""

    versions: Sequence[ProcedureVersion]
    keeps: Sequence[Keep]

    def number_anew(self) -> None:
        """Number the versions after those stored by now; their procedures are locked."""
        numbers = _last_numbers([version.decision_item for version in self.versions])
        for version in self.versions:
            version.number = numbers.get(version.procedure_id, 0) + 1

    def store(self, *, batch_size: int | None = None) -> None:
        """Store versions and companions, in the caller's transaction, after their items."""
        for version in self.versions:
            version.revision = version.decision_item.revision
        ProcedureVersion.objects.bulk_create(self.versions, batch_size=batch_size)
        for keep in self.keeps:
            keep()


def new_versions(
    items: Sequence[DecisionItem], documents: Mapping[str, dict[str, Any]]
) -> NewVersions:
    """Return the versions that `items` make of the `documents`, which are given by code.

    Takes what time there is to take, compiling forms; items, their procedures and revisions need
    be stored only before the versions are.
    """
    kept = [item for item in items if item.procedure.code in documents]
    numbers = _last_numbers(kept)
    versions = [
        ProcedureVersion(
            procedure=item.procedure,
            code=item.procedure.code,
            number=numbers.get(item.procedure_id, 0) + 1,
            document=documents[item.procedure.code],
            sha256=item.sha256,
            schema_number=SCHEMA_NUMBER,
            decision_item=item,
            revision=item.revision,
            agency=item.decision.agency,
            field=item.procedure.field,
            **listing_values(documents[item.procedure.code]),
        )
        for item in kept
    ]
    return NewVersions(versions, prepare_companions(versions))


def _last_numbers(items: Sequence[DecisionItem]) -> dict[int, int]:
    stored = [item.procedure_id for item in items if item.procedure_id]
    versions = ProcedureVersion.objects.filter(procedure__in=stored)
    return dict(versions.order_by().values_list("procedure").annotate(last=Max("number")))
