"""Writing the outbox."""

from django.db import transaction
from django.db.models import F

from catalogue.models import Change, ChangeCounter


def announce(*, kind: str, keys: list[str]) -> list[Change]:
    """Announce that the objects `keys` of one `kind` changed; call it last in the transaction.

    The counter row stays locked until the caller commits, so sequences are gap-free and in the
    order of commits: a consumer that has read up to a sequence has missed nothing below it.
    Raises `TransactionManagementError` outside a transaction.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("announce() belongs into a transaction.")
    if not keys:
        return []
    counter, _created = ChangeCounter.objects.select_for_update().get_or_create(pk=1)
    ChangeCounter.objects.filter(pk=1).update(last=F("last") + len(keys))
    rows = [
        Change(sequence=counter.last + offset, kind=kind, key=key)
        for offset, key in enumerate(keys, 1)
    ]
    return Change.objects.bulk_create(rows, batch_size=500)
