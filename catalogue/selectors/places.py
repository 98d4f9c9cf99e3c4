"""Where procedures come from: agencies and fields with what they have in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet

from catalogue.enums import DecisionState
from catalogue.models import Agency, Field, PublicationDecision
from catalogue.selectors.listing import Narrowing, listing
from catalogue.text import first_letter

DECISIONS_SHOWN = 10


@dataclass(frozen=True)
class AgencyBranch:
    """An agency of the tree with the procedures of its own and the branches under it."""

    agency: Agency
    procedures: int
    branches: Sequence["AgencyBranch"]


@dataclass(frozen=True)
class FieldCount:
    """A field and how many procedures of it are in force."""

    field: Field
    procedures: int


@dataclass(frozen=True)
class AgencyFacts:
    """What is public of an agency, beside its procedures by field."""

    agency: Agency
    procedures: int
    fields: Sequence[FieldCount]
    decisions: QuerySet[PublicationDecision]
    under: Sequence[Agency]


def agency_branches() -> list[AgencyBranch]:
    """Return the agencies with procedures in force as a tree, with those above them."""
    counts = listing().counts("agency", Narrowing())
    publishing = listing().agencies.values()
    codes = {code for agency in publishing for code in agency.path.strip("/").split("/")}
    agencies = list(Agency.objects.filter(code__in=codes).order_by("sort_key"))
    return _branches(None, agencies, counts)


def find_agency(code: str) -> Agency | None:
    """Return the agency with a `code`, whatever characters that has."""
    if not (code and code.isprintable()):
        return None
    return Agency.objects.select_related("parent", "successor").filter(code=code).first()


def find_field(key: str) -> Field | None:
    """Return the field with procedures in force that addresses name by `key`."""
    fields = listing().fields.values()
    return next((field for field in fields if field.address_key == key), None)


def agency_facts(code: str) -> AgencyFacts | None:
    """Return what is public of the agency with a `code`, None if there is none."""
    agency = find_agency(code)
    if agency is None:
        return None
    listed = listing()
    narrowing = Narrowing(agency=agency.pk)
    fields = listed.counts("field", narrowing)
    return AgencyFacts(
        agency=agency,
        procedures=listed.total(narrowing),
        fields=_by_name([FieldCount(listed.fields[pk], count) for pk, count in fields.items()]),
        decisions=newest_decisions(agency)[:DECISIONS_SHOWN],
        under=[one for one in listed.agencies.values() if one.parent_id == agency.pk],
    )


def newest_decisions(agency: Agency) -> QuerySet[PublicationDecision]:
    """Return the decisions of an agency that are entered, the newest first, with their items."""
    return (
        PublicationDecision.objects.filter(agency=agency, state=DecisionState.IN_FORCE)
        .annotate(item_count=Count("items"))
        .order_by("-entered_at", "-pk")
    )


def fields_by_letter() -> list[tuple[str, list[FieldCount]]]:
    """Return the fields with procedures in force under their first letters, in order."""
    listed = listing()
    counts = listed.counts("field", Narrowing())
    fields = _by_name([FieldCount(listed.fields[pk], count) for pk, count in counts.items()])
    by_letter = groupby(fields, key=lambda one: first_letter(one.field.name))
    return [(letter, list(members)) for letter, members in by_letter]


def _branches(
    parent: int | None, agencies: Sequence[Agency], counts: dict[int, int]
) -> list[AgencyBranch]:
    return [
        AgencyBranch(agency, counts[agency.pk], _branches(agency.pk, agencies, counts))
        for agency in agencies
        if agency.parent_id == parent
    ]


def _by_name(fields: list[FieldCount]) -> list[FieldCount]:
    return sorted(fields, key=lambda one: one.field.sort_key)
