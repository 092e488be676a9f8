"""A geo experiment read: from a table of markets and what is asked of it to effect, money and verdict, or one sentence why not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.suggest import closest
from gouvernail.base.text import TN, T, Text
from gouvernail.measurement.experiments.decision import Decision
from gouvernail.measurement.geo.panel import Panel, Plan
from gouvernail.measurement.geo.pays import decide, per_cost
from gouvernail.measurement.geo.picture import Picture, picture
from gouvernail.measurement.geo.reading import Reading, analyse
from gouvernail.measurement.geo.tbr import Regression, regression
from gouvernail.sources.geo_panel import GeoTable

WEEK = 7


@dataclass(frozen=True)
class Worth:
    """What the outcome is worth, and what the action cost.

    Attributes:
        one: money for one unit of the outcome; 1 where the outcome is money.
        margin: kept of that money, as a share.
        cost: of the action besides what was spent in the markets (making it, extra work).
        least: gain under which nobody would bother.
        currency: of all these, and of the outcome where it is money; empty where nobody said.
    """

    one: float = 1.0
    margin: float = 1.0
    cost: float = 0.0
    least: float = 0.0
    currency: str = ""

    def __post_init__(self) -> None:
        if not (self.one > 0 and 0 < self.margin <= 1 and self.cost >= 0 and self.least >= 0):
            raise UsageError(
                T(
                    "One unit is worth more than 0, the margin is a share above 0 and up to 1, and costs and the least gain are 0 or more."
                )
            )


@dataclass(frozen=True)
class ReadAsk:
    """How a test is to be read.

    Attributes:
        treated: markets with the action; spelled in any case.
        start, end: first and last day of the test.
        since: first day that it is compared with; the first of the table where not given.
        left_out: markets that are neither treated nor fit for comparison.
        weeks: add days up to weeks, laid out from the test's first day.
        level: of confidence.
        spend: in the treated markets beyond what would have been spent; from the table's own column where not given.
    """

    treated: tuple[str, ...]
    start: date
    end: date
    since: date | None = None
    left_out: tuple[str, ...] = ()
    weeks: bool = False
    level: float = 0.95
    spend: float | None = None
    worth: Worth = field(default_factory=Worth)


@dataclass(frozen=True)
class GeoRead:
    """A test as it was read.

    Attributes:
        ask: how, with the markets as the table spells them.
        table: of the days that were used.
        reading: effect in share and in units of the outcome.
        check: time-based regression, as a second opinion.
        per_spend: money brought (before margin) by one unit of money spent.
        decision: gain after cost, and verdict.
        spend: in the treated markets; None where unknown.
        measured: whether `spend` is the table's own, over the usual of the days before.
        shown: sold beside expected, by period of `days`; None where it was refused.
        notes: what a reader must know besides.
    """

    ask: ReadAsk
    outcome: str
    days: tuple[date, ...]
    step: int
    reading: Reading
    check: Regression
    per_spend: Outcome
    decision: Decision
    spend: float | None
    measured: bool
    shown: Picture | None
    notes: tuple[Text, ...] = ()

    @property
    def refusal(self) -> Refusal | None:
        """Why there is no effect, None where there is one."""
        return self.reading.lift if isinstance(self.reading.lift, Refusal) else None


def read(table: GeoTable, ask: ReadAsk) -> GeoRead:
    """Read a test.

    Raises:
        UsageError: a market or a day is not in the table, or the asked cannot be (sentence).
    """
    ask = _spelled(table, ask)
    first, start, end = _places(table, ask)
    sales, spend, days, step = _used(table, ask, first, start, end)
    begun = (start - first) // (WEEK if step > table.step else 1)
    panel = Panel(table.markets, sales)
    plan = Plan(ask.treated, begun, None, ask.left_out, ask.level)
    reading = analyse(panel, plan)
    paid, measured = _spend(panel, spend, ask, begun)
    check = _check(panel, ask, begun, paid)
    cost = (paid or 0.0) + ask.worth.cost
    decision = decide(
        reading,
        cost=cost,
        margin=ask.worth.one * ask.worth.margin,
        least=ask.worth.least,
        currency=ask.worth.currency,
    )
    return GeoRead(
        ask, table.outcome, days, step, reading, check, _back(reading, paid, ask.worth.one), decision, paid,
        measured, picture(panel, reading), tuple(_notes(table, panel, reading, ask, paid)),
    )  # fmt: skip


def spelled(markets: Sequence[str], asked: Iterable[str]) -> tuple[str, ...]:
    """Return markets as the table spells them, each once.

    Raises:
        UsageError: one is not there; the sentence names the nearest.
    """
    known = {name.casefold(): name for name in reversed(markets)}
    found: dict[str, None] = {}
    for word in asked:
        name = known.get(word.strip().casefold())
        if name is None:
            near = closest(word.strip(), markets)
            hint = (
                T("Did you mean “{name}”?", name=near)
                if near
                else T("It has: {names}.", names=_some(markets))
            )
            raise UsageError(T("There is no market “{name}”. {hint}", name=word.strip()[:60], hint=hint))
        found[name] = None
    return tuple(found)


def _some(markets: Sequence[str]) -> str:
    return ", ".join(markets[:12]) + (" …" if len(markets) > 12 else "")


def _spelled(table: GeoTable, ask: ReadAsk) -> ReadAsk:
    treated, left_out = spelled(table.markets, ask.treated), spelled(table.markets, ask.left_out)
    if not treated:
        raise UsageError(T("Say which markets had the action."))
    if both := sorted(set(treated) & set(left_out)):
        raise UsageError(T("“{market}” is both treated and left out.", market=both[0]))
    if not 0.5 < ask.level < 1:
        raise UsageError(T("The level lies between 0.5 and 1, such as 0.95."))
    if ask.spend is not None and not 0 <= ask.spend < math.inf:
        raise UsageError(T("What was spent is 0 or more."))
    return replace(ask, treated=treated, left_out=left_out)


def _places(table: GeoTable, ask: ReadAsk) -> tuple[int, int, int]:
    """Return the first period that is used, the test's first, and the one after its last."""
    if ask.end < ask.start:
        raise UsageError(
            T("The test ends on {end}, before it begins on {start}.", end=ask.end, start=ask.start)
        )
    if ask.start <= table.days[0] or ask.end > table.end:
        raise UsageError(
            T(
                "The figures run from {first} to {last}: a test from {start} to {end} does not lie within, with days before it.",
                first=table.days[0],
                last=table.end,
                start=ask.start,
                end=ask.end,
            )
        )
    start = _period(table, ask.start)
    end = _period(table, ask.end + timedelta(days=1), upto=True)
    since = max(ask.since or table.days[0], table.days[0])
    if since >= ask.start:
        raise UsageError(T("The days to compare with begin on {since}, not before the test.", since=since))
    first = -((table.days[0] - since).days // table.step)
    if ask.weeks and table.step == 1 and (end - start) % WEEK:
        raise UsageError(
            TN(
                "The test lasts {n} day: read by week it must last whole weeks.",
                "The test lasts {n} days: read by week it must last whole weeks.",
                end - start,
            )
        )
    return first, start, end


def _period(table: GeoTable, day: date, *, upto: bool = False) -> int:
    """Return the place of the period that begins on a day (or that follows the one that ends before it)."""
    after = (day - table.days[0]).days
    if after % table.step:
        near = table.days[min(after // table.step, len(table.days) - 1)]
        told = near + timedelta(days=table.step - 1) if upto else near
        template = (
            T("The table holds weeks: the test must end with one, such as {day}.", day=told)
            if upto
            else T("The table holds weeks: the test must begin with one, such as {day}.", day=told)
        )
        raise UsageError(template)
    return after // table.step


def _used(
    table: GeoTable, ask: ReadAsk, first: int, start: int, end: int
) -> tuple[np.ndarray, np.ndarray | None, tuple[date, ...], int]:
    """Return sales, spend and days of what is compared, in days or in weeks."""
    if not ask.weeks or table.step == WEEK:
        spend = None if table.spend is None else table.spend[first:end]
        return table.sales[first:end], spend, table.days[first:end], table.step
    offset = first + (start - first) % WEEK
    weeks = Panel(table.markets, table.sales[offset:end]).by(WEEK)
    paid = None if table.spend is None else Panel(table.markets, table.spend[offset:end]).by(WEEK).sales
    return weeks.sales, paid, table.days[offset:end:WEEK], WEEK


def _spend(panel: Panel, spend: np.ndarray | None, ask: ReadAsk, begun: int) -> tuple[float | None, bool]:
    """Return what the action cost in the treated markets: as told, or in the test over the usual before."""
    if ask.spend is not None:
        return ask.spend, False
    if spend is None:
        return None, False
    paid = spend[:, panel.columns(ask.treated)].sum(axis=1)
    usual = float(paid[:begun].mean()) if begun else 0.0
    more = float(paid[begun:].sum()) - usual * (len(paid) - begun)
    return (more, True) if more > 0 else (None, True)


def _check(panel: Panel, ask: ReadAsk, begun: int, paid: float | None) -> Regression:
    """Time-based regression of the treated markets' sum on that of all others."""
    others = [name for name in panel.names if name not in (*ask.treated, *ask.left_out)]
    treated = panel.sales[:, panel.columns(ask.treated)].sum(axis=1)
    controls = panel.sales[:, panel.columns(others)].sum(axis=1)
    return regression(treated, controls, begun, cost=paid, level=ask.level)


def _back(reading: Reading, paid: float | None, one: float) -> Outcome:
    found = per_cost(reading, paid or 0.0)
    return found if isinstance(found, Refusal) else found.times(one)


def _notes(
    table: GeoTable, panel: Panel, reading: Reading, ask: ReadAsk, paid: float | None
) -> Iterable[Text]:
    if table.absent:
        yield absent(table.absent)
    if reading.weights is not None:
        aside = len(panel.names) - len(ask.treated) - len(ask.left_out) - len(reading.weights)
        if aside:
            yield TN(
                "{n} market is left out of the comparison: it sold nothing in some period.",
                "{n} markets are left out of the comparison: they sold nothing in some period.",
                aside,
            )
    if paid is None and ask.worth.cost == 0 and isinstance(reading.lift, Estimate):
        yield T("No cost is known: the gain is told before any.")


def absent(count: int) -> Text:
    """Say how many market-days had no row."""
    return TN(
        "{n} market-day without a row counts as nothing sold.",
        "{n} market-days without a row count as nothing sold.",
        count,
    )
