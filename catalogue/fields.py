"""Model fields of the catalogue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalogue.text import normalise


class PartsField(StreamField):
    """A StreamField whose block definitions stay out of the migrations.

    Stock StreamFields write their whole block tree into every migration; the shape of ours is
    held by the document's schema instead.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field with an empty block list."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class LinesField(models.TextField):
    """Several short entries, one per line."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Edit the entries in a text area."""
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        return super().formfield(**kwargs)


def lines_of(text: str) -> list[str]:
    """Return the entries of a `LinesField` value, in order, without empty ones."""
    return [line for line in map(normalise, text.splitlines()) if line]


class ChoiceListField(models.JSONField):
    """Several values out of a closed list, stored as a JSON array in the list's order."""

    def __init__(self, *args: Any, values: Any = (), **kwargs: Any) -> None:
        self.values = list(values)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the list of values out of the migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), dict(kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Edit the values as check boxes."""
        return forms.MultipleChoiceField(
            label=kwargs.get("label") or str(self.verbose_name).capitalize(),
            choices=self.values,
            required=not self.blank,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
            initial=self.default,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse a value outside the list."""
        super().validate(value, model_instance)
        known = {key for key, _label in self.values}
        for entry in value:
            if entry not in known:
                raise ValidationError(
                    _("“%(entry)s” is not one of the choices."), params={"entry": entry}
                )
