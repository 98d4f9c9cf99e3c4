import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry

from catalogue.enums import Level, Role
from catalogue.models import Agency
from catalogue.services.agencies import (
    AGENCIES_FILE,
    agency_row,
    import_agencies,
    read_agencies,
    store_agencies,
)
from catalogue.text import normalise_lines

CATALOGUE = AGENCIES_FILE.parent.parent
SAMPLES = CATALOGUE / "data" / "samples"
FILES = sorted((SAMPLES / "procedures").glob("*.json"))
SCHEMA = json.loads((CATALOGUE / "schema" / "procedure-1.schema.json").read_text(encoding="utf-8"))
CORPUS = CATALOGUE.parent.parent / "shared" / "data" / "procedures" / "procedures.jsonl"
WORDS_IN_COMMON = 25

COUNTRY = json.loads((SAMPLES / "country.json").read_text(encoding="utf-8"))


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return path.stem


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "key" in value:
            yield value["key"]
        for member in value.values():
            yield from keys(member)
    elif isinstance(value, list):
        for member in value:
            yield from keys(member)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + WORDS_IN_COMMON]) for i in range(len(words) - WORDS_IN_COMMON + 1)}


def test_samples_are_twelve_with_codes_of_their_own() -> None:
    codes = [read(path)["code"] for path in FILES]

    assert len(set(codes)) == 12
    assert codes == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_sample_keeps_the_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(
        SCHEMA,
        registry=Registry(),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )

    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(read(path))]

    assert errors == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_sample_has_unique_keys_and_clean_text(path: Path) -> None:
    document = read(path)

    repeated = [key for key, count in Counter(keys(document)).items() if count > 1]
    assert repeated == []
    assert [text for text in strings(document) if normalise_lines(text) != text] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_sample_says_what_the_law_asks(path: Path) -> None:
    document = read(path)

    # D63 art. 8(2): name, steps, channels, dossier, time limit, applicants, agency
    assert 3 <= len(document["steps"]) <= 6
    assert all(document[part] for part in ("applicants", "channels", "document_groups", "results"))
    assert document["agencies"]["implementing"]
    assert all(
        limit["fees"] for channel in document["channels"] for limit in channel["time_limits"]
    )
    assert document["legal_bases"]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_sample_amounts_fit_their_state(path: Path) -> None:
    for channel in read(path)["channels"]:
        for limit in channel["time_limits"]:
            assert (limit["value"] is not None) == (limit["state"] == "stated")
            for fee in limit["fees"]:
                assert fee["text"]
                assert fee["state"] == "stated" or fee["value"] is None
                assert (fee["unit"] is None) == (fee["value"] is None)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_sample_note_asks_for_no_paper(path: Path) -> None:
    for group in read(path)["document_groups"]:
        assert group["documents"]
        for document in group["documents"]:
            wanted = document["originals"] + document["copies"]
            assert (wanted == 0) == document["note"]
            assert group["kind"] != "note" or document["note"]


def test_samples_publish_under_agencies_of_the_list() -> None:
    known = {(row.code, row.name) for row in read_agencies(AGENCIES_FILE)}

    publishing = [read(path)["agencies"]["publishing"] for path in FILES]

    assert [item for item in publishing if (item["code"], item["name"]) not in known] == []


if CORPUS.exists():  # beside a working copy of the project; nothing to compare with elsewhere

    def test_samples_are_in_their_own_words() -> None:
        codes = {path.stem for path in FILES}
        borrowed: set[tuple[str, ...]] = set()
        compared: set[str] = set()
        with CORPUS.open(encoding="utf-8") as lines:
            for source in map(json.loads, lines):
                if source["code"] in codes:
                    compared.add(source["code"])
                    borrowed.update(*(runs(text) for text in strings(source)))

        own = {path.stem: runs("\n".join(_own_words(read(path)))) for path in FILES}

        assert compared == codes
        assert {code: found & borrowed for code, found in own.items() if found & borrowed} == {}


def _own_words(document: dict[str, Any]) -> Iterator[str]:
    facts = {"name", "legal_bases", "source", "field", "agencies"}
    return strings({part: value for part, value in document.items() if part not in facts})


@pytest.mark.django_db
def test_country_agencies_stand_under_the_list() -> None:
    import_agencies()
    rows = [agency_row(row, origin=f"country.json, {row['code']}") for row in COUNTRY["agencies"]]

    created, changed = store_agencies(rows)

    assert (created, changed) == (len(rows), 0)
    assert Agency.objects.get(code="H18.X03127.XMC").path == "/H18/H18.X03127/H18.X03127.XMC/"
    assert Agency.objects.filter(code__in=COUNTRY["places"]).count() == len(COUNTRY["places"])


def test_country_accounts_have_known_roles_and_agencies() -> None:
    codes = {row.code for row in read_agencies(AGENCIES_FILE)}
    codes |= {row["code"] for row in COUNTRY["agencies"]}

    emails = [account["email"] for account in COUNTRY["accounts"]]
    memberships = [pair for account in COUNTRY["accounts"] for pair in account["memberships"]]

    assert len(set(emails)) == len(emails)
    assert {code for code, _ in memberships} <= codes
    assert {role for _, role in memberships} <= set(Role.values)
    assert all(
        set(account) == {"email", "full_name", "memberships"} for account in COUNTRY["accounts"]
    )


def test_country_assigns_every_sample_to_a_level() -> None:
    assigned = [item["procedure"] for item in COUNTRY["assignments"]]

    assert sorted(assigned) == [path.stem for path in FILES]
    assert {item["level"] for item in COUNTRY["assignments"]} <= set(Level.values)
