"""What geo experiments say, as sentences and rows: for the command, the site and the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.geo import GeoRead, Worth
from gouvernail.bearing.geo_choosing import Chosen, Proposal
from gouvernail.bearing.geo_tested import GeoTest
from gouvernail.measurement.experiments.decision import Verdict

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.adopt: T("Extend it"),
    Verdict.keep: T("Stop it"),
    Verdict.indifferent: T("Not worth the effort"),
    Verdict.undecided: T("Undecided"),
    Verdict.refused: T("No answer"),
}
TONES: Mapping[Verdict, str] = {
    Verdict.adopt: "good",
    Verdict.keep: "bad",
    Verdict.indifferent: "unknown",
    Verdict.undecided: "warn",
    Verdict.refused: "unknown",
}
SHOWN = 8
"""Markets named in a sentence."""
BIG = 100
"""From which amounts are told without cents."""


ALARMS = T(
    "False alarms: past dates, of those tried, at which an effect would have been told though nothing was done. Dates overlap, so they tell less than as many tests."
)


@dataclass(frozen=True)
class Figure:
    """One figure with its interval: `low` and `high` are None where there is none."""

    name: Text
    value: Any
    low: Any = None
    high: Any = None
    refusal: Text | None = None


def amount(value: float, currency: str) -> Money | Number:
    """Return an amount as money, or as a bare number where no currency is known."""
    if currency:
        return Money(Decimal(str(round(value, 2))), currency).rounded()
    return Number(value, 0 if abs(value) >= BIG else 2)


def named(markets: tuple[str, ...]) -> Text | list[str]:
    """Return markets for a sentence: by name where they are few."""
    if len(markets) > SHOWN:
        return TN("{n} market", "{n} markets", len(markets))
    return list(markets)


def headline(found: GeoRead) -> Text:
    """Return in one sentence what the test showed."""
    lift = found.reading.lift
    if isinstance(lift, Refusal):
        return lift.reason
    low, high = (Ratio(end if end is not None else lift.value) for end in (lift.low, lift.high))
    told = {"markets": named(found.ask.treated), "level": Ratio(lift.level, 0)}
    if low.value > 0:
        return T(
            "With the action, {markets} sold {lift} more than without, between {low} and {high} ({level} interval).",
            lift=Ratio(lift.value),
            low=low,
            high=high,
            **told,
        )
    if high.value < 0:
        return T(
            "With the action, {markets} sold {lift} less than without, between {low} and {high} ({level} interval).",
            lift=Ratio(-lift.value),
            low=Ratio(-high.value),
            high=Ratio(-low.value),
            **told,
        )
    return T(
        "No effect can be told in {markets}: it lies between {low} and {high} ({level} interval).",
        low=low,
        high=high,
        **told,
    )


def figures(found: GeoRead) -> tuple[Figure, ...]:
    """Return the figures of a test: effect, units, return, money, second opinion."""
    currency, check = found.ask.worth.currency, found.check

    def units(value: float) -> Money | Number:
        return counted(value, found.ask.worth)

    told = [
        _figure(T("Effect"), found.reading.lift, Ratio),
        _figure(T("Brought by the test"), found.reading.incremental, units),
    ]
    if found.spend is not None:
        told.append(Figure(T("Spent on it"), amount(found.spend, currency)))
    told += [
        _figure(T("Money brought by one unit spent"), found.per_spend, lambda value: Number(value, 2)),
        _figure(T("Gain after margin and cost"), found.decision.money, lambda value: amount(value, currency)),
    ]
    if found.refusal is None:
        told.append(_figure(T("Second opinion: time-based regression"), check.incremental, units))
    return tuple(told)


def counted(value: float, worth: Worth) -> Money | Number:
    """Return so many units of the outcome: money where one of them is worth one."""
    return amount(value, worth.currency if worth.one == 1 else "")


def _figure(name: Text, outcome: Outcome, shown: Any) -> Figure:
    if isinstance(outcome, Refusal):
        return Figure(name, None, refusal=outcome.reason)
    ends = (None if end is None else shown(end) for end in (outcome.low, outcome.high))
    return Figure(name, shown(outcome.value), *ends)


def beside(found: GeoRead) -> Text | None:
    """Say how the second opinion stands to the first; None where there is none."""
    ours, theirs = found.reading.incremental, found.check.incremental
    if not (isinstance(ours, Estimate) and isinstance(theirs, Estimate)):
        return None
    if ours.low is not None and ours.high is not None and ours.low <= theirs.value <= ours.high:
        return T(
            "Time-based regression, which takes days as independent and markets as having no trends of their own, agrees within the interval."
        )
    return T(
        "Time-based regression, which takes days as independent and markets as having no trends of their own, says otherwise: the markets' own trends decide here."
    )


def weights(found: GeoRead) -> tuple[tuple[str, Ratio], ...]:
    """Return the markets of the comparison with what each counts, the heaviest first."""
    held = found.reading.weights or {}
    return tuple((name, Ratio(held[name])) for name in sorted(held, key=lambda one: (-held[one], one)))


def periods(found: GeoRead) -> Iterator[tuple[date, Number, Number, Number | None, Number | None, bool]]:
    """Return period by period: day, sold, expected, edges of the band in the test, and whether it is of the test."""
    shown = found.shown
    if shown is None:
        return
    digits = 0 if float(shown.sold.mean()) >= BIG else 2
    for place, day in enumerate(found.days):
        test = place >= shown.start
        sold, expected, low, high = (
            Number(round(float(row[place]), 6), digits)
            for row in (shown.sold, shown.expected, shown.low, shown.high)
        )
        yield day, sold, expected, low if test else None, high if test else None, test


@dataclass(frozen=True)
class ProposalRow:
    """One way to test, as a row."""

    length: Text
    count: int
    treated: Text | list[str]
    effect: Ratio | None
    wanted: Ratio | None
    power: Ratio | None
    sales: Number | Money | None
    pays: Number | Money | None
    alarms: Text | None
    best: bool
    refusal: Text | None
    markets: tuple[str, ...] = ()
    days: int = 0


def proposal_rows(found: Chosen) -> tuple[ProposalRow, ...]:
    """Return the proposals as rows, in the order in which they were tried."""
    return tuple(_row(one, found) for one in found.proposals)


def proposal_headings(*, asked: bool) -> tuple[Text, ...]:
    """Return the headings of proposals; with the effect asked for and its chance where one was."""
    told = (T("To be found"), T("Chance")) if asked else ()
    return (
        T("Duration"), T("Markets"), T("Treated"), T("Smallest effect"), *told, T("Sales in the test"), T("Cost it repays"),
        T("False alarms"),
    )  # fmt: skip


def compared(heaviest: list[str]) -> Text:
    """Say which markets count most in the comparison."""
    return T("Compared most with: {markets}.", markets=heaviest)


def _row(one: Proposal, found: Chosen) -> ProposalRow:
    currency, split = found.ask.worth.currency, one.split
    if split is None:
        reason = one.refusal.reason if one.refusal else verbatim("–")
        return ProposalRow(
            _length(one.days), one.count, verbatim("–"), None, None, None, None, None, None, False, reason
        )
    return ProposalRow(
        _length(one.days),
        one.count,
        named(split.treated),
        Ratio(split.lift),
        None if split.wanted is None else Ratio(split.wanted),
        None if split.power is None else Ratio(split.power, 0),
        counted(split.sales, found.ask.worth),
        None if one.pays is None else amount(one.pays, currency),
        T("{n} of {dates}", n=one.alarms, dates=split.dates),
        one is found.best,
        None,
        split.treated,
        one.days,
    )


def _length(days: int) -> Text:
    return TN("{n} day", "{n} days", days)


def advice(found: Chosen) -> Text:
    """Return in one sentence what to do."""
    best = found.best
    if best is None or best.split is None:
        return T(
            "No proposal shows what is asked: test longer, treat more markets, or look for a larger effect."
        )
    told = {
        "markets": named(best.split.treated),
        "days": _length(best.days),
        "effect": Ratio(best.split.lift),
        "power": Ratio(found.ask.power, 0),
    }
    if best.split.wanted is not None and best.split.power is not None:
        return T(
            "Treat {markets} for {days}: an effect of {wanted} is then found {chance} of the time.",
            wanted=Ratio(best.split.wanted),
            chance=Ratio(best.split.power, 0),
            **{name: told[name] for name in ("markets", "days")},
        )
    return T(
        "Treat {markets} for {days}: an effect of {effect} or more is then found {power} of the time.", **told
    )


HEADING = T("Geo tests")
TEST_HEADINGS = (T("Test"), T("Days"), T("What it showed"), T("Gain after margin and cost"))


@dataclass(frozen=True)
class TestRow:
    """A geo test of the plan, as a row of the report."""

    name: str
    days: Text
    said: Text
    gain: Text | None


def test_rows(tests: Iterable[GeoTest]) -> tuple[TestRow, ...]:
    """Return the geo tests of the plan that are over."""
    return tuple(_test_row(one) for one in tests)


def _test_row(one: GeoTest) -> TestRow:
    days = T("{start} – {end}", start=one.start, end=one.end)
    found = one.found
    if isinstance(found, Refusal):
        return TestRow(one.name, days, found.reason, None)
    gain, currency = found.decision.money, found.ask.worth.currency
    if isinstance(gain, Refusal) or not currency:
        return TestRow(one.name, days, headline(found), None)
    low, high = (gain.value if end is None else end for end in (gain.low, gain.high))
    told = T(
        "{gain} ({low} to {high})",
        gain=amount(gain.value, currency),
        low=amount(low, currency),
        high=amount(high, currency),
    )
    said = T("{headline} {reason}", headline=headline(found), reason=found.decision.reason)
    return TestRow(one.name, days, said, told)
