"""Forms of the rhythm. Labels are put into words when they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from gouvernail.base.text import T
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import choose, words
from gouvernail.web.rhythm.people import Member


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, which the browser offers a calendar for."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class AssignForm(forms.Form):
    """Who puts a finding right, by when."""

    assignee = forms.ChoiceField(label=words(T("Who puts it right")), required=False)
    due = day_field(words(T("By which day")))

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.user.pk): one.user for one in people}
        named = [(str(one.user.pk), one.name) for one in people]
        choose(self.fields["assignee"], [("", words(T("Nobody yet"))), *named])

    def clean_assignee(self) -> User | None:
        """Return the person chosen, None for nobody."""
        return self._people.get(self.cleaned_data["assignee"])


class AsideForm(forms.Form):
    """Why a finding is set aside."""

    reason = forms.CharField(
        label=words(T("Why does it not hold here?")),
        min_length=3,
        max_length=500,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=words(T("The reason stands in the plan and is shown wherever findings are.")),
    )


class CommentForm(forms.Form):
    """A remark."""

    text = forms.CharField(label=words(T("Your comment")), max_length=5000, strip=True, widget=forms.Textarea)


class MeForm(forms.Form):
    """Which person of the plan somebody is."""

    person = forms.ChoiceField(label=words(T("I am …")), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self.fields["person"],
            [("", words(T("Nobody of the plan"))), *((one.id, one.name) for one in plan.people)],
        )


def owners(plan: Plan) -> list[tuple[str, str]]:
    """Return who can own something: people first, then teams."""
    return [(one.id, one.name) for one in (*plan.people, *plan.teams)]


class DecisionForm(forms.Form):
    """A decision: what, who, by when, about what."""

    title = forms.CharField(
        label=words(T("What was decided")),
        max_length=200,
        strip=True,
        help_text=words(T("One sentence that somebody who was not there understands.")),
    )
    owner = forms.ChoiceField(label=words(T("Who sees to it")), required=False)
    due = day_field(
        words(T("By which day")),
        help_text=words(T("It comes back in every agenda from that day on, until it is done.")),
    )
    about = forms.MultipleChoiceField(label=words(T("About")), required=False)
    text = forms.CharField(
        label=words(T("Why, and on what terms")),
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["owner"], [("", words(T("Nobody yet"))), *owners(plan)])
        choose(
            self.fields["about"],
            [
                (words(T("Objectives")), [(one.id, one.name) for one in plan.objectives]),
                (words(T("Actions")), [(one.id, one.name) for one in plan.actions]),
            ],
        )


class DoneForm(forms.Form):
    """A decision is done, and what came of it."""

    done = day_field(words(T("Done on")), required=True)
    follow_up = forms.CharField(
        label=words(T("What came of it")),
        required=False,
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=words(T("What changed because of it: the next similar decision is taken better.")),
    )


class PostponeForm(forms.Form):
    """A decision gets another day, and why."""

    due = day_field(words(T("New day")), required=True)
    why = forms.CharField(label=words(T("Why later")), max_length=300, strip=True)


class EvaluationForm(forms.Form):
    """The numbers of an objective on a day, and how sure the team is."""

    date = day_field(words(T("Day")), required=True)
    value = forms.CharField(
        label=words(T("Value reached")),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    confidence = forms.TypedChoiceField(
        label=words(T("How sure are you of arriving?")),
        required=False,
        coerce=str,
        widget=forms.RadioSelect,
        choices=[
            ("0.1", words(T("Hardly"))),
            ("0.3", words(T("Rather not"))),
            ("0.5", words(T("One chance in two"))),
            ("0.7", words(T("Rather yes"))),
            ("0.9", words(T("Nearly certain"))),
        ],
    )
    note = forms.CharField(
        label=words(T("What it means")),
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=words(T("What moved, why, and what follows from it.")),
    )

    def __init__(self, *args: Any, ratio: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ratio:
            self.fields["value"].help_text = words(T("A share: write 25% or 0.25."))

    def clean_value(self) -> Decimal | None:
        """Return the number as people write it: 12 500, 12’500.50, 4,5 or 25 %."""
        said = re.sub(r"[\s\u00a0\u202f'’]", "", self.cleaned_data["value"])
        share, said = said.endswith("%"), said.rstrip("%")
        if "," in said and "." in said:
            # The last of the two is the decimal mark.
            said = said.replace("," if said.rfind(".") > said.rfind(",") else ".", "")
        try:
            number = Decimal(said.replace(",", ".")) if said else None
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and (not number.is_finite() or abs(number) >= Decimal(10) ** 18):
            raise forms.ValidationError(words(T("This is not a number.")))
        return number / 100 if number is not None and share else number

    def clean(self) -> dict[str, Any]:
        """Refuse an evaluation that says nothing."""
        given = super().clean() or {}
        if (
            not self.errors
            and given.get("value") is None
            and not given.get("note")
            and not given.get("confidence")
        ):
            raise forms.ValidationError(
                words(T("Say at least one thing: the value, how sure you are, or what it means."))
            )
        return given


class ReviewForm(forms.Form):
    """Whether an objective is still right."""

    date = day_field(words(T("Day")), required=True)
    verdict = forms.ChoiceField(
        label=words(T("Is it still the right objective?")),
        widget=forms.RadioSelect,
        choices=[
            ("keep", words(T("Yes: we keep it as it is"))),
            ("change", words(T("Yes, but not so: we change it"))),
            ("drop", words(T("No: we drop it"))),
        ],
    )
    note = forms.CharField(
        label=words(T("Why")),
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=words(T("What changed outside or inside since it was set.")),
    )


class MinutesForm(forms.Form):
    """Who was there, and what was said."""

    present = forms.CharField(label=words(T("Who is there")), required=False, max_length=500, strip=True)
    notes = forms.CharField(
        label=words(T("Notes")),
        required=False,
        max_length=20000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    was = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"id": "minutes-was"})
    )
    """What the writer had before them (`minutes.mark`): who wrote meanwhile is not written over."""
