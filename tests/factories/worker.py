"""Effects that jobs leave in the database, without any constraint that could hide a second one."""

from datetime import datetime

from catalogue import clock
from catalogue.models import AuditEntry


def leave_mark(name: str) -> None:
    AuditEntry.objects.create(
        at=clock.now(), year=2026, action=name, object_type="test.mark", object_id=name
    )


def marks() -> list[str]:
    entries = AuditEntry.objects.filter(object_type="test.mark").order_by("pk")
    return list(entries.values_list("action", flat=True))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL_TZ)
