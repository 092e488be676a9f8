"""The form of a new token."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from gouvernail.base.text import T
from gouvernail.web.look.forms import words

DAYS = (
    ("30", words(T("In 30 days"))),
    ("90", words(T("In 90 days"))),
    ("365", words(T("In a year"))),
    ("0", words(T("Never"))),
)


class TokenForm(forms.Form):
    """Name, scope, expiry."""

    name = forms.CharField(
        label=words(T("Name")), max_length=80, help_text=words(T("What it is for, such as “Nightly export”."))
    )
    scope = forms.ChoiceField(
        label=words(T("Scope")),
        choices=[
            ("read", words(T("Read only"))),
            ("write", words(T("Read and write, as far as your role allows"))),
        ],
        initial="read",
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(label=words(T("Expires")), choices=DAYS, initial="90")

    @property
    def expires(self) -> datetime | None:
        """When it stops working."""
        days = int(self.cleaned_data["days"])
        return timezone.now() + timedelta(days=days) if days else None
