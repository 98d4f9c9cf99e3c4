"""Finding the account behind what a person types."""

from django.core.exceptions import ValidationError

from portal.accounts.models import User
from portal.accounts.phones import e164


def user_with_phone(text: str) -> User | None:
    """Return the user whose phone number was typed as `text`, or None."""
    try:
        return User.objects.filter(phone=e164(text)).first()
    except ValidationError:
        return None


def user_with_login(text: str) -> User | None:
    """Return the user whose e-mail address or phone number was typed as `text`, or None."""
    login = text.strip()
    return User.objects.filter(email=login.lower()).first() or user_with_phone(login)
