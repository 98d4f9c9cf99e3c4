"""Versions that were made of a decision and are not entered."""

from catalogue.models import ProcedureVersion, PublicationDecision


def discard_versions(decision: PublicationDecision) -> None:
    """Delete the versions of a locked decision that is not entered."""
    unentered = ProcedureVersion.objects.filter(
        decision_item__decision=decision, valid_from__isnull=True
    )
    # Their documents are large, and nothing of them is needed here.
    unentered.only("pk").delete()
