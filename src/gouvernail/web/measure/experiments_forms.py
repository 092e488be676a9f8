"""Forms of the experiments: what the calculator asks, what goes into the plan, what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.wanted import Wanted
from gouvernail.measurement.experiments.design import WEEK
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.plan.model import Plan
from gouvernail.web.look.forms import choose, words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure.experiments_levels import Level
from gouvernail.web.measure.experiments_sizing import turned
from gouvernail.web.plans import typed
from gouvernail.web.plans.fields import Field, Shape
from gouvernail.web.rhythm.forms import day_field

KINDS: Mapping[Kind, Text] = {
    Kind.proportion: T("A rate: how many of a hundred people do it"),
    Kind.mean: T("An amount per person"),
    Kind.ratio: T("A ratio, as orders per visit"),
}
METHODS: Mapping[Method, Text] = {
    Method.fixed: T("Once, at the end"),
    Method.group_sequential: T("At looks agreed beforehand"),
    Method.always_valid: T("At any time, as often as one likes"),
    Method.bayesian: T("As a belief that grows (Bayesian)"),
}
_ARMS = re.compile(r"\s*[/:;|]\s*")
_LONGEST = 60


class Figure(forms.CharField):
    """A number as people type it: 12 500, 4,5 or 25 %; a share is read as one."""

    def __init__(
        self, label: Text, *, share: bool = False, help_text: Text | None = None, **more: Any
    ) -> None:
        self.share = share
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        said = words(help_text) if help_text else ""
        super().__init__(
            label=words(label), help_text=said, widget=widget, max_length=40, required=False, **more
        )

    def clean(self, value: Any) -> Any:
        """Return the number, None for nothing."""
        said = super().clean(value)
        shape = Shape.share if self.share else Shape.number
        try:
            found = typed.parse(Field("value", shape, T(""), T("")), said)
        except UsageError as fault:
            raise forms.ValidationError(fault.message.render(language())) from None
        return None if found is None else float(found)


class DesignForm(forms.Form):
    """What the calculator asks. Everything but what is compared may be left empty at first."""

    kind = forms.ChoiceField(
        label=words(T("What is compared")), choices=[(one.value, words(said)) for one, said in KINDS.items()]
    )
    metric = forms.ChoiceField(label=words(T("Indicator")), required=False)
    baseline = Figure(T("Its value today"), help_text=T("A rate as 2.4%, an amount as 18.50."))
    deviation = Figure(
        T("How far single people are from it"),
        help_text=T(
            "The standard deviation over people, zeros included: STDEV in a spreadsheet. Where few buy: about the average order × the square root of the share who buy."
        ),
    )
    uplift = Figure(
        T("Smallest effect worth finding"),
        share=True,
        help_text=T(
            "As a share of today’s value: at 2.4% today, 5% means 0.12 point more. Empty: it follows from the money."
        ),
    )
    value = Figure(
        T("Money that one more brings"),
        help_text=T("Margin of one more conversion; 1 where the amount is money already."),
    )
    cost = Figure(T("What the change costs"), help_text=T("To make it and to keep it over the horizon."))
    least = Figure(T("Least gain wanted"), help_text=T("After cost; under it nobody would bother."))
    horizon = forms.IntegerField(
        label=words(T("Over how many days")), min_value=1, max_value=36_500, required=False
    )
    people = Figure(
        T("People who would meet the change by then"), help_text=T("Empty: those of each day, every day.")
    )
    traffic = Figure(T("People a day in the test"), help_text=T("Over all variants together."))
    reading = forms.ChoiceField(
        label=words(T("When it is read")), choices=[(one.value, words(said)) for one, said in METHODS.items()]
    )
    looks = forms.IntegerField(label=words(T("Agreed looks")), min_value=2, max_value=50, required=False)
    arms = forms.CharField(
        label=words(T("How people are shared out")),
        required=False,
        max_length=80,
        help_text=words(T("The control first: 50/50, or 34/33/33 for two variants.")),
    )
    power = forms.ChoiceField(label=words(T("Chance of finding it")), required=False)
    level = forms.ChoiceField(label=words(T("Confidence")), required=False)
    weeks = forms.IntegerField(label=words(T("Weeks at most")), min_value=1, max_value=520, required=False)

    DEFAULTS: Mapping[str, str] = {
        "kind": "proportion",
        "horizon": "365",
        "reading": "fixed",
        "looks": "5",
        "arms": "50/50",
        "power": "0.8",
        "level": "0.95",
        "weeks": "12",
    }

    def __init__(self, *args: Any, levels: Iterable[Level] = (), currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels, self.currency = {one.id: one for one in levels}, currency
        none = ("", words(T("None: I give its value")))
        choose(self.fields["metric"], [none, *((one.id, words(one.label)) for one in self.levels.values())])
        for name, shares in (("power", (0.7, 0.8, 0.9, 0.95)), ("level", (0.9, 0.95, 0.99))):
            choose(
                self.fields[name], [(str(one), words(T("{share}", share=Ratio(one, 0)))) for one in shares]
            )

    @property
    def level_of_metric(self) -> Level | None:
        """What the organisation's own figures say of the indicator chosen, where they are used."""
        given = self.cleaned_data
        return self.levels.get(given.get("metric") or "") if given.get("baseline") is None else None

    def clean_arms(self) -> tuple[float, ...]:
        """Return the shares of the arms."""
        said = (self.cleaned_data["arms"] or self.DEFAULTS["arms"]).replace("%", "")
        try:
            return tuple(float(part.replace(",", ".")) for part in _ARMS.split(said.strip()))
        except ValueError:
            raise forms.ValidationError(
                words(T("Write the shares with strokes between them, such as 50/50 or 34/33/33."))
            ) from None

    def clean(self) -> dict[str, Any]:
        """Say what lacks: nothing can be sized without a level, nor an amount without its spread."""
        given = super().clean() or {}
        if self.errors:
            return given
        known = self.level_of_metric
        if known is not None and known.kind.value != given["kind"]:
            self.add_error(
                "metric", words(T("{name} is {kind}: compare that.", name=known.name, kind=known.said))
            )
        elif given["baseline"] is None and known is None:
            self.add_error("baseline", words(T("Say what it is today, or choose an indicator.")))
        if given["kind"] != Kind.proportion.value and given["deviation"] is None:
            self.add_error(
                "deviation", words(T("Without the spread nobody knows how much of a difference is chance."))
            )
        return given

    def wanted(self) -> Wanted:
        """Return what a valid form asks."""
        given, known = self.cleaned_data, self.level_of_metric
        kind = Kind(given["kind"])
        return turned(
            Wanted(
                baseline=known.value if known else given["baseline"],
                deviation=None if kind is Kind.proportion else given["deviation"],
                kind=kind,
                uplift=given["uplift"],
                traffic=given["traffic"],
                most_days=WEEK * (given["weeks"] or int(self.DEFAULTS["weeks"])),
                power=float(given["power"] or self.DEFAULTS["power"]),
                level=float(given["level"] or self.DEFAULTS["level"]),
                shares=given["arms"],
                method=Method(given["reading"]),
                looks=given["looks"] or int(self.DEFAULTS["looks"]),
                value=given["value"],
                horizon_days=given["horizon"] or int(self.DEFAULTS["horizon"]),
                horizon_subjects=given["people"],
                cost=given["cost"] or 0.0,
                least=given["least"] or 0.0,
                currency=self.currency,
            )
        )


