"""The form of the first start."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.setup import code


class SetupForm(forms.Form):
    """Code, owner and organisation."""

    code = forms.CharField(
        label=words(T("Code")),
        max_length=40,
        help_text=words(T("The terminal in which the site was started shows it.")),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )
    organisation = forms.CharField(
        label=words(T("Organisation")),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=words(T("Your name")), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=words(T("E-mail address")), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=words(T("Password")),
        help_text=words(T("Ten characters or more; a few words in a row are easy to remember.")),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_code(self) -> str:
        """Refuse any other code."""
        given: str = self.cleaned_data["code"]
        if not code.fits(given):
            raise ValidationError(T("This is not the code that the terminal shows.").render(language()))
        return given

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easily guessed; the owner's own name and address count."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("password"):
            try:
                validate_password(
                    data["password"], User(email=data.get("email", ""), name=data.get("name", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return data
