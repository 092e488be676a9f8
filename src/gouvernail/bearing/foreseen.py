"""What a forecast tells its reader: the figure by its due date, period by period, the chance, and how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Literal

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Direction
from gouvernail.base.values import Country, Ratio

if TYPE_CHECKING:
    from gouvernail.measurement.forecast.windows import Ahead

Kind = Literal["sum", "rate", "level"]
"""A sum over the span that counts, a rate over it, or the level of its one period."""


@dataclass(frozen=True)
class ForeseenPoint:
    """One period to come: the figure over the span that ends with it, with its 90 % bounds."""

    period: Period
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Tested:
    """How a forecast did on rolling origins. `error` is a share of the figure; None where none could be told."""

    error: float | None
    ahead: int
    """Periods ahead at which the error is that of the figure."""
    origins: int
    coverage: float | None
    """Share of past sums that 90 % intervals held; None for a way through drivers."""
    mase: float | None
    """Error of single periods over that of repeating the value of a season before; None for a way through drivers."""
    inside: float | None = None
    """Share of the misses that the interval given now would have been wide enough for."""
    other: float | None = None
    """Error of the way not taken: its own past for a forecast through drivers, and the other way round."""


@dataclass(frozen=True)
class Foreseen:
    """Where an objective's figure goes until its due date, if things go on as before."""

    kind: Kind
    grain: Grain
    due: date
    points: tuple[ForeseenPoint, ...]
    at_due: Estimate
    """The figure over the span that ends with the due date: median and 90 % interval."""
    so_far: float | None
    """What of a sum is there already."""
    left: int
    """Periods to come until the due date."""
    target: float | None
    probability: float | None
    missing: float | None
    """What the median lacks to the target, in the metric's unit; 0 where it reaches it."""
    model: str
    """`ensemble` (its own past), `drivers` (through a formula), or a trend: `line`, `drift`, `same_month_last_year`."""
    drivers: tuple[str, ...]
    """Metrics that were foreseen in its place; none for its own past."""
    driver_names: tuple[Text, ...]
    known: int
    """Past periods with a value."""
    tested: Tested | None
    """None for a trend: its history is too short, or has holes, to test anything on."""
    country: str
    holidays: bool
    """Whether public holidays of `country` were found to make a difference, and put where they fall."""
    simpler: Text | None = None
    """Why only a trend could be drawn."""

    def method(self) -> Text:
        """Return how it was foreseen."""
        past = span(self.grain, self.known)
        if self.model == "drivers":
            return T(
                "Foreseen through its drivers ({drivers}), each from its own past ({past} known).",
                drivers=list(self.driver_names),
                past=past,
            )
        if self.model == "ensemble":
            return T(
                "Foreseen from its own past ({past} known) by a blend of smoothing, seasons and autoregression, each weighted by how it would have done.",
                past=past,
            )
        return Text(_TRENDS.get(self.model, _TRENDS["line"]).template, {"past": past})

    def error(self) -> Text:
        """Return the error of the back-test, in words."""
        if self.tested is None or self.tested.error is None:
            return self.simpler or NOT_TESTED
        return TN(
            "Tried on {n} earlier date, {ahead} ahead, it missed by {error} on average.",
            "Tried on {n} earlier dates, {ahead} ahead, it missed by {error} on average.",
            n=self.tested.origins,
            ahead=span(self.grain, self.tested.ahead),
            error=Ratio(self.tested.error, 1),
        )

    def rival(self) -> Text | None:
        """Return how far the way that was not taken missed, where there were two."""
        if self.tested is None or self.tested.other is None:
            return None
        missed = Ratio(self.tested.other, 1)
        if self.model == "drivers":
            return T("From its own past alone it would have missed by {error}.", error=missed)
        return T("Through its drivers it would have missed by {error}.", error=missed)

    def held(self) -> Text | None:
        """Return how many of those misses the interval is wide enough for, where that was tested."""
        if self.tested is None or self.tested.inside is None:
            return None
        return T(
            "The interval is wide enough for {share} of those misses.", share=Ratio(self.tested.inside, 0)
        )

    def feasts(self) -> Text:
        """Return what was done about public holidays."""
        if self.grain not in (Grain.day, Grain.week):
            return T(
                "Public holidays are left aside: in a period this long, one or two days are less than the error."
            )
        if not self.country:
            return T("Public holidays are left aside: no country is set.")
        known = Country(self.country)
        if self.holidays:
            return T("Public holidays are put where they fall ({country}).", country=known)
        return T("Public holidays ({country}) made no difference that could be told.", country=known)


