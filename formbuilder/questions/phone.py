"""A telephone number, stored as E.164."""

from typing import Any

import phonenumbers

from formbuilder.questions.base import Item, read_line
from formbuilder.questions.digits import ascii_digits
from formbuilder.questions.formatted import FormattedText

HOME_REGION = "VN"
LONGEST = 40


class Phone(FormattedText):
    """A telephone number as people of the country write it, or with its country code."""

    name = "phone"
    format = "phone"
    attributes = {"inputmode": "tel", "autocomplete": "tel", "short": True}

    def read(self, value: Any) -> str | None:
        """Return the number in E.164, or what was typed when it is no number."""
        line = read_line(value)
        if line is None or len(line) > LONGEST:
            return line
        try:
            number = phonenumbers.parse(ascii_digits(line), HOME_REGION)
        except phonenumbers.NumberParseException:
            return line
        if not phonenumbers.is_possible_number(number):
            return line
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def initial(self, value: Any) -> dict[str, Any]:
        """Show the number as it is written in the country."""
        return {"": written(value)}

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return the number as it is written in the country."""
        return written(value)


def written(value: Any) -> str:
    """Return a stored number in national form, a foreign one with its country code."""
    try:
        number = phonenumbers.parse(str(value)[:LONGEST])
    except phonenumbers.NumberParseException:
        return str(value)
    home = phonenumbers.region_code_for_country_code(number.country_code or 0) == HOME_REGION
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)
