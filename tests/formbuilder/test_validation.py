import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from factories.formbuilder import make_commune
from formbuilder.compiler import CompiledForm, compile_form
from formbuilder.definition import FormDefinition, Page, Question
from formbuilder.validation import AnswersTooLarge, check_size, find_problems, read_json

TODAY = date(2026, 11, 24)


def form_of(*questions: Question) -> CompiledForm:
    page = Page("mot", {"vi": "Một"})
    return compile_form(
        FormDefinition({"vi": "x"}, (page, *questions), {"scheme": "C32", "value": 3})
    )


def question(kind: str, **values: Any) -> Question:
    return Question("q", kind, {"vi": "Câu hỏi"}, **values)


def problems(form: CompiledForm, answers: dict[str, Any]) -> dict[str, str]:
    return {
        problem.pointer: problem.keyword for problem in find_problems(form, answers, today=TODAY)
    }


CHOICES = {"choices": [{"value": "a", "label": {"vi": "A"}}, {"value": "b", "label": {"vi": "B"}}]}


@pytest.mark.parametrize(
    ("kind", "value", "keyword"),
    [
        ("text", "Y", None),
        ("text", "", "minLength"),
        ("text", "x" * 200, None),
        ("text", "x" * 201, "maxLength"),
        ("text", 7, "type"),
        ("text", True, "type"),
        ("long_text", "x" * 4_000, None),
        ("long_text", "x" * 4_001, "maxLength"),
        ("person_name", "Y", None),
        ("person_name", "H'Hen Niê", None),
        ("person_name", "Nguyễn Thị A (Bé)", None),
        (
            "person_name",
            "Tôn Nữ Thị Hoàng Anh Diệu Huyền Trân Châu Bảo Ngọc Minh Nguyệt Phương",
            None,
        ),
        ("person_name", "José Ñandú O’Brien-Łukasz", None),
        ("person_name", "Nguyễn Vаn", "format"),  # Cyrillic а
        ("person_name", "Nguyễn 😀", "format"),
        ("person_name", "123", "format"),
        ("person_name", "x" * 301, "maxLength"),
        ("phone", "+84912345678", None),
        ("phone", "+4915112345678", None),
        ("phone", "0912345678", "format"),
        ("phone", "+84", "format"),
        ("email", "mai@example.vn", None),
        ("email", "a@b", "format"),
        ("email", "a b@example.vn", "format"),
        ("email", "mai@example.vn\nBcc: x@example.vn", "format"),
        ("identity_number", "011190000123", None),
        ("identity_number", "123456789", None),
        ("identity_number", "1234567890", "format"),
        ("identity_number", "٠١١١٩٠٠٠٠١٢٣", "format"),
        ("tax_code", "0100109106", None),
        ("tax_code", "0100109106-001", None),
        ("tax_code", "01001", "format"),
        ("date", "2026-02-28", None),
        ("date", "2026-02-30", "format"),
        ("date", "2026-11-31", "format"),
        ("date", "30/02/2026", "format"),
        ("date", "01/01/26", "format"),
        ("date", "0001-01-01", "tooEarly"),
        ("date", "9999-12-31", "tooLate"),
        ("date_of_birth", "1990-03-27", None),
        ("date_of_birth", "1931", None),
        ("date_of_birth", "1899", "tooEarly"),
        ("date_of_birth", "2026-11-24", None),
        ("date_of_birth", "2026-11-25", "inFuture"),
        ("date_of_birth", "2027", "inFuture"),
        ("date_of_birth", "90", "format"),
        ("yes_no", True, None),
        ("yes_no", False, None),
        ("yes_no", 1, "type"),
        ("yes_no", "yes", "type"),
        ("declaration", True, None),
        ("declaration", False, "const"),
        ("declaration", 1, "const"),
    ],
)
def test_answer_of_each_type(kind: str, value: Any, keyword: str | None) -> None:
    found = problems(form_of(question(kind)), {"q": value})

    assert found == ({"/q": keyword} if keyword else {})


