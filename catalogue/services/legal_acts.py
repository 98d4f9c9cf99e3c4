"""Keeping legal acts: each once, for all the procedures that stand on it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.documents.parts import basis_identity
from catalogue.models import Agency, LegalAct
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.text import fold, normalise


def keep_acts(entries: Iterable[Mapping[str, Any]], *, agency: Agency) -> dict[str, int]:
    """Return the primary keys of the acts that `entries` name, by identity.

    `entries` are legal bases of documents. Acts that are not there yet are stored, kept by
    `agency`; those that are stay as they are.
    """
    wanted = {basis_identity(entry): entry for entry in entries}
    kept = _primary_keys(wanted)
    missing = [_act(wanted[identity], agency) for identity in wanted if identity not in kept]
    if missing:
        # Another import may store the same act meanwhile.
        LegalAct.objects.bulk_create(missing, ignore_conflicts=True)
        kept |= _primary_keys([act.identity for act in missing])
    return kept


def _primary_keys(identities: Iterable[str]) -> dict[str, int]:
    found = LegalAct.objects.filter(identity__in=list(identities))
    return dict(found.values_list("identity", "pk"))


def _act(entry: Mapping[str, Any], agency: Agency) -> LegalAct:
    day = entry["issued_on"]
    act = LegalAct(
        number=normalise(entry["number"]),
        title=normalise(entry["title"]),
        issued_on=date.fromisoformat(day) if day else None,
        issuer=normalise(entry["agency"] or ""),
        agency=agency,
    )
    act.complete()
    return act


@transaction.atomic
def store_act(*, act: LegalAct, by: Any) -> LegalAct:
    """Store `act` as `by` wrote it; versions that name it keep its earlier words.

    Raises `PermissionDenied` unless `by` edits procedures at the agency that keeps the act and at
    the one that is to keep it, `ValidationError` for an act that is in the list already.
    """
    before = LegalAct.objects.select_related("agency").filter(pk=act.pk).first()
    for keeper in {act.agency, before.agency if before else act.agency}:
        require(by, Permission.EDIT_PROCEDURES, keeper)
    for name in ("number", "title", "issuer"):
        setattr(act, name, normalise(getattr(act, name)))
    act.complete()
    same_words = LegalAct.objects.filter(identity=act.identity).exclude(pk=act.pk)
    renamed = before is None or (before.number, before.title) != (act.number, act.title)
    if same_words.exists() or (renamed and _has_twin(act)):
        raise ValidationError(_("“%s” is already in the list: choose it there.") % act.number)
    act.save()
    record(
        by=by,
        action="legal_act.stored",
        target=act,
        agency=act.agency,
        before=_words(before) if before else None,
        after=_words(act),
        note=act.number,
    )
    return act


def _has_twin(act: LegalAct) -> bool:
    """Return whether number and title are another act's, with or without their marks."""
    own = (fold(act.number), fold(act.title))
    begins = re.match("[0-9/]*", act.number)
    near = LegalAct.objects.filter(number__startswith=begins[0] if begins else "")
    others = near.exclude(pk=act.pk).values_list("number", "title")
    return any((fold(number), fold(title)) == own for number, title in others)


def _words(act: LegalAct) -> list[str | None]:
    day = act.issued_on.isoformat() if act.issued_on else None
    return [act.number, act.title, day, act.issuer, act.agency.code]
