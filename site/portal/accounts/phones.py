"""Phone numbers as the product keeps them: E.164, such as +84912345678."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DEFAULT_REGION = "VN"


def e164(text: str) -> str:
    """Return the phone number that a person typed as `text` in E.164.

    Without a country code it is a Vietnamese number. Raises `ValidationError`.
    """
    try:
        number = phonenumbers.parse(text, DEFAULT_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Enter a phone number, for example 0912 345 678.")) from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("Enter a phone number, for example 0912 345 678."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
