"""The texts from which the lexicon is counted, each with its weight."""

from collections.abc import Iterator, Mapping
from typing import Any

from search.phrases import stop_phrases
from search.synonyms import synonyms

# People ask for procedures by their names; the rest shows how words are spelled and combined.
_NAME = 10
_RESULT = 3
_REST = 1


def document_texts(document: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the texts of a canonical document (schema 1)."""
    for text in (document["name"], *document["keywords"]):
        yield text, _NAME
    for text in (document["field"]["name"], *(result["name"] for result in document["results"])):
        yield text or "", _RESULT
    for text in _other_texts(document):
        yield text or "", _REST


def _other_texts(document: Mapping[str, Any]) -> Iterator[str | None]:
    yield from document["applicants"]
    for group in document["document_groups"]:
        yield group["title"]
        yield from (paper["name"] for paper in group["documents"])
    for part in ("steps", "channels", "requirements"):
        yield from (item["text"] for item in document[part])


def phrase_texts() -> Iterator[tuple[str, int]]:
    """Yield the phrases that search knows: what readers say, which no document says."""
    for table in (synonyms(), stop_phrases()):
        for phrase in table.phrases():
            yield phrase, _NAME
