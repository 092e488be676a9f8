"""Forms of the geo tests: what is asked before one, and of one that is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.bearing.geo_data import Offer
from gouvernail.bearing.geo_tested import knowing
from gouvernail.plan.model import Experiment
from gouvernail.web.look.forms import choose, words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure.experiments_forms import Figure
from gouvernail.web.measure.geo import Options
from gouvernail.web.rhythm.forms import day_field

LENGTHS = (14, 21, 28, 42, 56)
NUMBERS = (1, 2, 3, 4, 6, 8, 10)
MOST = 500
"""Markets offered in a list."""


class PanelForm(forms.Form):
    """What both pages ask: of which figures, and what one of them is worth."""

    panel = forms.ChoiceField(label=words(T("Figures")))
    one = Figure(
        T("What one is worth"),
        help_text=T("Money for one order, one lead; empty where the figures are money."),
    )
    margin = Figure(T("Margin"), share=True, help_text=T("What is left of a sale; all of it where empty."))
    left_out = forms.MultipleChoiceField(
        label=words(T("Leave out of the comparison")),
        required=False,
        help_text=words(T("Neighbours that the action spills over to.")),
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.BooleanField(
        label=words(T("Add days up to weeks")),
        required=False,
        help_text=words(T("For markets that sell little on a day.")),
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {one.id: one for one in offers}
        said = language()
        choose(self.fields["panel"], [(one.id, format_value(one.name, said)) for one in offers])
        self.offer = self.offers.get(str(self.data.get("panel", ""))) or offers[0]
        markets = [(name, name) for name in self.offer.markets[:MOST]]
        for name in ("left_out", "treated"):
            if name in self.fields:
                choose(self.fields[name], markets)

    def clean_margin(self) -> float | None:
        """Return the margin, a share above nought."""
        found: float | None = self.cleaned_data["margin"]
        if found is not None and not 0 < found <= 1:
            raise forms.ValidationError(words(T("The margin is more than 0 and at most 100%.")))
        return found

    def clean_one(self) -> float | None:
        """Return what one is worth, above nought."""
        return self._more("one")

    def _more(self, name: str, *, nought: bool = False) -> float | None:
        found: float | None = self.cleaned_data[name]
        if found is not None and (found < 0 or (found == 0 and not nought)):
            raise forms.ValidationError(words(T("Give an amount above 0.")))
        return found


class ChooseForm(PanelForm):
    """What a test is to find, and what it may use."""

    days = forms.MultipleChoiceField(
        label=words(T("Days that it may last")),
        choices=[(str(one), str(one)) for one in LENGTHS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counts = forms.MultipleChoiceField(
        label=words(T("Markets to treat")),
        choices=[(str(one), str(one)) for one in NUMBERS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    budget = Figure(
        T("What the action costs"), help_text=T("Over the test: the effect that pays it is then to be found.")
    )
    effect = Figure(
        T("Effect to be found"), share=True, help_text=T("As 5%; empty: the smallest that shows is told.")
    )
    FIRST = ("panel", "days", "counts")
    WORTH = ("budget", "effect", "one", "margin")
    MORE = ("left_out", "weeks")

    def clean_budget(self) -> float | None:
        """Return the budget, above nought."""
        return self._more("budget")

    def clean_effect(self) -> float | None:
        """Return the effect, above nought."""
        found = self._more("effect")
        if found is not None and found > 3:
            raise forms.ValidationError(words(T("Give an effect of at most 300%.")))
        return found

    def options(self) -> Options:
        """Return what is asked."""
        given = self.cleaned_data
        return Options(
            panel=given["panel"],
            left_out=tuple(given["left_out"]),
            days=tuple(int(one) for one in given["days"]),
            counts=tuple(int(one) for one in given["counts"]),
            weeks=given["weeks"],
            **{name: given[name] for name in self.WORTH},
        )


class ReadForm(PanelForm):
    """Which markets had the action, when, and what it cost."""

    treated = forms.MultipleChoiceField(
        label=words(T("Markets with the action")), widget=forms.CheckboxSelectMultiple
    )
    start = day_field(words(T("First day of the test")), required=True)
    end = day_field(words(T("Last day")), required=True)
    since = day_field(
        words(T("Compare from")),
        help_text=words(T("First day to compare with; the first of the figures where empty.")),
    )
    spend = Figure(T("Spent there"), help_text=T("In those markets over the test, beyond the usual."))
    cost = Figure(T("Other costs"), help_text=T("Making it, extra work."))
    FIRST = ("panel", "treated", "start", "end")
    WORTH = ("spend", "cost", "one", "margin")
    MORE = ("since", "left_out", "weeks")

    def clean_spend(self) -> float | None:
        """Return what was spent, nought or more."""
        return self._more("spend", nought=True)

    def clean_cost(self) -> float | None:
        """Return other costs, nought or more."""
        return self._more("cost", nought=True)

    def options(self) -> Options:
        """Return what is asked."""
        given = self.cleaned_data
        return Options(
            panel=given["panel"],
            treated=tuple(given["treated"]),
            left_out=tuple(given["left_out"]),
            start=given["start"].isoformat(),
            end=given["end"].isoformat(),
            since=given["since"].isoformat() if given["since"] else "",
            weeks=given["weeks"],
            **{name: given[name] for name in self.WORTH},
        )


def of_experiment(one: Experiment, offers: Sequence[Offer]) -> Mapping[str, Any]:
    """Return what the plan says of a test, as the form of reading holds it; the first figures that know its markets."""
    wanted = {name.casefold() for name in one.markets}
    offer = knowing(one.markets, offers) or offers[0]
    return {
        "panel": offer.id,
        "treated": [name for name in offer.markets if name.casefold() in wanted],
        "start": one.start.isoformat() if one.start else "",
        "end": one.end.isoformat() if one.end else "",
        "spend": "" if one.spend is None else f"{one.spend:f}",
        "one": "" if one.value_of_one is None else f"{one.value_of_one:f}",
        "cost": "" if one.cost is None else f"{one.cost:f}",
    }
