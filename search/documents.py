"""What search knows of a procedure, built from its canonical document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.text import normalise, without_opening
from search.analysis import folded_pairs, folded_terms, tokenize
from search.document_values import (
    fee_kind,
    order_by_name,
    order_by_newest,
    popularity,
    publishing_province,
    starts_of,
    starts_of_pairs,
)
from search.families import family_words

# Raised when the fields below or their content change: an index of another number is rebuilt.
DOCUMENT_VERSION = 5

# Fields of analysed words; `text` holds every word of the document once, for matching.
TEXT_FIELDS = (
    "name",
    "name_pairs",
    "name_accented",
    "alias",
    "alias_pairs",
    "starts",
    "results",
    "results_pairs",
    "documents",
    "body",
    "text",
)
# Fields of exact values that a reader can filter by.
FACETS = ("field", "agency", "level", "audience", "online", "fee", "channel", "province")
# Fields of one value by which an answer can be put in ascending order.
ORDERS = ("order_name", "order_newest")
KEYWORD_FIELDS = ("code", "title", *FACETS, *ORDERS)

_EXCERPT_CHARS = 1000
# Different times, fees and places that a hit tells; more are on the page of the procedure.
_SHOWN_FACTS = 3


@dataclass(frozen=True)
class SearchDocument:
    """One procedure for an engine: analysed words, exact values, and what a hit shows.

    `sha256` is the hash of the version's document; `shown` is JSON and comes back as stored, so do
    the `facts` by which the best hits are ordered.
    """

    code: str
    sha256: str
    texts: Mapping[str, list[str]] = field(repr=False)
    keywords: Mapping[str, list[str]] = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False)
    shown: Mapping[str, Any] = field(repr=False)


def build_search_document(
    document: Mapping[str, Any], *, sha256: str, valid_from: date | None = None, uses: int = 0
) -> SearchDocument:
    """Return what search indexes of a canonical procedure document (schema 1).

    `valid_from` is the day on which its version came into force, `uses` how often it was looked at
    or asked for of late.
    """
    name = normalise(document["name"])
    title = without_opening(name)
    keywords = {
        "code": [document["code"]],
        "title": [" ".join(folded_terms(title))],
        "field": _values([document["field"]["name"]]),
        "agency": _values([document["agencies"]["publishing"]["name"]]),
        "level": list(document["levels"]),
        "audience": list(document["audiences"]),
        "online": [str(document["online_level"]["value"])] if document["online_level"] else [],
        "fee": [fee_kind(document)],
        "channel": sorted({channel["kind"] for channel in document["channels"]}),
        "province": _values([publishing_province(document)]),
        "order_name": [order_by_name(title, document["code"])],
        "order_newest": [order_by_newest(valid_from, document["code"])],
    }
    texts = _texts(document, name)
    family = family_words(texts["name"])
    return SearchDocument(
        code=document["code"],
        sha256=sha256,
        texts=texts,
        keywords=keywords,
        facts={
            "name": texts["name"],
            "words": family,
            "spelled": texts["name_accented"],
            "levels": keywords["level"],
            "audiences": keywords["audience"],
            "popularity": popularity(uses),
        },
        shown=_shown(document, name, keywords) | {"family": " ".join(family)},
    )


def _values(names: Iterable[str | None]) -> list[str]:
    return [value for value in (normalise(name or "") for name in names) if value]


def _texts(document: Mapping[str, Any], name: str) -> dict[str, list[str]]:
    title = without_opening(name)
    words = folded_terms(title)
    alias = [folded_terms(phrase) for phrase in document["keywords"]]
    results = [folded_terms(result["name"]) for result in document["results"]]
    texts = {
        "name": words,
        "name_pairs": folded_pairs(words),
        "name_accented": [token.text for token in tokenize(title)],
        "alias": _joined(alias),
        "alias_pairs": _joined(map(folded_pairs, alias)),
        "starts": [
            *starts_of([*words, *_joined(alias), *folded_terms(document["code"])]),
            *starts_of_pairs(words),
        ],
        "results": _joined(results),
        "results_pairs": _joined(map(folded_pairs, results)),
        "documents": _joined(map(folded_terms, _document_names(document))),
        "body": _joined(map(folded_terms, _body(document))),
    }
    everything = (texts[key] for key in ("name", "alias", "results", "documents", "body"))
    return texts | {"text": list(dict.fromkeys(_joined(everything)))}


def _joined(lists: Iterable[list[str]]) -> list[str]:
    return [term for terms in lists for term in terms]


def _document_names(document: Mapping[str, Any]) -> Iterator[str]:
    for group in document["document_groups"]:
        yield group["title"] or ""
        yield from (paper["name"] for paper in group["documents"])


def _body(document: Mapping[str, Any]) -> Iterator[str]:
    yield document["field"]["name"] or ""
    yield from document["applicants"]
    yield from _agency_names(document)
    yield from (step["text"] for step in document["steps"])
    yield from (channel["text"] for channel in document["channels"])
    yield from (requirement["text"] for requirement in document["requirements"])
    for basis in document["legal_bases"]:
        yield f"{basis['number'] or ''} {basis['title'] or ''}"


def _agency_names(document: Mapping[str, Any]) -> Iterator[str]:
    agencies = document["agencies"]
    yield agencies["publishing"]["name"] or ""
    for role in ("implementing", "competent", "delegated", "coordinating"):
        yield from agencies[role]


def _shown(
    document: Mapping[str, Any], name: str, keywords: Mapping[str, list[str]]
) -> dict[str, Any]:
    return {
        "code": document["code"],
        "name": name,
        "field": next(iter(keywords["field"]), None),
        "agency": next(iter(keywords["agency"]), None),
        "levels": keywords["level"],
        "audiences": keywords["audience"],
        "channels": keywords["channel"],
        "online_level": document["online_level"],
        "places": _values(document["agencies"]["implementing"])[:_SHOWN_FACTS],
        "time_limits": _known_first(_time_limits(document), ("value", "unit", "text", "state")),
        "fees": _known_first(_fees(document), ("state", "value", "unit", "text")),
        "passage": _excerpt(document),
    }


def _time_limits(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for channel in document["channels"]:
        yield from channel["time_limits"]


def _fees(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for limit in _time_limits(document):
        yield from limit["fees"]


def _known_first(rows: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return the different rows by their `keys`, a few, those that say something first."""
    distinct = {tuple(row[key] for key in keys): {key: row[key] for key in keys} for row in rows}
    ordered = sorted(distinct.values(), key=lambda row: bool(row["state"] == "unknown"))
    return ordered[:_SHOWN_FACTS]


def _excerpt(document: Mapping[str, Any]) -> str:
    """Return the beginning of what there is to tell; only as much is normalised as can be kept."""
    kept, room = list[str](), 2 * _EXCERPT_CHARS
    for text in _passage(document):
        kept.append(text[:room])
        room -= len(text)
        if room <= 0:
            break
    return normalise(" ".join(kept))[:_EXCERPT_CHARS]


def _passage(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an excerpt is cut from, the most telling first."""
    yield from (f"{result['name']}." for result in document["results"])
    yield from (step["text"] for step in document["steps"])
    yield from (f"{name}." for name in _document_names(document) if name)
