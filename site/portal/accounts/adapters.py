"""How allauth's flows work here: what they ask of an account, and what they say."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.permissions import Permission, has_permission
from portal.accounts.models import User
from portal.accounts.phones import e164
from portal.accounts.selectors import user_with_phone

WRONG_LOGIN = _(
    "This did not match. Check the e-mail address or phone number and the password. "
    "After several wrong tries, wait 15 minutes or set a new password."
)
DESK, ADMINISTRATION = "/mot-cua/", "/quan-tri/"


class PhoneField(forms.CharField):
    """A phone number, kept in E.164."""

    def clean(self, value: Any) -> str:
        """Return the number in E.164; raises `ValidationError`."""
        text = super().clean(value)
        return e164(text) if text else ""


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail or phone; every refusal reads the same, whatever its reason."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_LOGIN,
        "phone_password_mismatch": WRONG_LOGIN,
        "username_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "too_many_login_attempts": WRONG_LOGIN,
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the limits on passwords to axes, which also counts what other addresses try."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send officers to their desk, other staff to the administration, citizens home."""
        if has_permission(request.user, Permission.VIEW_DOSSIERS) and not request.user.is_superuser:
            return DESK
        return ADMINISTRATION if request.user.is_staff else super().get_login_redirect_url(request)

    def save_user(
        self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True
    ) -> User:
        """Fill a new citizen's account from the sign-up form."""
        user.full_name = form.cleaned_data.get("full_name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def phone_form_field(self, **options: Any) -> PhoneField:
        """Return the field that checks a phone number."""
        return PhoneField(**options)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return the user with `phone`, in whatever form it was typed."""
        return user_with_phone(phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return the user's phone number as verified: only verified numbers are stored."""
        return (user.phone, True) if user.phone else None


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in through an identity provider; an account is known by issuer and subject alone."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Fill a new account with the name and the address that the provider gives."""
        user: User = sociallogin.user
        parts = (data.get("last_name"), data.get("first_name"))
        user.full_name = data.get("name") or " ".join(part for part in parts if part)
        user.email = (data.get("email") or "").lower() or None
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Two-step log-in; secrets are encrypted with keys derived from the secret key."""

    def get_totp_issuer(self) -> str:
        """Return the name that authenticator apps show."""
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        """Return `text` as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given, also under a former secret key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"portal.accounts.mfa:{secret}".encode()) for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each.digest())) for each in digests])
