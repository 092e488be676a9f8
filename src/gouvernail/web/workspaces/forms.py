"""Forms of the organisation: making one, inviting, roles, its facts."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Market, Plan
from gouvernail.web.look.forms import LongSelect, choose, words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.making import RESERVED
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from gouvernail.web.workspaces.words import ROLES

LANGUAGES = [("fr", "Français"), ("en", "English")]
MARKETS = [
    ("", words(T("Not said"))),
    (Market.b2b.value, words(T("Businesses (B2B)"))),
    (Market.b2c.value, words(T("Consumers (B2C)"))),
    (Market.both.value, words(T("Both"))),
]


@cache
def zones() -> list[tuple[str, str]]:
    """Return the time zones on offer."""
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and "Etc" not in name)
    return [(name, name.replace("_", " ")) for name in ["UTC", *names]]


def role_choices() -> list[tuple[str, str]]:
    """Return the roles with what they mean."""
    return [(role, _named(name, meaning)) for role, (name, meaning) in ROLES.items()]


def _named(name: Text, meaning: Text) -> SafeString:
    return format_html(
        '<strong>{}</strong> <span class="choice-note">{}</span>',
        name.render(language()),
        meaning.render(language()),
    )


class CurrencyField(forms.CharField):
    """Three letters of ISO 4217, in capitals."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"maxlength": 3, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=3, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """Refuse what is no currency."""
        code = str(super().clean(value)).strip().upper()
        if code and code not in list_currencies():
            raise ValidationError(
                T("“{code}” is no currency. Write three letters such as CHF or EUR.", code=code).render(
                    language()
                )
            )
        return code


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(
        label=words(T("Name")), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    slug = forms.SlugField(
        label=words(T("Address")),
        max_length=60,
        required=False,
        help_text=words(
            T(
                "Stands in every address, as in /o/acme/. Made from the name where you leave it empty; it does not change later."
            )
        ),
    )
    language = forms.ChoiceField(
        label=words(T("Language")),
        choices=LANGUAGES,
        help_text=words(T("Of the plan and of the mails. Each person reads in their own.")),
    )
    currency = CurrencyField(
        label=words(T("Currency")),
        initial="CHF",
        help_text=words(T("In which the plan counts, such as CHF or EUR.")),
    )
    time_zone = forms.ChoiceField(
        label=words(T("Time zone")), choices=zones, initial="Europe/Zurich", widget=LongSelect
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken."""
        slug: str = self.cleaned_data["slug"].casefold()
        if slug and (slug in RESERVED or Workspace.objects.filter(slug=slug).exists()):
            raise ValidationError(T("This address is taken. Choose another one.").render(language()))
        return slug


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=words(T("E-mail address")), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=words(T("Role")), choices=role_choices, initial=Role.reader, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=words(T("Language of the mail")),
        choices=LANGUAGES,
        help_text=words(T("Somebody who has an account is written to in their own.")),
    )


class PlaceForm(forms.Form):
    """Somebody's role, and who they are in the plan."""

    role = forms.ChoiceField(label=words(T("Role")), choices=role_choices, widget=forms.RadioSelect)
    person = forms.ChoiceField(
        label=words(T("In the plan")),
        required=False,
        help_text=words(
            T("Links the account with a person of the plan, so that “what I owe” finds what is theirs.")
        ),
    )

    def __init__(self, place: Membership, plan: Plan, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": place.role, "person": place.person})
        super().__init__(*args, **kwargs)
        people = [("", words(T("Nobody of the plan"))), *((one.id, one.name) for one in plan.people)]
        if place.person and place.person not in dict(people):
            people.append((place.person, place.person))
        choose(self.fields["person"], people)


class FactsForm(forms.Form):
    """The facts of the organisation, as the plan holds them."""

    name = forms.CharField(label=words(T("Name")), max_length=120)
    language = forms.ChoiceField(label=words(T("Language")), choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=words(T("Time zone")), choices=zones, widget=LongSelect)
    currency = CurrencyField(
        label=words(T("Currency")),
        help_text=words(T("In which the plan counts. Amounts already written are not converted.")),
    )
    budget = forms.DecimalField(
        label=words(T("Marketing money for a year")),
        required=False,
        min_value=0,
        max_digits=20,
        decimal_places=2,
    )
    country = forms.RegexField(
        "^[A-Za-z]{2}$",
        label=words(T("Country")),
        required=False,
        help_text=words(T("Two letters, such as CH or FR. Benchmarks of the country are preferred.")),
    )
    market = forms.ChoiceField(label=words(T("Market")), choices=MARKETS, required=False)
    industry = forms.CharField(
        label=words(T("Industry")),
        required=False,
        max_length=120,
        help_text=words(T("In your own words; benchmarks are chosen by it.")),
    )
    employees = forms.IntegerField(
        label=words(T("Employees")), required=False, min_value=0, max_value=10_000_000
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_country(self) -> str:
        """Write the country in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def body(self) -> dict[str, Any]:
        """Return the facts in the plan's short form."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "base"}
        return {
            key: str(value) if key == "budget" else value
            for key, value in data.items()
            if value not in ("", None)
        }


class RateForm(forms.Form):
    """What one unit of another currency was worth from a day on."""

    currency = CurrencyField(label=words(T("Currency")))
    day = forms.DateField(
        label=words(T("From")), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rate = forms.DecimalField(label=words(T("Rate")), min_value=0, max_digits=20, decimal_places=8)

    def clean_rate(self) -> Any:
        """Refuse a rate of nothing."""
        rate = self.cleaned_data["rate"]
        if not rate:
            raise ValidationError(T("A rate is more than zero.").render(language()))
        return rate


RateSet = forms.formset_factory(RateForm, extra=2, can_delete=True, can_delete_extra=False, max_num=200)
