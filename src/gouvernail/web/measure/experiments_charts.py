"""Charts of experiments: the chance of seeing an effect by weeks, and what each look said."""

from __future__ import annotations

import math
from typing import Any

from gouvernail.base.outcome import Estimate
from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.experiment_figures import Look
from gouvernail.bearing.experiments import Trial
from gouvernail.measurement.experiments.design import WEEK
from gouvernail.measurement.experiments.plan import Method
from gouvernail.report import effects
from gouvernail.web.cockpit.charts.course import axis_format
from gouvernail.web.look.charts import ACCENT, LINE, MUTED, ChartView, band
from gouvernail.web.measure.experiments_sizing import Sheet, Step
from gouvernail.web.measure.experiments_telling import Saying

FEWEST = 2
"""Days under which there is no way to draw."""
TICKS = 5
"""Steps of a scale, about."""
SHARE = 3
"""Digits of a share on a chart's own data."""


def power_chart(sheet: Sheet, language: str) -> ChartView | None:
    """Return how the chance of seeing the effect grows; None where nothing could be sized."""
    if not sheet.steps or sheet.design is None:
        return None
    by_weeks = sheet.steps[0].days is not None
    points = [[_place(one, by_weeks=by_weeks), round(one.power, SHARE)] for one in sheet.steps]
    wanted = sheet.wanted.power
    axis = T("Weeks") if by_weeks else T("People")
    return ChartView(
        id="power",
        title=T(
            "Chance of seeing an effect of {uplift}, by time",
            uplift=effects.share(sheet.design.uplift or 0.0),
        )
        if by_weeks
        else T("Chance of seeing the effect, by number of people"),
        lead=T("The broken line is the chance wanted: {share}.", share=Ratio(wanted, 0)),
        option=_option(points, wanted, format_value(axis, language), by_weeks=by_weeks),
        headings=_headings(sheet, by_weeks=by_weeks),
        rows=tuple(_row(one, sheet, by_weeks=by_weeks) for one in sheet.steps),
        size="short",
    )


def _place(step: Step, *, by_weeks: bool) -> int:
    return (step.days or 0) // WEEK if by_weeks else step.subjects


def _option(points: list[list[float]], wanted: float, axis: str, *, by_weeks: bool) -> dict[str, Any]:
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@percent"},
        "grid": {"left": 8, "right": 24, "top": 16, "bottom": 24, "containLabel": True},
        "xAxis": {
            "type": "value",
            "name": axis,
            "nameLocation": "middle",
            "nameGap": 26,
            "min": 0,
            "minInterval": 1,
            "axisLabel": {"formatter": "@number" if by_weeks else "@compact", "hideOverlap": True},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": 1,
            "axisLabel": {"formatter": "@percent"},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [
            {
                "type": "line",
                "data": points,
                "smooth": 0.2,
                "symbol": "circle",
                "symbolSize": 7,
                **_marked(wanted, [5, 5]),
            }
        ],
    }


def _headings(sheet: Sheet, *, by_weeks: bool) -> tuple[Any, ...]:
    if not by_weeks:
        return T("People"), T("Chance of seeing it")
    money = (T("It brings, after cost"),) if sheet.designed.stakes else ()
    return T("Weeks"), T("People"), T("Chance of seeing it"), T("Smallest effect that shows"), *money


