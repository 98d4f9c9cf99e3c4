from typing import Any

import pytest
from django.utils import translation

from factories.search import make_channel, make_document
from onestop.limits import offered_limits


def offered(*channels: dict[str, Any]) -> list[tuple[str, str | None, bool]]:
    with translation.override("en"):
        limits = offered_limits(make_document(channels=list(channels)))
    return [(limit.key, limit.words, limit.limit is not None) for limit in limits]


def test_online_channel_comes_before_the_others() -> None:
    limits = offered(make_channel("direct", value=5), make_channel("online", key="t2", value=3))

    assert limits == [("t2", "3 working days", True)]


def test_other_channels_serve_when_online_states_nothing() -> None:
    online = make_channel("online") | {"time_limits": []}

    assert offered(make_channel("direct", value=5), online) == [("t1", "5 working days", True)]


def test_limits_that_say_the_same_are_offered_once() -> None:
    channel = make_channel("online")
    channel["time_limits"].append(channel["time_limits"][0] | {"key": "t2"})

    assert len(offered(channel)) == 1


@pytest.mark.parametrize(
    "limit",
    [
        {"unit": None},
        {"value": None},
        {"state": "unknown", "text": "Theo quy định"},
        {"value": 1.2},
        {"value": -1},
    ],
)
def test_limit_without_a_countable_value_gives_no_day(limit: dict[str, Any]) -> None:
    ((_key, _words, countable),) = offered(make_channel("online", **limit))

    assert not countable


def test_same_day_limit_is_countable() -> None:
    limits = offered(make_channel("online", state="same_day", value=None, unit=None))

    assert limits == [("t1", "Same day", True)]


def test_limit_tells_the_case_it_is_for() -> None:
    limits = offered(make_channel("online", text="phải xác minh"))

    assert limits == [("t1", "3 working days (phải xác minh)", True)]


def test_procedure_without_channels_offers_nothing() -> None:
    assert offered() == []


def test_text_that_the_words_hold_is_not_repeated() -> None:
    limits = offered(make_channel("online", value=140, unit=None, text="140,00"))

    assert [words for _key, words, _countable in limits] == ["140 (unit not published)"]
