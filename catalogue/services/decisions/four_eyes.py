"""Who may approve: nobody who prepared the decision or wrote what it publishes (T7)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from catalogue.canonical import sha256_hex
from catalogue.documents.named_rows import named_in
from catalogue.enums import DecisionState
from catalogue.models import (
    AuditEntry,
    DecisionItem,
    LegalAct,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.permissions import Permission, has_permission
from catalogue.services.decisions.states import DecisionRefused, content_of

_NEVER = datetime.min.replace(tzinfo=UTC)
# What is recorded of those who prepare a decision; none of them approves it.
PREPARING = (
    "add_decision_item",
    "change_decision",
    "change_decision_item",
    "keep_signed_file",
    "remove_decision_item",
    f"decision_{DecisionState.SUBMITTED.value}",
)


def refuse_own_work(decision: PublicationDecision, items: Sequence[DecisionItem], by: Any) -> None:
    """Raise `DecisionRefused` when `by` prepared the decision or wrote one of its texts."""
    if _prepared_by(decision, by):
        raise DecisionRefused(_("Another person must approve what you prepared."))
    last_written = _last_revisions(items, by)
    published = _published_revisions(items)
    own = [
        item.procedure.code
        for item in items
        if last_written.get(item.procedure_id, 0) > published.get(item.procedure_id, 0)
    ]
    own += [code for code in _codes_with_acts_of(items, by) if code not in own]
    if own:
        raise DecisionRefused(
            *(_("%s: another person must approve what you wrote.") % code for code in own)
        )


def approval_has_lapsed(decision: PublicationDecision) -> str:
    """Return why an approved decision must be approved again, or nothing.

    The approver no longer holds the right at the agency (T8), or the decision or an item is
    another one than what was approved, however that came about (T11).
    """
    if not has_permission(decision.approved_by, Permission.APPROVE_DECISIONS, decision.agency):
        return _(
            "The approver no longer holds the right at this agency: it must be approved again."
        )
    approved = _acts_on(decision).filter(action=f"decision_{DecisionState.APPROVED.value}")
    hashes = approved.order_by("-pk").values_list("after_hash", flat=True)
    if hashes.first() != sha256_hex(content_of(decision)):
        return _("The decision was changed after its approval: it must be approved again.")
    return ""


def _prepared_by(decision: PublicationDecision, by: Any) -> bool:
    """Whether `by` made the decision or did one step of its preparation: the trail knows."""
    acts = _acts_on(decision).filter(user_id=by.pk, action__in=PREPARING)
    return decision.created_by_id == by.pk or acts.exists()


def _acts_on(decision: PublicationDecision) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(
        object_type=decision._meta.label_lower, object_id=str(decision.pk)
    )


def _last_revisions(items: Sequence[DecisionItem], by: Any) -> dict[int, int]:
    """Return the newest revision that `by` wrote of each item's procedure."""
    written = Revision.objects.filter(
        base_content_type=Page().get_base_content_type(),
        object_id__in=[str(item.procedure_id) for item in items],
        user=by,
    )
    newest = written.order_by().values_list("object_id").annotate(newest=Max("pk"))
    return {int(procedure): revision for procedure, revision in newest}


def _codes_with_acts_of(items: Sequence[DecisionItem], by: Any) -> list[str]:
    """Return the codes of items that cite an act which `by` wrote since the last version.

    What an act is called stands in the document, but in no revision of the page.
    """
    trail = AuditEntry.objects.filter(
        object_type=LegalAct._meta.label_lower, action="legal_act.stored", user_id=by.pk
    )
    stored = trail.order_by().values_list("object_id").annotate(last=Max("at"))
    written = {int(act): at for act, at in stored}
    if not written:
        return []
    approved = _last_approvals(items)
    texts = Revision.objects.filter(pk__in=[item.revision_id for item in items])
    # A whole revision is large; of 500 they would fill the memory.
    bases = dict(texts.values_list("pk", KT("content__legal_bases")))
    return [
        item.procedure.code
        for item in items
        if any(
            act in written and written[act] > approved.get(item.procedure_id, _NEVER)
            for act in _acts_cited(bases.get(item.revision_id))
        )
    ]


def _acts_cited(bases: str | None) -> set[int]:
    """Return the primary keys of the acts that the legal bases of a revision name."""
    return set(named_in(json.loads(bases), "act")) if bases else set()


def _last_approvals(items: Sequence[DecisionItem]) -> dict[int, datetime]:
    """Return when the newest entered version of each item's procedure was made."""
    versions = ProcedureVersion.objects.entered().filter(
        procedure__in=[item.procedure_id for item in items]
    )
    return dict(versions.order_by("number").values_list("procedure", "created_at"))


def _published_revisions(items: Sequence[DecisionItem]) -> dict[int, int]:
    """Return the revision of the newest entered version of each item's procedure."""
    versions = ProcedureVersion.objects.entered().filter(
        procedure__in=[item.procedure_id for item in items]
    )
    return dict(versions.order_by("number").values_list("procedure", "revision"))