def _row(step: Step, sheet: Sheet, *, by_weeks: bool) -> tuple[Any, ...]:
    people, chance = Number(step.subjects, 0), Ratio(step.power, 0)
    if not by_weeks:
        return people, chance
    smallest = Ratio(step.uplift, effects.digits(100 * step.uplift, 2)) if step.uplift is not None else None
    currency = sheet.wanted.currency
    money = (
        (effects.money(step.gain, currency) if step.gain is not None else None,)
        if sheet.designed.stakes
        else ()
    )
    return Number((step.days or 0) // WEEK, 0), people, chance, smallest, *money


def looks_chart(trial: Trial, saying: Saying, language: str, csv: str) -> ChartView | None:
    """Return how the leading variant stood day by day, with the band that holds; None where the facts tell no days."""
    told = [one for one in trial.looks if isinstance(one.absolute, Estimate)]
    if len(told) < FEWEST or trial.comparison is None:
        return None
    share = isinstance(told[-1].relative, Estimate)
    found = [_known(one, share=share) for one in trial.looks]
    unit = Unit.ratio if share else saying.counted
    formatter = axis_format(unit, trial.currency)
    name = format_value(T("Effect of “{variant}”", variant=trial.comparison.variant), language)
    return ChartView(
        id="looks",
        title=T("Effect of “{variant}” against the control, day by day", variant=trial.comparison.variant),
        lead=_lead(trial),
        option=_looks_option(
            [format_value(one.day, language) for one in trial.looks], found, name, formatter
        ),
        headings=(
            T("Day"),
            T("People"),
            T("Effect, of the control"),
            T("At least"),
            T("At most"),
            T("Difference"),
        ),
        rows=tuple(_look_row(one, saying) for one in trial.looks),
        csv=csv,
    )


def _lead(trial: Trial) -> Text:
    method = trial.figures.plan.method if trial.figures else None
    if method is Method.bayesian:
        return T("Everything that was in by the end of each day, with the range of belief.")
    if method is Method.always_valid:
        return T(
            "Everything that was in by the end of each day. The band holds on all days at once: as long as it spans zero, nothing is shown."
        )
    return T(
        "Everything that was in by the end of each day. The band holds on all days at once, so it is wider than the interval of the reading that was agreed."
    )


def _known(look: Look, *, share: bool) -> Estimate | None:
    found = look.relative if share else look.absolute
    return found if isinstance(found, Estimate) else None


def _look_row(one: Look, saying: Saying) -> tuple[Any, ...]:
    ends: tuple[Any, ...] = (None, None, None)
    if isinstance(one.relative, Estimate):
        values = (one.relative.value, one.relative.low, one.relative.high)
        ends = tuple(None if end is None else Ratio(end, 1) for end in values)
    difference = saying.effect(one.absolute)
    return (one.day, Number(one.subjects), *ends, difference.value if difference else None)


def _looks_option(days: list[str], found: list[Estimate | None], name: str, formatter: str) -> dict[str, Any]:
    low = [None if one is None else one.low for one in found]
    high = [None if one is None else one.high for one in found]
    wide = [None if a is None or b is None else b - a for a, b in zip(low, high, strict=True)]
    least, most = _window(found)
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": formatter},
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": days, "boundaryGap": False, "axisLabel": {"hideOverlap": True}},
        "yAxis": {
            "type": "value",
            "min": least,
            "max": most,
            "axisLabel": {"formatter": formatter},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [
            *band(low, wide, 0.14),
            _course(name, [None if one is None else one.value for one in found]),
        ],
    }


def _course(name: str, values: list[float | None]) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "data": values,
        "symbol": "circle",
        "symbolSize": 5,
        **_marked(0, "solid"),
    }


def _marked(level: float, dashes: str | list[int]) -> dict[str, Any]:
    """The look of a curve, with a line across the chart at a level."""
    return {
        "lineStyle": {"width": 2.5, "color": ACCENT},
        "itemStyle": {"color": ACCENT},
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {"show": False},
            "lineStyle": {"type": dashes, "color": MUTED, "width": 1.5},
            "data": [{"yAxis": level}],
        },
    }


def _window(found: list[Estimate | None]) -> tuple[float | None, float | None]:
    """Return the part of the scale that is shown: the wide bands of the first days would press the rest flat."""
    known = [one for one in found if one is not None]
    later = known[len(known) // 4 :]
    ends = [end for one in later for end in (one.low, one.high, one.value, 0.0) if end is not None]
    if not ends or max(ends) == min(ends):
        return None, None
    room = 0.1 * (max(ends) - min(ends))
    step = _step((max(ends) - min(ends)) / TICKS)
    return math.floor((min(ends) - room) / step) * step, math.ceil((max(ends) + room) / step) * step


def _step(size: float) -> float:
    """Return a round step of a scale that is no smaller: 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(size))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= size * (1 - 1e-9))
