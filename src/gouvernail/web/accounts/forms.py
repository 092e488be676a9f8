"""What somebody may change about themselves."""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django import forms

from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import LongSelect, choose, words


class AccountForm(forms.ModelForm[User]):
    """Name, language, time zone, appearance, and whether to be written to."""

    name = forms.CharField(label=words(T("Your name")), max_length=120)
    language = forms.ChoiceField(
        label=words(T("Language")),
        choices=[("", words(T("As my browser asks"))), ("fr", "Français"), ("en", "English")],
        required=False,
    )
    time_zone = forms.ChoiceField(
        label=words(T("Time zone")),
        help_text=words(T("Days and hours are shown in this time zone.")),
        widget=LongSelect,
    )
    theme = forms.ChoiceField(
        label=words(T("Appearance")),
        choices=[
            ("auto", words(T("As my system"))),
            ("light", words(T("Light"))),
            ("dark", words(T("Dark"))),
        ],
    )
    mails = forms.BooleanField(
        label=words(T("Write to me when something waits for me")),
        help_text=words(
            T("An e-mail when somebody calls you in a comment, or gives you a finding or a decision.")
        ),
        required=False,
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "language", "time_zone", "theme", "mails"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(name for name in zoneinfo.available_timezones() if "/" in name and "Etc" not in name)
        choose(self.fields["time_zone"], [(name, name.replace("_", " ")) for name in ["UTC", *zones]])
