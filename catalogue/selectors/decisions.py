"""Reading publication decisions, for the agencies of the reader."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from catalogue.models import Agency, Procedure, ProcedureVersion, PublicationDecision
from catalogue.permissions import Permission, agencies_for


def decisions_for(user: Any) -> QuerySet[PublicationDecision]:
    """Return the decisions that `user` may see, the newest first, with their number of items."""
    return (
        PublicationDecision.objects.filter(agency__in=agencies_for(user, Permission.SEE_DECISIONS))
        .select_related("agency", "created_by", "approved_by")
        .annotate(item_count=Count("items"))
        .order_by("-created_at")
    )


def procedures_to_decide(agency: Agency) -> QuerySet[Procedure]:
    """Return the procedures of `agency` with a revision that no version holds yet."""
    held = ProcedureVersion.objects.filter(
        procedure=OuterRef("pk"), revision=OuterRef("latest_revision")
    )
    return (
        Procedure.objects.filter(path__startswith=agency.page.path)
        .filter(~Exists(held), latest_revision__isnull=False)
        .order_by("code")
    )
