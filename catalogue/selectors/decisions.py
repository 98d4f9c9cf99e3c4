"""Reading publication decisions, for the agencies of the reader."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from catalogue.enums import Level
from catalogue.models import Agency, Procedure, ProcedureVersion, PublicationDecision
from catalogue.permissions import Permission, agencies_for
from catalogue.selectors.rules import RuleNotFound, rule


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


def day_warnings(decision: PublicationDecision) -> list[str]:
    """Return in words which items take effect sooner after the signing than the rules allow.

    A ministry signs at least 20 days before, a province 5 (D63 art. 15). An act made by the
    shortened procedure may be sooner, so nothing is refused.
    """
    signed_on = decision.signed_on
    if signed_on is None or decision.agency.level not in (Level.MINISTRY, Level.PROVINCE):
        return []
    try:
        days = rule(f"publication.{decision.agency.level}_days_before_effect", on=signed_on)
    except RuleNotFound:
        return []
    soon = decision.items.filter(effective_from__lt=signed_on + timedelta(days=days))
    return [
        _("%(code)s takes effect on %(day)s, less than %(days)d days after the signing.")
        % {"code": item.procedure.code, "day": f"{item.effective_from:%d/%m/%Y}", "days": days}
        for item in soon.select_related("procedure").order_by("procedure__code")
    ]
