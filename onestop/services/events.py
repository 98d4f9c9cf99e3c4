"""Adding to the history of a dossier."""

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.chain import link_hash, payload_hash
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.process import Happening, Standing, advance

SALT_BYTES = 32
_STANDING_COLUMNS = [field.name for field in fields(Standing)]


def append_event(
    *, dossier: Dossier, kind: str, by: Any, at: datetime, payload: Mapping[str, Any]
) -> DossierEvent:
    """Append one event to the chain of `dossier` and bring its cached columns up to date.

    `by` is a user or None; `payload` holds JSON types and no secrets. Runs in the caller's
    transaction, whose caller has locked the dossier's row. Raises `NotPossible` when the process
    does not allow it, `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("append_event() belongs into a transaction.")
    standing = advance(dossier.standing, Happening(kind=kind, at=at, payload=payload))
    salt = secrets.token_hex(SALT_BYTES)
    event = DossierEvent(
        dossier=dossier,
        seq=dossier.head_seq + 1,
        kind=kind,
        at=at,
        year=at.year,
        by_id=by.pk if by is not None else None,
        prev_hash=dossier.head_hash,
        payload_hash=payload_hash(salt=salt, payload=payload),
    )
    event.save(force_insert=True)
    EventPayload.objects.create(dossier=dossier, seq=event.seq, salt=salt, payload=dict(payload))
    for name in _STANDING_COLUMNS:
        setattr(dossier, name, getattr(standing, name))
    dossier.head_seq, dossier.head_hash = event.seq, link_hash(event.link)
    dossier.save(update_fields=[*_STANDING_COLUMNS, "head_seq", "head_hash"])
    return event
