"""What is wrong at a place of a document, in plain words."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _
from jsonschema import ValidationError

Document = Mapping[str, Any]
WORDS: Mapping[str, Callable[[ValidationError], str]] = {
    "minLength": lambda error: _("This is empty: fill it in."),
    "maxLength": lambda error: (
        _("This is too long: at most %d characters.") % error.validator_value
    ),
    "type": lambda error: (
        _("This is empty: fill it in.")
        if error.instance in (None, "")
        else _("“%s” does not belong here.") % _short(error.instance)
    ),
    "enum": lambda error: _("“%s” is not one of the choices.") % _short(error.instance),
    "const": lambda error: _("“%s” does not belong here.") % _short(error.instance),
    "pattern": lambda error: _("“%s” is not written as it must be.") % _short(error.instance),
    "format": lambda error: _("“%s” is not a day.") % _short(error.instance),
    "minimum": lambda error: _("This is too small: at least %s.") % error.validator_value,
    "maximum": lambda error: _("This is too large: at most %s.") % error.validator_value,
    "uniqueItems": lambda error: _("The same entry stands here more than once."),
    "required": lambda error: _("Something is missing: %s.") % _missing(error),
    "additionalProperties": lambda error: _("Something does not belong here: %s.") % _extra(error),
}


def problem_in_words(error: ValidationError) -> str:
    """Return what `error` says, in the language of the reader."""
    return WORDS[str(error.validator)](error)


def _missing(error: ValidationError) -> str:
    wanted = cast("list[str]", error.validator_value)
    return ", ".join(name for name in wanted if name not in cast("Document", error.instance))


def _extra(error: ValidationError) -> str:
    known = cast("Document", error.schema)["properties"]
    return ", ".join(name for name in cast("Document", error.instance) if name not in known)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
