"""JSON from outside: only values that databases, hashes and other programs can keep."""

import json
from typing import Any

MAX_INTEGER = 2**53


def parse_json(text: str) -> Any:
    """Return the value of the JSON `text`.

    Raises `json.JSONDecodeError` for what is not JSON and `ValueError` for what cannot be kept:
    NaN, infinities, 1e400, integers beyond 2^53, doubled keys, halves of surrogate pairs, and
    lists in lists without end (F7, X2).
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object_of,
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_small_integer,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("too deep") from error
    except UnicodeEncodeError as error:
        raise ValueError("half a surrogate pair") from error
    return value


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key is doubled")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("the number is too large")
    return value


def _small_integer(text: str) -> int:
    if len(text) > len(str(MAX_INTEGER)) + 1 or abs(int(text)) > MAX_INTEGER:
        raise ValueError("the number is too large")
    return int(text)
