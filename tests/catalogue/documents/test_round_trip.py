import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model

import catalogue
from catalogue.documents import DocumentInvalid, FileUnknown, compile_document, page_values
from catalogue.enums import AgencyKind, FeeState, GroupKind, Level, TimeState, TimeUnit
from catalogue.keys import PART_FIELDS
from catalogue.models import Agency, Field, Procedure
from catalogue.services.legal_acts import keep_acts
from catalogue.text import normalise, normalise_lines
from factories.catalogue import make_agency, make_full_document

# A page looks its content type up.
pytestmark = pytest.mark.django_db

SAMPLES = sorted((Path(catalogue.__file__).parent / "data/samples/procedures").glob("*.json"))


def through_a_page(document: dict[str, Any]) -> dict[str, Any]:
    publishing = document["agencies"]["publishing"]
    agency, _made = Agency.objects.get_or_create(
        **publishing, kind=AgencyKind.MINISTRY, level=Level.MINISTRY
    )
    acts = keep_acts(document["legal_bases"], agency=agency)
    page = Procedure(**page_values(document, acts), field=Field(**document["field"]))
    stored = Procedure(
        **{
            name: Procedure._meta.get_field(name).to_python(getattr(page, name).get_prep_value())
            for name in PART_FIELDS
        }
    )
    for name in PART_FIELDS:
        setattr(page, name, getattr(stored, name))
    return compile_document(page, agency)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_survives_the_page(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))

    assert through_a_page(document) == document


def test_golden_document_survives_the_page() -> None:
    document = make_full_document("1.990001")

    assert through_a_page(document) == document


def with_form(file: str | None) -> dict[str, Any]:
    document = make_full_document("1.990001")
    document["document_groups"][0]["documents"][0]["form"] = {"name": "Mẫu số 01", "file": file}
    return document


@pytest.mark.parametrize("name", ["mau-01.pdf", "Mẫu đơn số 1.docx"])
def test_document_with_a_file_survives_the_page(name: str) -> None:
    stored = get_document_model().objects.create(
        title="Mẫu số 01", file=ContentFile(b"%PDF-1.7", name=name)
    )
    document = with_form(stored.url)

    assert through_a_page(document) == document


@pytest.mark.parametrize(
    "address", ["https://example.vn/mau.pdf", "/thu-tuc/1.990001", "/tep/7", "mau.pdf"]
)
def test_file_at_an_address_of_others_is_refused(address: str) -> None:
    with pytest.raises(FileUnknown, match=address):
        page_values(with_form(address), defaultdict(int))


LINE = st.text("aăđệẸ <>&{%'\"₫-/.,;", min_size=1, max_size=20).map(normalise).filter(bool)
LINES = st.lists(LINE, max_size=3, unique=True)
TEXT = st.lists(LINE, max_size=3).map("\n".join).map(normalise_lines)
FILLED = TEXT.filter(bool)
COUNT = st.integers(0, 9)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def parts(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=3)


def with_value(part: dict[str, Any]) -> dict[str, Any]:
    missing = part["state"] == "stated" and part["value"] is None
    return part | {"value": 1} if missing else part


def valued(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return strategy.map(lambda found: [with_value(part) for part in found])


FEES = parts(
    state=st.sampled_from(FeeState.values),
    value=optional(st.integers(0, 10**12)),
    unit=optional(st.sampled_from(["VND", "USD"])),
    text=TEXT,
)
LIMITS = valued(
    parts(
        state=st.sampled_from(TimeState.values),
        value=optional(st.integers(0, 400) | st.sampled_from([0.5, 2.5, 1.25])),
        unit=optional(st.sampled_from(TimeUnit.values)),
        text=TEXT,
        fees=FEES,
    )
)
PAPERS = parts(
    name=FILLED,
    note=st.booleans(),
    originals=COUNT,
    copies=COUNT,
    form=optional(st.fixed_dictionaries({"name": LINE, "file": st.none()})),
    text=TEXT,
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "name": LINE,
        "applicants": LINES,
        "receiving_places": LINES,
        "keywords": LINES,
        "sets": optional(COUNT),
        "steps": parts(case=optional(LINE), text=FILLED),
        "channels": parts(
            kind=st.sampled_from(["direct", "online", "post"]), text=TEXT, time_limits=LIMITS
        ),
        "document_groups": parts(
            kind=st.sampled_from(GroupKind.values),
            kind_rule=LINE,
            title=optional(LINE),
            documents=PAPERS,
        ),
        "requirements": parts(kind=st.sampled_from(["general", "business"]), text=FILLED),
        "results": parts(name=LINE, code=optional(LINE)),
        "legal_bases": parts(
            number=LINE,
            title=LINE | st.just(""),
            issued_on=optional(st.dates().map(str)),
            agency=optional(LINE),
        ),
    }
)


def keyed(value: Any, numbers: list[int]) -> Any:
    if isinstance(value, list):
        return [keyed(item, numbers) for item in value]
    if isinstance(value, dict):
        nested = {name: keyed(part, numbers) for name, part in value.items()}
        if set(value) == {"name", "file"}:
            return nested
        numbers.append(len(numbers))
        return {"key": f"p{len(numbers)}"} | nested
    return value


@given(DOCUMENTS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_any_document_survives_the_page(made: dict[str, Any]) -> None:
    numbers: list[int] = []
    changes = {
        name: keyed(part, numbers) if isinstance(part, list) else part
        for name, part in made.items()
    }
    document = make_full_document("1.990001", **changes)

    assert through_a_page(document) == document


def test_page_with_an_empty_step_is_refused_at_its_place() -> None:
    document = make_full_document("1.990001")
    document["steps"][1]["text"] = " \n "

    with pytest.raises(DocumentInvalid) as refused:
        through_a_page(document)

    assert [place for place, _problem in refused.value.problems] == ["/steps/1/text"]


def test_compiled_document_names_the_agency_it_is_published_by() -> None:
    document = make_full_document("1.990001")
    agency = make_agency("G01", name="Bộ Công an", level=Level.MINISTRY)
    acts = keep_acts(document["legal_bases"], agency=agency)
    page = Procedure(**page_values(document, acts), field=Field(name="Cư trú"))

    compiled = compile_document(page, agency)

    assert compiled["agencies"]["publishing"] == {"code": "G01", "name": "Bộ Công an"}
    assert compiled["field"] == {"code": None, "name": "Cư trú"}
