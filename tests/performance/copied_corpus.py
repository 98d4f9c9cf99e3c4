"""A catalogue as large as one likes, by copies of its versions; for measurements only."""

import hashlib
from collections.abc import Iterator
from itertools import count

from django.db import transaction

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import DecisionItem, ProcedureVersion, PublicationDecision

NUMBER = "copy"


def copy_versions_until(total: int) -> None:
    """Copy the versions in force under new codes until `total` are in force.

    On SQLite only: copies share the procedure of their original, which PostgreSQL would refuse as
    an overlap. Each has a hash of its own, as different documents have.
    """
    originals = list(
        ProcedureVersion.objects.in_force_on(clock.today())
        .exclude(decision_item__decision__number=NUMBER)
        .select_related("decision_item")
    )
    codes = _new_codes()
    missing = total - ProcedureVersion.objects.in_force_on(clock.today()).count()
    while missing > 0:
        round_ = originals[:missing]
        with transaction.atomic():
            _copy(round_, codes)
        missing -= len(round_)


def _new_codes() -> Iterator[str]:
    taken = ProcedureVersion.objects.filter(code__startswith="8.").count()
    return (f"8.{number:06d}" for number in count(taken))


def _copy(originals: list[ProcedureVersion], codes: Iterator[str]) -> None:
    decision = PublicationDecision.objects.create(
        number=NUMBER, agency=originals[0].agency, state=DecisionState.WITHDRAWN
    )
    items = DecisionItem.objects.bulk_create(
        DecisionItem(
            decision=decision,
            procedure_id=original.procedure_id,
            action=DecisionAction.ISSUE,
            effective_from=original.valid_from,
        )
        for original in originals
    )
    ProcedureVersion.objects.bulk_create(
        _version(original, item, next(codes))
        for original, item in zip(originals, items, strict=True)
    )


def _version(original: ProcedureVersion, item: DecisionItem, code: str) -> ProcedureVersion:
    values = {
        field.attname: getattr(original, field.attname)
        for field in ProcedureVersion._meta.concrete_fields
        if not field.primary_key
    }
    return ProcedureVersion(
        **values
        | {
            "code": code,
            # Beyond every real number of the procedure, and once.
            "number": 1_000_000 + int(code[2:]),
            "document": original.document | {"code": code},
            "sha256": hashlib.sha256(code.encode()).hexdigest(),
            "decision_item_id": item.pk,
        }
    )
