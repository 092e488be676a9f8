"""What a new account is asked beside address and password. allauth builds its sign-up form on this one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import words


class NameForm(forms.Form):
    """The name that others see. `AccountAdapter.save_user` keeps it."""

    name = forms.CharField(
        label=words(T("Your name")),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do once the account is there."""