@pytest.mark.parametrize(
    "kind",
    ["text", "long_text", "person_name", "phone", "email", "identity_number", "tax_code", "date"],
)
@pytest.mark.parametrize("value", [None, [], {}, 1.5, ["x"], {"x": 1}])
def test_answer_of_another_json_type_is_refused(kind: str, value: Any) -> None:
    assert problems(form_of(question(kind)), {"q": value}) == {"/q": "type"}


@pytest.mark.parametrize(("value", "keyword"), [("a", None), ("c", "oneOf"), (1, "type")])
def test_choice_takes_what_is_in_the_list(value: Any, keyword: str | None) -> None:
    found = problems(form_of(question("choice", options=CHOICES)), {"q": value})

    assert found == ({"/q": keyword} if keyword else {})


def test_absent_answer_is_told_at_its_own_place() -> None:
    assert problems(form_of(question("text")), {}) == {"/q": "required"}


def test_optional_answer_may_be_absent() -> None:
    assert problems(form_of(question("text", required=False)), {}) == {}


def test_unknown_field_is_refused() -> None:
    form = form_of(question("text"))

    assert problems(form, {"q": "x", "other": 1}) == {"": "unevaluatedProperties"}


def test_message_is_the_one_of_the_language() -> None:
    form = form_of(question("text"))

    (vietnamese,) = find_problems(form, {}, today=TODAY)
    (english,) = find_problems(form, {}, today=TODAY, language="en")

    assert vietnamese.message == "Hãy nhập câu hỏi."
    assert english.message == "Enter câu hỏi."


PAPER = {
    "id": "0b1ff2a6-3a5c-4b3e-9b5e-3f8f3a0d6b11",
    "name": "a.pdf",
    "size": 10,
    "sha256": "0" * 64,
    "contentType": "application/pdf",
}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"way": "paper"}, {}),
        ({"way": "upload", "files": [PAPER]}, {}),
        ({"way": "upload"}, {"/q/files": "required"}),
        ({"way": "upload", "files": []}, {"/q/files": "minItems"}),
        ({"way": "upload", "files": [PAPER] * 11}, {"/q/files": "maxItems"}),
        ({"way": "paper", "files": [PAPER]}, {"/q/files": "false"}),
        ({"way": "none"}, {"/q/way": "enum"}),
        ({}, {"/q/way": "required"}),
        ({"way": "paper", "x": 1}, {"/q": "unevaluatedProperties"}),
        ({"way": "upload", "files": [PAPER | {"size": 0}]}, {"/q/files/0/size": "minimum"}),
        (
            {"way": "upload", "files": [PAPER | {"data": "…"}]},
            {"/q/files/0": "unevaluatedProperties"},
        ),
    ],
)
def test_paper_is_sent_or_promised(value: Any, found: dict[str, str]) -> None:
    assert problems(form_of(question("file")), {"q": value}) == found


def test_conditional_paper_may_be_not_needed() -> None:
    form = form_of(question("file", options={"conditional": True}))

    assert problems(form, {"q": {"way": "none"}}) == {}


def test_one_of_several_papers_is_named() -> None:
    form = form_of(question("file", options=CHOICES))

    assert problems(form, {"q": {"way": "paper"}}) == {"/q/document": "required"}
    assert problems(form, {"q": {"way": "paper", "document": "z"}}) == {"/q/document": "enum"}
    assert problems(form, {"q": {"way": "paper", "document": "b"}}) == {}


@pytest.mark.django_db
def test_address_names_a_commune_of_its_province() -> None:
    form = form_of(question("address"))
    commune, elsewhere = make_commune(), make_commune("Xã Khác")
    address = {
        "province": commune.parent.place_code,
        "commune": commune.place_code,
        "line": "Tổ 7",
    }

    assert problems(form, {"q": address}) == {}
    assert problems(form, {"q": address | {"commune": elsewhere.place_code}}) == {
        "/q/commune": "elsewhere"
    }
    assert problems(form, {"q": address | {"line": ""}}) == {"/q/line": "minLength"}
    assert problems(form, {"q": {"province": "xx"}}) == {
        "/q/province": "pattern",
        "/q/commune": "required",
        "/q/line": "required",
    }


