"""Load the rules of law that the product ships."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogue.models import Rule

RULES_FILE = Path(__file__).resolve().parent.parent / "data" / "rules.json"


@dataclass(frozen=True)
class RuleRow:
    """One value of one rule for one period, as `Rule` stores it."""

    key: str
    value: Any
    unit: str
    valid_from: date
    valid_to: date | None
    article: str
    text_seen: bool
    label: str
    label_en: str


@transaction.atomic
def load_rules(*, path: Path = RULES_FILE) -> int:
    """Bring the rules table to what the file `path` says and return how many rows changed.

    A row that an administrator edited or added is kept as it is; any other row that the file no
    longer has goes, so that it cannot overlap its successor.
    """
    stored = {(row.key, row.valid_from): row for row in Rule.objects.select_for_update()}
    wanted = {(row.key, row.valid_from): row for row in read_rules(path)}
    changed = 0
    for identity, row in wanted.items():
        changed += _store(stored.get(identity), row)
    gone = [row.pk for key, row in stored.items() if key not in wanted and not row.edited]
    Rule.objects.filter(pk__in=gone).delete()
    return changed + len(gone)


def read_rules(path: Path = RULES_FILE) -> list[RuleRow]:
    """Return the rows that the file `path` describes.

    A rule of an act that was replaced by one whose text has not been read ends on that day and
    starts again as a copy that says so (`text_seen` false), unless the rule names its own end.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    return [
        row
        for entry in content["rules"]
        for row in _rows(entry, content["instruments"][entry["instrument"]])
    ]


def _rows(entry: dict[str, Any], instrument: dict[str, str]) -> list[RuleRow]:
    replaced_on = None if "valid_to" in entry else _day(instrument.get("replaced_on"))
    row = RuleRow(
        key=entry["key"],
        value=entry["value"],
        unit=entry["unit"],
        valid_from=date.fromisoformat(instrument["valid_from"]),
        valid_to=replaced_on or _day(entry.get("valid_to")),
        article=f"{entry['instrument']} {entry['article']}",
        text_seen=entry["text_seen"],
        label=entry["label_vi"],
        label_en=entry["label_en"],
    )
    if replaced_on is None:
        return [row]
    copied = f"{instrument['replaced_by']}, text not seen: copied from {row.article}"
    copy = asdict(row) | {
        "valid_from": replaced_on,
        "valid_to": None,
        "article": copied,
        "text_seen": False,
    }
    return [row, RuleRow(**copy)]


def _store(stored: Rule | None, row: RuleRow) -> bool:
    values = asdict(row)
    if stored is None:
        Rule.objects.create(**values)
        return True
    if stored.edited or all(getattr(stored, field) == value for field, value in values.items()):
        return False
    for field, value in values.items():
        setattr(stored, field, value)
    stored.save()
    return True


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
