"""Keeping a record of attempts to open what belongs to another agency."""

from typing import Any

from catalogue.services import audit
from onestop.models import Dossier
from onestop.scopes import every_dossier


def record_refused_access(*, dossier_pk: int, by: Any, what: str) -> None:
    """Record that `by` asked for `what` (a view's name) of a dossier outside their agencies.

    A dossier that does not exist leaves no record: the key in the address was only a guess.
    """
    with every_dossier():
        dossier = Dossier.objects.select_related("agency").filter(pk=dossier_pk).first()
    if dossier is not None:
        audit.record(
            by=by,
            action="dossier.access_refused",
            target=dossier,
            agency=dossier.agency,
            note=what,
        )