def span(grain: Grain, n: int) -> Text:
    """Return so many periods in words."""
    one = _SPANS.get(grain, _SPANS[Grain.month])
    return Text(one.template, {"n": n}, one.plural)


NOT_TESTED = T("Too little is known to test it on the past: take it as a rough guide.")
_SPANS = {
    Grain.day: TN("{n} day", "{n} days", n=1),
    Grain.week: TN("{n} week", "{n} weeks", n=1),
    Grain.month: TN("{n} month", "{n} months", n=1),
    Grain.quarter: TN("{n} quarter", "{n} quarters", n=1),
}
_TRENDS = {
    "line": T("Foreseen by a straight line through its past ({past} known)."),
    "drift": T("Foreseen by its mean step from period to period ({past} known)."),
    "same_month_last_year": T("Foreseen by its growth over the same month a year before ({past} known)."),
}


def told(
    ahead: Ahead,
    figure: tuple[Kind, Grain],
    due: date,
    target: float | None,
    better: Direction,
    drivers: Sequence[Text] = (),
) -> Foreseen:
    """Return what sample paths tell of a figure: `figure` is its kind and the grain of its periods."""
    points = []
    for place, bucket in enumerate(ahead.buckets):
        one = ahead.at(place)
        if one.low is not None and one.high is not None and isfinite(one.value):
            points.append(ForeseenPoint(bucket, one.value, one.low, one.high))
    quality, last = ahead.quality, ahead.at(len(ahead.buckets) - 1)
    others = [error for name, error in quality["tried"].items() if name != quality["model"]]
    error = quality["error"]
    tested = Tested(
        error=error if isfinite(error) else None,
        ahead=quality["error_ahead"],
        origins=quality["error_origins"],
        coverage=quality.get("coverage"),
        mase=quality.get("mase"),
        inside=quality["inside"],
        other=others[0] if others else None,
    )
    return Foreseen(
        kind=figure[0],
        grain=figure[1],
        due=due,
        points=tuple(points),
        at_due=Estimate(last.value, last.method, last.low, last.high, last.level, last.grade),
        so_far=ahead.so_far,
        left=len(ahead.buckets),
        target=target,
        probability=None if target is None else ahead.chance(target, better),
        missing=_missing(last.value, target, better),
        model=quality["model"],
        drivers=tuple(quality["leaves"]),
        driver_names=tuple(drivers),
        known=quality["points"],
        tested=tested,
        country=quality["country"],
        holidays=quality["holidays"],
    )


def trended(
    outcome: Outcome, why: Text, grain: Grain, due: date, target: float, better: Direction
) -> Foreseen | None:
    """Return what a trend foresees of the due date; None where it foresees nothing."""
    if isinstance(outcome, Refusal) or not outcome.options["buckets_left"]:
        return None
    options = outcome.options
    expected, low, high = (options[name] for name in ("expected", "expected_low", "expected_high"))
    last = last_whole(due, grain)
    return Foreseen(
        kind="sum" if options["buckets_left"] > 1 else "level",
        grain=grain,
        due=due,
        points=(ForeseenPoint(last, expected, low, high),),
        at_due=Estimate(expected, outcome.method, low, high, outcome.level, outcome.grade),
        so_far=options["so_far"] or None,
        left=options["buckets_left"],
        target=target,
        probability=outcome.value,
        missing=_missing(expected, target, better),
        model=options["model"],
        drivers=(),
        driver_names=(),
        known=options["points"],
        tested=None,
        country="",
        holidays=False,
        simpler=why,
    )


def _missing(expected: float, target: float | None, better: Direction) -> float | None:
    if target is None:
        return None
    return max(0.0, target - expected if better is Direction.up else expected - target)
