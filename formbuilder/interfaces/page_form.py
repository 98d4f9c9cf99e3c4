"""The Django form of one page: it parses and renders; every rule is the schema's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from formbuilder.flow import visible_items
from formbuilder.models import Attachment
from formbuilder.questions import Surroundings, question_type
from formbuilder.validation import Problem
from formbuilder.wording import in_language

SEPARATOR = "__"


@dataclass(frozen=True)
class Row:
    """One entry of a page as the template draws it."""

    key: str
    widget: str
    item: Mapping[str, Any]
    label: str
    explanation: str
    fields: list[BoundField]
    files: list[Attachment]


class PageForm(forms.Form):
    """The controls of one page, built from its ui entry and the answers so far."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        page: Mapping[str, Any] | None,
        answers: Mapping[str, Any],
        attachments: Iterable[Attachment] = (),
        language: str = "vi",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.attachments = list(attachments)
        self.items = list(visible_items(page, answers)) if page else []
        self._names: dict[str, dict[str, str]] = {}
        for item in self.items:
            if item["widget"] != "section":
                self._add_fields(item, answers)

    def answers(self) -> dict[str, Any]:
        """Return the answer to each question of the page, None where nothing was given."""
        # Asking for the errors cleans once; cleaning again would forget those added since.
        given = {} if self.errors else self.cleaned_data
        return {
            key: question_type(self._item(key)["type"]).parse(
                {suffix: given.get(name) for suffix, name in names.items()}
            )
            for key, names in self._names.items()
            if names
        }

    def chosen_files(self) -> Iterator[tuple[str, Any]]:
        """Yield (key of the paper, file) for each file that was sent with the page."""
        for key, names in self._names.items():
            for upload in self.files.getlist(names["files"]) if "files" in names else ():
                yield key, upload

    def tell(self, problems: Iterable[Problem]) -> None:
        """Show each problem at the control that it concerns, unless that one has its own."""
        for problem in problems:
            field = self._field_of(problem.pointer)
            if field is None or field not in self.errors:
                self.add_error(field, problem.message)

    def rows(self) -> Iterator[Row]:
        """Yield the entries of the page with their controls."""
        for item in self.items:
            key = item["key"]
            yield Row(
                key=key,
                widget=item["widget"],
                item=item,
                label=in_language(item.get("label") or item["title"], self.language),
                explanation=in_language(item.get("explanation") or {"vi": ""}, self.language),
                fields=[self[name] for name in self._names.get(key, {}).values()],
                files=[file for file in self.attachments if file.slot == key],
            )

    def field_name(self, key: str, suffix: str) -> str:
        """Return the name of a control: the question's key, with its property where it has one."""
        return f"{key}{SEPARATOR}{suffix}" if suffix else key

    def _add_fields(self, item: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        key, kind = item["key"], question_type(item["type"])
        initial = kind.initial(answers[key]) if key in answers else {}
        typed = initial
        if self.is_bound:
            prefix = key + SEPARATOR
            typed = {
                name.removeprefix(prefix): self.data.get(name)
                for name in self.data
                if name.startswith(prefix)
            }
        controls = kind.fields(item, Surroundings(self.language, typed))
        self._names[key] = {suffix: self.field_name(key, suffix) for suffix in controls}
        for suffix, control in controls.items():
            control.initial = initial.get(suffix)
            self.fields[self._names[key][suffix]] = control

    def _item(self, key: str) -> Mapping[str, Any]:
        return next(item for item in self.items if item["key"] == key)

    def _field_of(self, pointer: str) -> str | None:
        key, *inside = pointer.split("/")[1:] or [""]
        names = self._names.get(key, {})
        suffix = inside[0] if inside else ""
        return names.get(suffix) or next(iter(names.values()), None)