def branching() -> CompiledForm:
    return form_of(
        Question("first", "choice", {"vi": "a"}, required=False, options=CHOICES),
        Question("then", "text", {"vi": "b"}, shown_if={"question": "first", "is": "a"}),
    )


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {}),  # F15: an absent answer makes no condition true
        ({"first": "b"}, {}),
        ({"first": "a"}, {"/then": "required"}),
        ({"first": "a", "then": "x"}, {}),
        ({"first": "b", "then": "x"}, {"/then": "false"}),
        ({"then": "x"}, {"/then": "false"}),
    ],
)
def test_hidden_means_absent_f15(answers: dict[str, Any], found: dict[str, str]) -> None:
    assert problems(branching(), answers) == found


def hostile_bodies() -> Iterator[bytes]:
    yield b'{"q": ' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    yield b'{"q": ' + b"[" * 100_000
    yield b'{"q": "' + b"x" * 10_000_000 + b'"}'
    yield b'{"q": "' + b"x" * 1_000_000 + b'"}'
    yield b"{" + b",".join(b'"k%d": 1' % number for number in range(5_001)) + b"}"
    yield b'{"q": [' + b",".join([b"{}"] * 10_000) + b"]}"
    yield b'{"q": ' + b"9" * 1_000_000 + b"}"
    yield b'{"q": ' + b"9" * 5_000 + b"}"
    yield b'{"q": NaN}'
    yield b'{"q": Infinity}'
    yield b'{"q": -Infinity}'
    yield b'{"q": 1e400}'
    yield b'{"q": 1, "q": 2}'
    yield b'{"q": "\\ud800"}'
    yield b'"text"'
    yield b"[]"
    yield b"null"
    yield b""
    yield '{"q": "é"}'.encode("utf-16")
    yield b"\xff\xfe"


@pytest.mark.parametrize("body", list(hostile_bodies()), ids=lambda body: repr(body[:20]))
def test_hostile_json_is_refused_quickly_f7(body: bytes) -> None:
    begun = time.process_time()

    with pytest.raises(AnswersTooLarge):
        read_json(body)

    assert time.process_time() - begun < 0.2


def test_thousand_fields_are_refused_quickly_f7() -> None:
    form, begun = form_of(question("text")), time.process_time()

    found = problems(form, {f"k{number}": number for number in range(1_001)})

    assert found == {"": "unevaluatedProperties", "/q": "required"}
    assert time.process_time() - begun < 0.2


@pytest.mark.parametrize(
    "value", ["x" * 200_000, "a " * 10_000, "😀" * 10_000, "\u202e" * 10_000, "@" * 100_000]
)
@pytest.mark.parametrize(
    "kind", ["text", "person_name", "email", "phone", "date", "identity_number"]
)
def test_long_value_is_refused_quickly_n5(kind: str, value: str) -> None:
    form = form_of(question(kind))
    begun = time.process_time()

    assert problems(form, {"q": value})["/q"] in {"maxLength", "format"}

    assert time.process_time() - begun < 0.05


def test_deep_answers_are_not_shown_to_a_schema() -> None:
    deep: Any = "x"
    for _ in range(2_000):
        deep = [deep]

    with pytest.raises(AnswersTooLarge):
        check_size({"q": deep})


def test_schema_fetches_nothing_s1() -> None:
    form = form_of(question("text"))
    form.data["properties"]["q"] = {"$ref": "https://example.vn/schema.json"}

    with pytest.raises(Exception, match=r"example\.vn"):
        find_problems(form, {"q": "x"}, today=TODAY)
