import json
import time
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from factories.formbuilder import make_paper, make_papers, make_procedure_document
from formbuilder.compiler import CompiledForm, compile_form
from formbuilder.definition import FormDefinition
from formbuilder.flow import visible_items, visible_pages, without_hidden
from formbuilder.skeleton import form_skeleton
from formbuilder.validation import find_problems

TODAY = date(2026, 11, 24)
KINDS = ("always", "alternative", "one_of", "proxy", "note")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
PAPERS = st.builds(
    lambda name, note, originals, copies, form, words: make_paper(
        name=name, note=note, originals=originals, copies=copies, form=form, text=words
    ),
    st.one_of(TEXTS, st.sampled_from(["Giấy chứng sinh", "Trường hợp sinh đôi: giấy " * 30])),
    st.booleans(),
    st.integers(0, 3),
    st.integers(0, 3),
    st.none() | st.builds(lambda name: {"name": name, "file": None}, TEXTS),
    TEXTS,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    keys = count(1)
    groups = []
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=6)):
        papers = draw(st.lists(PAPERS, max_size=6))
        named = [paper | {"key": f"d{next(keys)}"} for paper in papers]
        groups.append(make_papers(kind, *named, title=draw(st.none() | TEXTS)))
    return make_procedure_document(
        *groups,
        document_groups=groups,
        audiences=draw(
            st.sampled_from([[], ["person"], ["organisation"], ["person", "organisation"]])
        ),
    )


def compiled(document: dict[str, Any]) -> CompiledForm:
    return compile_form(form_skeleton(document))


ANSWERS = {
    "person_name": "Lò Thị Mai",
    "identity_number": "011190000123",
    "tax_code": "0100109106",
    "date_of_birth": "1990",
    "phone": "+84912345678",
    "email": "mai@example.vn",
    "text": "Công ty",
    "long_text": "Tổ 7",
    "declaration": True,
}


def answer_to(item: dict[str, Any], pick: int) -> Any:
    if item["type"] == "choice":
        return item["choices"][pick % len(item["choices"])]["value"]
    if item["type"] == "file":
        chosen = {"document": item["choices"][0]["value"]} if "choices" in item else {}
        return {"way": "paper", **chosen}
    return ANSWERS[item["type"]]


