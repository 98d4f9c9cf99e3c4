"""A slot for one paper of the dossier: its files, or the honest word that it comes on paper."""

from collections.abc import Mapping
from typing import Any

from django import forms

from formbuilder.definition import Question, Text
from formbuilder.questions.base import (
    Item,
    ListField,
    Messages,
    QuestionType,
    Surroundings,
    described,
    read_line,
)
from formbuilder.questions.choice import choices_of, labelled
from formbuilder.wording import filled, in_language, words

MAX_FILES = 10
ACCEPT = ("pdf", "jpg", "png", "docx")
MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
WAYS = ("upload", "paper")
# For a paper whose own name says that it is needed only in some cases.
NOT_NEEDED = "none"


class FileInput(forms.FileInput):
    """A picker for several files."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """The files that were chosen; they are judged where they are stored, one by one."""

    def clean(self, value: Any) -> list[Any]:
        """Return what was chosen."""
        return list(value or [])


class Papers(QuestionType):
    """One paper. `options`: `choices` (which paper of several it is), `conditional`,
    `originals`, `copies`, `blank_form`.

    Nobody is kept from filing by a missing scan: a paper may be brought later, and the officer
    judges whether the dossier is complete (D61 art. 17).
    """

    name = "file"
    widget = "papers"

    def schema(self, question: Question) -> dict[str, Any]:
        """Return the reference to a paper, the ways that are open, and which paper it is."""
        slot: dict[str, Any] = {
            "$ref": "#/$defs/paper",
            "properties": {"way": {"enum": _ways(question)}},
            "x-max-bytes": MAX_BYTES,
            "x-accept": list(ACCEPT),
        }
        if question.document:
            slot["x-document"] = question.document
        if "choices" in question.options:
            slot["properties"]["document"] = {
                "enum": [choice["value"] for choice in choices_of(question)]
            }
            slot["if"] = {"properties": {"way": {"enum": list(WAYS)}}, "required": ["way"]}
            slot["then"] = {"required": ["document"]}
        return slot

    def definitions(self) -> dict[str, Any]:
        """Return the closed objects of a paper and of an attached file."""
        upload = {"properties": {"way": {"const": "upload"}}, "required": ["way"]}
        files = {
            "type": "array",
            "minItems": 1,
            "maxItems": MAX_FILES,
            "items": {"$ref": "#/$defs/attachment"},
        }
        return {
            "paper": {
                "type": "object",
                "properties": {
                    "way": {"enum": [*WAYS, NOT_NEEDED]},
                    "document": {"type": "string", "maxLength": 40},
                    "files": files,
                },
                "required": ["way"],
                "if": upload,
                "then": {"required": ["files"]},
                "else": {"properties": {"files": False}},
                "unevaluatedProperties": False,
            },
            "attachment": _attachment(),
        }

    def definition_messages(self) -> Messages:
        """Return the words that are the same for every paper."""
        missing = words("file.files.required")
        return {
            "#/$defs/paper/way": {"enum": words("choice.oneOf")},
            "#/$defs/paper/document": {
                "required": words("file.document.required"),
                "enum": words("choice.oneOf"),
            },
            "#/$defs/paper/files": {
                "required": missing,
                "minItems": missing,
                "maxItems": filled("file.files.maxItems", limit=MAX_FILES),
            },
        }

    def messages(self, question: Question) -> Messages:
        """Return the words for a paper of which nothing is said yet."""
        asked = words("file.required")
        return {"": {"required": asked}, "/way": {"required": asked}}

    def item(self, question: Question) -> dict[str, Any]:
        """Return the ways to hand in, the limits, the blank form, originals and copies."""
        options = question.options
        kept = ("choices", "originals", "copies", "blank_form", "details")
        return {
            "ways": _ways(question),
            "accept": list(ACCEPT),
            "max_bytes": MAX_BYTES,
            "max_files": MAX_FILES,
            **{name: options[name] for name in kept if options.get(name)},
        }

    def fields(self, item: Item, around: Surroundings) -> dict[str, forms.Field]:
        """Return the choice of the way, of the paper where there are several, and the picker."""
        fields: dict[str, forms.Field] = {
            "way": ListField(
                read=read_line,
                widget=forms.RadioSelect,
                choices=[
                    (way, in_language(words(f"file.way.{way}"), around.language))
                    for way in item["ways"]
                ],
                **described(item, around),
            )
        }
        if "choices" in item:
            asked: dict[str, Text | bool] = {"label": words("file.document"), "required": True}
            fields["document"] = ListField(
                read=read_line,
                widget=forms.RadioSelect,
                choices=labelled(item["choices"], around.language),
                **described(asked, around),
            )
        fields["files"] = FilesField(
            label=in_language(words("file.files"), around.language),
            help_text=in_language(
                filled("file.files.hint", limit=item["max_bytes"] // MEGABYTE), around.language
            ),
            widget=FileInput(attrs={"accept": ",".join(f".{kind}" for kind in item["accept"])}),
        )
        return fields

    def parse(self, parts: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the way and the paper; the files are the attachments that the server holds."""
        answer = {name: parts[name] for name in ("way", "document") if parts.get(name)}
        if parts.get("files"):
            # Whoever chose a file wants to send it, whichever button was pressed.
            answer["way"] = "upload"
        return answer or None

    def initial(self, value: Any) -> dict[str, Any]:
        """Return the chosen way and paper."""
        return {name: value[name] for name in ("way", "document") if name in value}

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return the names of the files, or how the paper will come; the chosen paper first."""
        lines = []
        if "document" in value:
            labels = dict(labelled(item.get("choices", []), language))
            lines.append(labels.get(value["document"], value["document"]))
        if value.get("way") == "upload":
            lines += [file["name"] for file in value.get("files", [])]
        else:
            lines.append(in_language(words(f"file.way.{value['way']}"), language))
        return "\n".join(lines)


def _ways(question: Question) -> list[str]:
    return [*WAYS, NOT_NEEDED] if question.options.get("conditional") else list(WAYS)


def _attachment() -> dict[str, Any]:
    properties = {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string", "minLength": 1, "maxLength": 255},
        "size": {"type": "integer", "minimum": 1, "maximum": MAX_BYTES},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "contentType": {"type": "string", "maxLength": 100},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "unevaluatedProperties": False,
    }
