"""An address: province and commune by their official codes, then a line."""

from collections.abc import Mapping
from typing import Any

from django import forms

from formbuilder.definition import Question
from formbuilder.questions.base import (
    Item,
    ListField,
    Messages,
    QuestionType,
    Surroundings,
    TextField,
    described,
    read_line,
)
from formbuilder.selectors import places
from formbuilder.wording import in_language, words

PARTS = ("province", "commune", "line")
LINE_LENGTH = 300


class Address(QuestionType):
    """A place of the country today: two levels since 1 July 2025, and house, street, hamlet."""

    name = "address"
    widget = "address"

    def schema(self, question: Question) -> dict[str, Any]:
        """Return a reference to the national vocabulary."""
        return {"$ref": "#/$defs/address"}

    def definitions(self) -> dict[str, Any]:
        """Return the closed object of an address."""
        province = {"type": "string", "pattern": "^[0-9]{2}$", "x-codelist": "provinces"}
        commune = {"type": "string", "pattern": "^[0-9]{5}$", "x-codelist": "communes"}
        line = {"type": "string", "minLength": 1, "maxLength": LINE_LENGTH}
        return {
            "address": {
                "type": "object",
                "properties": {"province": province, "commune": commune, "line": line},
                "required": list(PARTS),
                "unevaluatedProperties": False,
            }
        }

    def definition_messages(self) -> Messages:
        """Return the words for each part."""
        required = {part: words(f"address.{part}.required") for part in PARTS}
        return {
            "#/$defs/address/province": {
                "required": required["province"],
                "pattern": required["province"],
            },
            "#/$defs/address/commune": {
                "required": required["commune"],
                "pattern": required["commune"],
            },
            "#/$defs/address/line": {
                "required": required["line"],
                "maxLength": words("address.line.maxLength"),
            },
        }

    def messages(self, question: Question) -> Messages:
        """Return the words for no address and for a commune of another province."""
        return {
            "": {"required": words("address.province.required")},
            "/commune": {"elsewhere": words("address.commune.elsewhere")},
        }

    def checks(self, question: Question) -> list[dict[str, Any]]:
        """Return the look-up in the list of places (F11)."""
        commune = f"/{question.key}/commune"
        operands = [{"answer": commune}, {"answer": f"/{question.key}/province"}]
        expression = {"commune_of": operands}
        return [{"pointer": commune, "name": "elsewhere", "expression": expression}]

    def fields(self, item: Item, around: Surroundings) -> dict[str, forms.Field]:
        """Return two lists and a line; the second list follows the province that was sent."""
        province = str(around.typed.get("province") or "")
        lists = {"province": places.provinces(), "commune": places.communes_of(province)}
        fields: dict[str, forms.Field] = {
            part: ListField(
                read=read_line,
                widget=forms.Select,
                choices=[("", in_language(words(f"address.{part}.empty"), around.language)), *rows],
                **self._described(item, around, part),
            )
            for part, rows in lists.items()
        }
        line = forms.TextInput(attrs={"autocomplete": "street-address"})
        fields["line"] = TextField(
            read=read_line, widget=line, **self._described(item, around, "line")
        )
        return fields

    def parse(self, parts: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the parts that were given."""
        return {part: parts[part] for part in PARTS if parts[part]} or None

    def initial(self, value: Any) -> dict[str, Any]:
        """Return the parts of a stored address."""
        return dict(value)

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return line, commune and province with the names that the codes have today."""
        names = places.names_of([value.get("commune"), value.get("province")])
        return ", ".join(part for part in [value.get("line"), *names] if part)

    def _described(self, item: Item, around: Surroundings, part: str) -> dict[str, Any]:
        own = {"label": words(f"address.{part}"), "required": item["required"]}
        if part == "line":
            own["hint"] = words("address.line.hint")
        return described(own, around)
