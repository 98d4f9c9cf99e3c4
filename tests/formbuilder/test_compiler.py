import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from catalogue.canonical import sha256_hex
from formbuilder.compiler import CompiledForm, compile_form
from formbuilder.definition import DefinitionError, FormDefinition, Page, Question, Section

LEVEL = {"scheme": "C32", "value": 3}
YES = {"question": "first", "is": "yes"}


def text(words: str) -> dict[str, str]:
    return {"vi": words}


def question(key: str = "first", kind: str = "text", **values: Any) -> Question:
    return Question(key, kind, text(key), **values)


def choice(key: str = "first", *values: str) -> Question:
    choices = [{"value": value, "label": text(value)} for value in values or ("yes", "no")]
    return question(key, "choice", options={"choices": choices})


def definition(*blocks: Any) -> FormDefinition:
    return FormDefinition(text("Biểu mẫu"), (Page("mot", text("Một")), *blocks), LEVEL)


def compiled(*blocks: Any) -> CompiledForm:
    return compile_form(definition(*blocks))


def test_compiled_schema_is_a_valid_schema() -> None:
    form = compiled(choice(), question("second", shown_if=YES))

    Draft202012Validator.check_schema(form.data)
    for schema in form.page_schemas.values():
        Draft202012Validator.check_schema(schema)


def test_hash_names_the_four_documents() -> None:
    form = compiled(question())

    documents = {
        "data": form.data,
        "ui": form.ui,
        "logic": form.logic,
        "messages": form.messages,
    }
    assert form.sha256 == sha256_hex(documents)
    assert compiled(question()).sha256 == form.sha256
    assert compiled(question("other")).sha256 != form.sha256


def test_definition_survives_json() -> None:
    whole = definition(
        Section("part", text("Phần")),
        choice(),
        question("second", shown_if=YES, hint=text("gợi ý"), required=False),
    )

    again = FormDefinition.from_json(json.loads(json.dumps(whole.to_json())))

    assert compile_form(again).sha256 == compile_form(whole).sha256


@pytest.mark.parametrize("value", [{}, {"schema": 2}, {"schema": 1}, {"schema": 1, "blocks": [{}]}])
def test_definition_of_another_shape_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError):
        FormDefinition.from_json(value)


def test_condition_makes_the_question_absent_or_demanded() -> None:
    form = compiled(choice(), question("second", shown_if=YES))

    (rule,) = form.data["allOf"]
    assert rule == {
        "if": {"properties": {"first": {"const": "yes"}}, "required": ["first"]},
        "then": {"required": ["second"]},
        "else": {"properties": {"second": False}},
    }


def test_page_schema_holds_its_questions_and_what_they_read() -> None:
    form = compiled(
        choice(),
        Page("hai", text("Hai"), shown_if=YES),
        question("second"),
        Page("ba", text("Ba")),
        question("third"),
    )

    assert set(form.page_schemas["mot"]["properties"]) == {"first"}
    assert set(form.page_schemas["hai"]["properties"]) == {"first", "second"}
    assert set(form.page_schemas["ba"]["properties"]) == {"third"}


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        ([question(), question()], "first"),
        ([question("Ađ")], "Ađ"),
        ([question("a.b")], "a.b"),
        ([question("a" * 200)], "a" * 200),
        ([question("аbc")], "аbc"),  # Cyrillic а
        ([question(kind="unheard")], "first"),
        ([question(), question("second", shown_if={"question": "third", "is": 1})], "second"),
        ([question("second", shown_if={"question": "second", "is": "x"})], "second"),
        ([question(), question("second", shown_if={"$ref": "http://evil"})], "second"),
        (
            [choice(), question("deep", shown_if={"not": {"not": {"not": YES}}})],
            "deep",
        ),
        ([choice("first", "a", "a")], "first"),
        ([question("first", "choice")], "first"),
        ([Question("first", "text", text("x" * 201))], "first"),
        ([Page("kiem-tra", text("x")), question()], "kiem-tra"),
        ([Page("Hai", text("x")), question()], "Hai"),
        ([Section("part", text("x"))], "blocks"),
        ([question(f"q{number}") for number in range(601)], "q600"),
    ],
)
def test_mistake_is_refused_with_its_place(blocks: list[Any], place: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        compiled(*blocks)

    assert refusal.value.place == place
    assert refusal.value.mend


def test_question_before_any_page_is_refused() -> None:
    with pytest.raises(DefinitionError, match="page"):
        compile_form(FormDefinition(text("x"), (question(),), LEVEL))
