"""The forms of log-in, sign-up and passwords, in our words and without placeholders."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.services.passwords import choose_password, request_password_link


class LogInForm(allauth_forms.LoginForm):
    """E-mail address or phone number, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("E-mail address or phone number"), "username")
        _say(self, "password", _("Password"), "current-password")


class SignUpForm(allauth_forms.SignupForm):
    """A citizen's name, e-mail address and password."""

    field_order = ["full_name", "email", "password1"]
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("E-mail address"), "email")
        _say(self, "password1", _("Password"), "new-password", help_text=_password_hint())

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; where the address has one, take as long and only send a mail."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class RequestPasswordLinkForm(forms.Form):
    """The address that a link for a new password is sent to, if an account has it."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def save(self, request: HttpRequest) -> str:
        """Ask for the link and return the address; known and unknown addresses cost the same."""
        email: str = self.cleaned_data["email"]
        request_password_link(email=email)
        return email


class ChosenPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """A new password for the account behind a mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", _("New password"), "new-password", help_text=_password_hint())
        _say(self, "password2", _("New password again"), "new-password")

    def save(self) -> None:
        """Store the password."""
        choose_password(user=self.user, password=self.cleaned_data["password1"])


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Present password"), "current-password")
        _say(self, "password1", _("New password"), "new-password", help_text=_password_hint())
        _say(self, "password2", _("New password again"), "new-password")


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Password"), "current-password")


def _say(
    form: forms.Form, name: str, label: Any, autocomplete: str, *, help_text: Any = ""
) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = autocomplete


def _password_hint() -> str:
    # The first validator asks for a length; the others speak up when they refuse.
    return password_validators_help_texts()[0]
