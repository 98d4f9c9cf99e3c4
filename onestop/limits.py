"""The time limits that a procedure's document states for a dossier that came in online."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalogue.enums import ChannelKind, TimeState, TimeUnit
from catalogue.wording import text_beside, time_words
from onestop.deadline import Limit, UncountableLimit


@dataclass(frozen=True)
class OfferedLimit:
    """One published time limit; `limit` is None when it gives no due date by itself."""

    key: str
    words: str
    limit: Limit | None


def offered_limits(document: Mapping[str, Any]) -> tuple[OfferedLimit, ...]:
    """Return the limits of the online channel, of every channel when that one states none.

    `document` is a canonical procedure document. Limits that say the same are offered once, in
    words of the language in use.
    """
    channels = document["channels"]
    online = [channel for channel in channels if channel["kind"] == ChannelKind.ONLINE]
    rows = [*_rows(online)] or [*_rows(channels)]
    distinct = {(row["value"], row["unit"], row["state"], row["text"]): row for row in rows}
    return tuple(
        OfferedLimit(key=row["key"], words=_words(row), limit=_limit(row))
        for row in distinct.values()
    )


def _rows(channels: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    return (row for channel in channels for row in channel["time_limits"])


def _words(row: Mapping[str, Any]) -> str:
    words = time_words(row)
    text = text_beside(row, words)
    return f"{words} ({text})" if text else words


def _limit(row: Mapping[str, Any]) -> Limit | None:
    if row["state"] == TimeState.SAME_DAY:
        return Limit(Decimal(0), TimeUnit.WORKING_DAY)
    if row["state"] != TimeState.STATED or row["value"] is None or row["unit"] is None:
        return None
    try:
        return Limit(Decimal(str(row["value"])), row["unit"])
    except UncountableLimit:
        return None
