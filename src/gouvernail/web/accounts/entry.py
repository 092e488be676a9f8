"""allauth's forms in our words: one label for the address everywhere, and no placeholder that repeats a label."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms

from gouvernail.base.text import T, Text
from gouvernail.web.look.forms import words

LABELS: dict[str, Text] = {
    "login": T("E-mail address"),
    "email": T("E-mail address"),
    "oldpassword": T("Present password"),
    "password": T("Password"),
    "password1": T("New password"),
    "password2": T("New password, once more"),
}


class Worded(forms.Form):
    """A form whose fields carry our labels."""

    labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = words(self.labels[name])


class Login(Worded, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Signing in."""


class Signup(Worded, allauth.SignupForm):  # type: ignore[misc]
    """Opening an account."""

    labels = {**LABELS, "password1": T("Password")}


class AddEmail(Worded, allauth.AddEmailForm):  # type: ignore[misc]
    """One address more."""


class ResetPassword(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Asking for the link that changes the password."""


class ResetPasswordKey(Worded, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """Changing the password by that link."""


class ChangePassword(Worded, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Changing the password while signed in."""


class SetPassword(Worded, allauth.SetPasswordForm):  # type: ignore[misc]
    """A first password."""