class KeepForm(forms.Form):
    """What the plan says of an experiment besides its size."""

    title = forms.CharField(label=words(T("What is tried")), max_length=200, strip=True)
    action = forms.ChoiceField(label=words(T("Action that it tests")), required=False)
    hypothesis = forms.CharField(
        label=words(T("What you expect, and why")),
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    variants = forms.CharField(
        label=words(T("Variants, the control first")), required=False, max_length=400, strip=True
    )
    start = day_field(words(T("First day")))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self.fields["action"],
            [("", words(T("No action of the plan"))), *((one.id, one.name) for one in plan.actions)],
        )


class DecideForm(forms.Form):
    """What is done with the answer of an experiment."""

    choice = forms.ChoiceField(label=words(T("What is done")), widget=forms.RadioSelect)
    decided = day_field(words(T("Decided on")), required=True)
    reason = forms.CharField(
        label=words(T("Why")),
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=words(T("Who reads it in a year understands why.")),
    )
    applied = forms.BooleanField(label=words(T("It is applied already")), required=False)

    def __init__(self, *args: Any, variants: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = [(f"adopt:{one}", words(T("Adopt “{variant}”", variant=one))) for one in variants]
        choose(self.fields["choice"], [*adopted, ("keep", words(T("Keep the control")))])