def filled(form: CompiledForm, pick: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    done: set[str] = set()
    while todo := [p for p in visible_pages(form, answers) if p["key"] not in done]:
        page = todo[0]
        done.add(page["key"])
        for item in visible_items(page, answers):
            if item["key"] in form.items and item["type"] != "address":
                answers[item["key"]] = answer_to(item, pick)
        assert not without_address(find_problems(form, answers, today=TODAY, page=page["key"]))
    return answers


def without_address(problems: list[Any]) -> list[Any]:
    return [problem for problem in problems if problem.question != "address"]


def slots(form: CompiledForm) -> list[dict[str, Any]]:
    return [item for item in form.items.values() if item["type"] == "file"]


@settings(deadline=None, max_examples=60)
@given(documents(), st.integers(0, 3))
def test_any_document_compiles_and_can_be_filled_to_the_end(
    document: dict[str, Any], pick: int
) -> None:
    form = compiled(document)

    Draft202012Validator.check_schema(form.data)
    answers = filled(form, pick)
    assert not without_address(find_problems(form, answers, today=TODAY))
    assert without_hidden(form, answers) == answers
    labels = [item["label"]["vi"] for item in form.items.values()]
    assert max(map(len, labels)) <= 200


@settings(deadline=None, max_examples=60)
@given(documents())
def test_every_real_paper_has_one_slot_and_no_note_has_any(document: dict[str, Any]) -> None:
    form = compiled(document)

    asked = [
        schema["x-document"]
        for schema in form.data["properties"].values()
        if "x-document" in schema
    ]
    for item in slots(form):
        asked += [choice["value"] for choice in item.get("choices", ())]
    real = [
        paper["key"]
        for group in document["document_groups"]
        if group["kind"] != "note"
        for paper in group["documents"]
        if not paper["note"]
    ]
    assert sorted(asked) == sorted(real)


@settings(deadline=None, max_examples=40)
@given(documents(), st.data())
def test_pages_together_accept_what_the_whole_accepts(
    document: dict[str, Any], data: st.DataObject
) -> None:
    form = compiled(document)
    answers = filled(form, data.draw(st.integers(0, 3)))
    changed = data.draw(st.sampled_from(sorted(answers)))
    answers[changed] = data.draw(
        st.sampled_from(["self", "authorised", "post", "x" * 300, {"way": "upload"}, True, 7])
    )

    whole = {p.question for p in without_address(find_problems(form, answers, today=TODAY))}
    pages = {
        problem.question
        for page in form.page_schemas
        for problem in without_address(find_problems(form, answers, today=TODAY, page=page))
    }
    assert pages == whole


@settings(deadline=None, max_examples=20)
@given(documents())
def test_definition_of_any_document_survives_json(document: dict[str, Any]) -> None:
    definition = form_skeleton(document)

    again = FormDefinition.from_json(json.loads(json.dumps(definition.to_json())))

    assert compile_form(again).sha256 == compile_form(definition).sha256


def test_alternative_groups_are_one_choice() -> None:
    document = make_procedure_document(
        make_papers("always", make_paper("d1", "Tờ khai")),
        make_papers("alternative", make_paper("d2", "Giấy chứng sinh"), key="g1", title="Có giấy"),
        make_papers("alternative", make_paper("d3", "Văn bản làm chứng"), key="g2", title="Không"),
    )

    form = compiled(document)

    assert [choice["value"] for choice in form.items["case"]["choices"]] == ["g1", "g2"]
    shown = [page["key"] for page in visible_pages(form, {"filer": "self", "case": "g2"})]
    assert [key for key in shown if key.startswith("giay-to")] == ["giay-to-1", "giay-to-3"]


def test_single_case_is_no_choice() -> None:
    form = compiled(make_procedure_document(make_papers("alternative", make_paper())))

    assert "case" not in form.items
    assert len(slots(form)) == 2  # the paper and the letter of authorisation


def test_one_of_group_is_one_slot_with_a_choice() -> None:
    papers = [make_paper("d1", "Hộ chiếu"), make_paper("d2", "Thẻ căn cước")]
    form = compiled(
        make_procedure_document(make_papers("one_of", *papers, title="Giấy tờ tùy thân"))
    )

    slot = slots(form)[0]

    assert slot["label"] == {"vi": "Giấy tờ tùy thân"}
    assert [choice["value"] for choice in slot["choices"]] == ["d1", "d2"]


def test_proxy_papers_are_asked_of_an_authorised_person_only() -> None:
    form = compiled(
        make_procedure_document(make_papers("proxy", make_paper("d1", "Giấy ủy quyền")))
    )

    def papers(filer: str) -> list[str]:
        pages = visible_pages(form, {"filer": filer})
        return [page["key"] for page in pages if "uy-quyen" in page["key"]]

    assert papers("self") == []
    assert papers("authorised") == ["nguoi-duoc-uy-quyen", "giay-to-uy-quyen"]
    assert len(slots(form)) == 1


def test_notes_of_a_group_are_one_piece_before_its_papers() -> None:
    notes = [make_paper(f"d{n}", f"Lưu ý số {n}", note=True) for n in (2, 3)]
    group = make_papers("always", make_paper(), *notes, title="Giấy tờ phải nộp")

    (page,) = [
        page
        for page in compiled(make_procedure_document(group)).ui["pages"]
        if page["key"].startswith("giay-to-1")
    ]

    assert [item["widget"] for item in page["items"]] == ["section", "info", "papers"]
    assert page["items"][1]["explanation"]["vi"] == "Lưu ý số 2\n\nLưu ý số 3"


def test_papers_without_a_heading_come_before_those_with_one() -> None:
    form = compiled(
        make_procedure_document(
            make_papers("always", make_paper("d1", "Hộ chiếu"), title="Giấy tờ phải xuất trình"),
            make_papers("always", make_paper("d2", "Tờ khai")),
        )
    )

    labels = [slot["label"]["vi"] for slot in slots(form)]

    assert labels[:2] == ["Tờ khai", "Hộ chiếu"]


def test_notes_alone_make_no_page_after_a_full_one() -> None:
    papers = [make_paper(f"d{n}", f"Giấy tờ số {n}") for n in range(8)]
    document = make_procedure_document(
        make_papers("always", *papers),
        make_papers("note", make_paper("d9", "Xuất trình bản chính"), title="Lưu ý"),
    )

    pages = [page["key"] for page in compiled(document).ui["pages"]]

    assert [key for key in pages if key.startswith("giay-to-")] == ["giay-to-1", "giay-to-uy-quyen"]


def test_note_is_shown_and_not_asked() -> None:
    note = make_paper("d2", "Nộp bản sao có chứng thực", note=True)
    document = make_procedure_document(
        make_papers("always", make_paper(), note),
        make_papers("note", make_paper("d3", "Xuất trình bản chính"), title="Lưu ý"),
    )

    form = compiled(document)

    items = [item for page in form.ui["pages"] for item in page["items"]]
    shown = [item["explanation"]["vi"] for item in items if item["widget"] == "info"]
    assert shown == ["Xuất trình bản chính", "Nộp bản sao có chứng thực"]
    assert [item["label"]["vi"] for item in slots(form)][:1] == ["Tờ khai đăng ký"]


@pytest.mark.parametrize(
    ("name", "conditional"),
    [
        ("Giấy ủy quyền (nếu có)", True),
        ("Đối với trường hợp sinh đôi: giấy chứng sinh", True),
        ("Giấy chứng sinh", False),
    ],
)
def test_paper_of_some_cases_may_be_not_needed(name: str, conditional: bool) -> None:
    form = compiled(make_procedure_document(make_papers("always", make_paper(name=name))))

    assert ("none" in slots(form)[0]["ways"]) is conditional


def test_long_name_becomes_a_short_label_with_the_whole_to_read() -> None:
    name = "Tờ khai đăng ký theo mẫu quy định; " + "trong đó ghi rõ các nội dung " * 40

    (slot, _proxy) = slots(
        compiled(make_procedure_document(make_papers("always", make_paper(name=name))))
    )

    assert slot["label"]["vi"] == "Tờ khai đăng ký theo mẫu quy định"
    assert slot["explanation"]["vi"] == name.strip()


def test_level_is_two_and_says_so() -> None:
    form = compiled(make_procedure_document())

    assert form.ui["service_level"] == {"scheme": "C32", "value": 2}


def test_dossier_of_120_papers_stays_quick_and_paged() -> None:
    papers = [make_paper(f"d{number}", f"Giấy tờ số {number}") for number in range(120)]
    document = make_procedure_document(make_papers("always", *papers))
    compiled(document)

    begun = time.process_time()
    form = compiled(document)
    spent = time.process_time() - begun

    assert spent < 0.3
    pages = [page for page in form.ui["pages"] if page["key"].startswith("giay-to-")]
    assert [len(page["items"]) for page in pages] == [8] * 15 + [1]
    answers = filled(form, 0)
    begun = time.process_time()
    assert not without_address(find_problems(form, answers, today=TODAY))
    assert time.process_time() - begun < 0.1
