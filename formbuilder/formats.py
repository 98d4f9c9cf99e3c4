"""Formats that the data schemas assert of answers as they are stored."""

import re
import unicodedata
from datetime import date
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from jsonschema import FormatChecker

# No value of a format is longer, so a checker never works through a megabyte (N5, F14).
MAX_LENGTH = 300
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_IDENTITY = re.compile(r"(\d{9}|\d{12})", re.ASCII)
_TAX_CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}", re.ASCII)
_NAME_MARKS = frozenset(" '’`.-,()/")

checker = FormatChecker(formats=())


def _short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_LENGTH


@checker.checks("date")
def is_date(value: Any) -> bool:
    """Whether `value` is a day of the calendar as YYYY-MM-DD."""
    if not isinstance(value, str):
        return True
    if not _short(value) or not _ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@checker.checks("date-of-birth")
def is_date_of_birth(value: Any) -> bool:
    """Whether `value` is a day or, as on many papers of old people, only a year."""
    return not isinstance(value, str) or is_date(value) or bool(_YEAR.fullmatch(value[:5]))


@checker.checks("identity-number")
def is_identity_number(value: Any) -> bool:
    """Whether `value` is a number of 12 digits, or of 9 on an old card."""
    return not isinstance(value, str) or bool(_IDENTITY.fullmatch(value))


@checker.checks("tax-code")
def is_tax_code(value: Any) -> bool:
    """Whether `value` is a tax code: 10 digits, 10-3 for a branch, 12 for a household business."""
    return not isinstance(value, str) or bool(_TAX_CODE.fullmatch(value))


@checker.checks("phone")
def is_phone(value: Any) -> bool:
    """Whether `value` is a possible telephone number in E.164."""
    if not isinstance(value, str):
        return True
    if not _short(value) or not value.startswith("+"):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False


@checker.checks("email")
def is_email(value: Any) -> bool:
    """Whether `value` is an address with a domain that has a dot."""
    if not isinstance(value, str):
        return True
    if not _short(value):
        return False
    try:
        validate_email(value)
    except ValidationError:
        return False
    return "." in value.rpartition("@")[2]


@checker.checks("person-name")
def is_person_name(value: Any) -> bool:
    """Whether `value` is written in Latin letters, as in every passport (N2, N4)."""
    if not isinstance(value, str):
        return True
    return (
        len(value) <= MAX_LENGTH
        and any(char.isalpha() for char in value)
        and all(_belongs_to_name(char) for char in value)
    )


def _belongs_to_name(char: str) -> bool:
    if char.isalpha():
        return unicodedata.name(char, "").startswith(("LATIN ", "MODIFIER LETTER"))
    return char in _NAME_MARKS or unicodedata.category(char) == "Mn"
