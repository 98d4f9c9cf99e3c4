"""Reading publication decisions, for the agencies of the reader."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.enums import DecisionKind, DecisionState
from catalogue.models import (
    Agency,
    AgencyPage,
    AuditEntry,
    DecisionItem,
    DecisionStep,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.permissions import Permission, agencies_for
from catalogue.selectors.naming import named
from catalogue.text import normalise


def decisions_for(user: Any, *, state: str = "", agency: str = "") -> QuerySet[PublicationDecision]:
    """Return the decisions that `user` may see, the newest first, with their number of items.

    `state` is a `DecisionState`, `agency` a code; an empty one leaves nothing out, nor does a
    state that is none.
    """
    code = normalise(agency)
    wanted = Q(state=state) if state in DecisionState.values else Q()
    wanted &= Q(agency__code=code) if code else Q()
    return (
        PublicationDecision.objects.filter(
            wanted, agency__in=agencies_for(user, Permission.SEE_DECISIONS)
        )
        .select_related("agency", "created_by", "approved_by")
        .annotate(item_count=Count("items"))
        .order_by("-created_at")
    )


def deciding_agencies(user: Any) -> QuerySet[Agency]:
    """Return the agencies of which `user` sees decisions and that have one."""
    held = PublicationDecision.objects.filter(agency=OuterRef("pk"))
    return agencies_for(user, Permission.SEE_DECISIONS).filter(Exists(held)).order_by("sort_key")


def procedures_to_decide(agency: Agency) -> QuerySet[Procedure]:
    """Return the procedures of `agency` with a revision that no version holds yet."""
    held = ProcedureVersion.objects.filter(
        procedure=OuterRef("pk"), revision=OuterRef("latest_revision")
    )
    return procedures_of(agency).filter(~Exists(held), latest_revision__isnull=False)


def procedures_of(agency: Agency) -> QuerySet[Procedure]:
    """Return the procedures under the page of `agency`, by code."""
    page = AgencyPage.objects.filter(agency=agency).first()
    if page is None:
        return Procedure.objects.none()
    return Procedure.objects.filter(path__startswith=page.path, depth=page.depth + 1).order_by(
        "code"
    )


def procedures_that_fit(
    decision: PublicationDecision, *, query: str = "", changed_only: bool = True
) -> QuerySet[Procedure]:
    """Return what may be put on a draft, by code: with unpublished changes, or whatever is there.

    `query` is part of a code or name, with or without marks. A correction takes only what was
    published. Each tells `is_published`; the texts of the pages are left in the database.
    """
    agency = decision.agency
    found = procedures_to_decide(agency) if changed_only else procedures_of(agency)
    published = Exists(ProcedureVersion.objects.entered().filter(procedure=OuterRef("pk")))
    found = found.exclude(decision_items__decision=decision).annotate(is_published=published)
    if decision.kind == DecisionKind.CORRECTION:
        found = found.filter(is_published=True)
    if query:
        found = named(found, query, fields=("code", "draft_title"))
    return found.only("code", "draft_title", "path", "depth")


def items_of(
    decision: PublicationDecision, *, query: str = "", codes: Collection[str] | None = None
) -> QuerySet[DecisionItem]:
    """Return the items of a decision by code.

    Those alone whose code or name holds `query`, and which `codes` name where it is given.
    """
    items = decision.items.select_related("procedure", "version").only(
        "decision",
        "action",
        "effective_from",
        "procedure__code",
        "procedure__draft_title",
        "version__number",
    )
    if query:
        items = named(items, query, fields=("procedure__code", "procedure__draft_title"))
    if codes is not None:
        items = items.filter(procedure__code__in=codes)
    return items.order_by("procedure__code")


def step_to_tell(decision: PublicationDecision) -> DecisionStep | None:
    """Return the long step of `decision` that its people must hear of, or None.

    One that goes on or was given up; or the last one, when it was refused and nothing has been
    sent for approval since.
    """
    step = decision.long_steps.select_related("job", "by").first()
    if step is None or decision.state not in (DecisionState.DRAFT, DecisionState.SUBMITTED):
        return None
    if step.finished_at is None:
        return step
    sent_since = decision.submitted_at is not None and decision.submitted_at > step.finished_at
    return step if step.problems and not sent_since else None


def trail_of(decision: PublicationDecision, limit: int) -> list[AuditEntry]:
    """Return what was last done to a decision, the newest first."""
    entries = AuditEntry.objects.filter(
        object_type=decision._meta.label_lower, object_id=str(decision.pk)
    )
    return list(entries[:limit])


def public_decision(pk: int) -> PublicationDecision | None:
    """Return an entered decision, which everybody may read."""
    return (
        PublicationDecision.objects.filter(pk=pk, state=DecisionState.IN_FORCE)
        .select_related("agency")
        .first()
    )


def public_items(decision: PublicationDecision) -> QuerySet[DecisionItem]:
    """Return the items of an entered decision by code, each with `told_name`.

    It is the name that was published: of the item's own version, or of the last one before.
    """
    versions = ProcedureVersion.objects.entered().filter(procedure=OuterRef("procedure"))
    own = versions.filter(decision_item=OuterRef("pk"))
    before = versions.filter(valid_from__lt=OuterRef("effective_from")).order_by("-valid_from")
    return (
        decision.items.select_related("procedure")
        .only("decision", "action", "effective_from", "procedure__code")
        .annotate(
            told_name=Coalesce(
                Subquery(own.values("name")[:1]), Subquery(before.values("name")[:1])
            )
        )
        .order_by("procedure__code")
    )
