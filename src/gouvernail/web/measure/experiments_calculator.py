"""The page of the calculator: from what is asked to sentences, figures, chart; and what the plan keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.measurement.experiments.design import WEEK, Design
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.plan.model import Experiment
from gouvernail.report import designing, effects
from gouvernail.web.look.charts import ChartView
from gouvernail.web.look.parts import Figure
from gouvernail.web.measure.experiments_charts import power_chart
from gouvernail.web.measure.experiments_forms import DesignForm
from gouvernail.web.measure.experiments_sizing import Sheet, sheet
from gouvernail.web.plans import typed


@dataclass(frozen=True)
class Answer:
    """What the calculator answers, ready to show. `fault` says why it cannot, where a figure is none there can be."""

    sheet: Sheet | None = None
    fault: Text | None = None
    figures: tuple[Figure, ...] = ()
    said: tuple[Text, ...] = ()
    warned: tuple[Text, ...] = ()
    chart: ChartView | None = None
    note: Text | None = None

    @property
    def looks(self) -> tuple[tuple[int, Number, int | None, Number], ...]:
        """The agreed looks: number, people, day, bound in standard errors."""
        agreed = self.sheet.looks if self.sheet else ()
        return tuple((one.number, Number(one.subjects), one.days, Number(one.bound, 2)) for one in agreed)


def answer(form: DesignForm, language: str) -> Answer:
    """Return the answer to a valid form."""
    try:
        found = sheet(form.wanted())
    except UsageError as fault:
        return Answer(fault=fault.message)
    return Answer(
        sheet=found,
        figures=tuple(_figures(found)),
        said=tuple(_said(found, form)),
        warned=tuple(_warned(found)),
        chart=power_chart(found, language),
        note=found.advice,
    )


def _figures(found: Sheet) -> Iterator[Figure]:
    made = found.design
    if made is None:
        return
    arms = made.arms
    alike = len(set(arms)) == 1
    each = T("{n} in each of {arms} variants", n=Number(arms[0]), arms=len(arms))
    parts = T("by variant: {parts}", parts=tuple(Number(one) for one in arms))
    tone: Any = "warn" if found.refusal else "good"
    yield Figure(T("People needed"), Number(made.subjects), sub=each if alike else parts)
    if found.days is not None:
        weeks = found.days // WEEK
        yield Figure(
            T("How long it takes"),
            TN("{n} week", "{n} weeks", weeks),
            sub=T(
                "at {n} people a day; whole weeks, since weekdays differ", n=Number(found.wanted.traffic or 0)
            ),
            tone=tone,
        )
    unit, today, currency = effects.unit_of(made.baseline.kind), made.baseline.value, found.wanted.currency
    low, high = (effects.level(value, unit, currency) for value in (today, today + made.effect))
    yield Figure(
        T("Effect that it finds"), _effect(found, made), sub=T("from {low} to {high}", low=low, high=high)
    )
    yield from _worth(found, made)


def _effect(found: Sheet, made: Design) -> Text:
    if made.uplift is not None:
        return effects.share(made.uplift)
    return effects.effect(made.effect, effects.unit_of(made.baseline.kind), found.wanted.currency)


def _worth(found: Sheet, made: Design) -> Iterator[Figure]:
    stakes, worth = found.designed.stakes, found.designed.worth
    if stakes is None:
        return
    share = found.designed.share(worth)
    if worth and share is not None:
        yield Figure(
            T("Smallest effect worth having"),
            effects.share(share),
            sub=T("it just brings back its cost and the least gain wanted"),
        )
    brought = stakes.money(made.effect) - stakes.cost
    yield Figure(
        T("The effect looked for brings"),
        effects.gain(brought, stakes.currency),
        sub=TN("over {n} day, after cost", "over {n} days, after cost", stakes.days),
        tone="bad" if brought < 0 else "",
    )


def _said(found: Sheet, form: DesignForm) -> Iterator[Text]:
    known = form.level_of_metric
    if known is not None:
        yield T(
            "Today’s value is that of your own figures: {name}, {value} in {period}.",
            name=known.name, value=known.shown, period=known.period,
        )  # fmt: skip
    made = found.design
    if made is None:
        return
    yield T(
        "If the change really brings {effect}, {n} people show it {power} of the time; if it brings nothing, they show one by mistake {alarm} of the time at most.",
        effect=_effect(found, made), n=Number(made.subjects), power=Ratio(found.wanted.power, 0),
        alarm=Ratio(1 - found.wanted.level, 0),
    )  # fmt: skip
    if len(made.arms) > 2:
        yield T(
            "Each variant is compared with the control at a stricter level: several chances to win need it."
        )


def _warned(found: Sheet) -> Iterator[Text]:
    if found.refusal is not None:
        yield found.refusal.reason
    yield from (one for one in designing.notes(found.designed) if one.template != found.advice.template)


def body(form: DesignForm, found: Sheet, given: Mapping[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    """Return what the plan says of the experiment: its size, how it is read, what it is worth. None is taken out."""
    made, wanted = found.design, found.wanted
    start: date | None = given["start"]
    last = start + timedelta(days=found.days - 1) if start and found.days else None
    share = abs(made.uplift) if made is not None and made.uplift is not None else None
    arms = tuple(f"{one:g}" for one in wanted.shares)
    said = {
        "title": given["title"],
        "action": given["action"],
        "hypothesis": given["hypothesis"],
        "variants": list(parts),
        "metric": form.cleaned_data["metric"],
        "outcome": (wanted.kind or Kind.proportion).value,
        "reading": wanted.method.value,
        "looks": wanted.looks if wanted.method is Method.group_sequential else None,
        "confidence": _number(wanted.level),
        "power": _number(wanted.power),
        "smallest_effect": _number(share) if share is not None and share <= 1 else None,
        "baseline": _number(wanted.baseline),
        "deviation": _number(wanted.deviation),
        "allocation": list(arms) if len(set(arms)) > 1 or len(arms) > 2 else None,
        "subjects": made.subjects if made else None,
        "subjects_a_day": _number(wanted.traffic),
        "value_of_one": _number(wanted.value),
        "cost": _number(wanted.cost or None),
        "least_gain": _number(wanted.least or None),
        "horizon_days": wanted.horizon_days if wanted.value is not None else None,
        "horizon_subjects": round(wanted.horizon_subjects) if wanted.horizon_subjects else None,
        "start": start.isoformat() if start else None,
        "end": last.isoformat() if last else None,
    }
    return {name: None if value in ("", []) else value for name, value in said.items()}


def filled(one: Experiment, language: str) -> dict[str, str]:
    """Return what the form says of an experiment that the plan has already."""

    def number(value: Any) -> str:
        return "" if value is None else typed.number(value, language)

    def share(value: Any) -> str:
        return "" if value is None else typed.percent(value, language)

    rate = one.outcome is None or one.outcome.value == Kind.proportion.value
    said = {
        "kind": one.outcome.value if one.outcome else "",
        "metric": one.metric or "",
        "baseline": share(one.baseline) if rate else number(one.baseline),
        "deviation": number(one.deviation),
        "uplift": share(one.smallest_effect),
        "value": number(one.value_of_one),
        "cost": number(one.cost),
        "least": number(one.least_gain),
        "horizon": str(one.horizon_days or ""),
        "people": str(one.horizon_subjects or ""),
        "traffic": number(one.subjects_a_day),
        "reading": one.reading.value if one.reading else "",
        "looks": str(one.looks or ""),
        "arms": "/".join(f"{share:f}" for share in one.allocation)
        or "/".join(["1"] * len(one.variants) if len(one.variants) > 2 else []),
        "power": f"{float(one.power):g}" if one.power is not None else "",
        "level": f"{float(one.confidence):g}" if one.confidence is not None else "",
    }
    return {name: value for name, value in said.items() if value}


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.12g}"
