"""Which markets to treat, for how long, and what would show: proposals side by side, tried out on the history."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.geo import WEEK, GeoRead, ReadAsk, Worth, absent, read, spelled
from gouvernail.measurement.geo.choice import Choice, Wish, choose
from gouvernail.measurement.geo.panel import FEWEST_BEFORE, FEWEST_TEST, Panel
from gouvernail.sources.geo_panel import GeoTable

DAYS = (14, 28)
WEEKS = (4, 8)
"""Lengths that are tried where none is asked for: of days, and of weeks."""
COUNTS = (1, 2, 4)
MOST_BEFORE = 180
"""Periods of history that a try is compared with, at most: older ones say little of today."""
SPLITS = 24
MOST_TRIES = 20
FALSE = 0.34
"""Share of false alarms on past dates above which a proposal is not recommended."""


@dataclass(frozen=True)
class ChooseAsk:
    """What the test is to find, and what it may use.

    Attributes:
        lengths: days that it may last.
        counts: numbers of markets that may be treated.
        lift: to be found, as a share; where not given, the one that pays
        budget: of the action over the test, if one is given.
        must, never, left_out: markets that must be treated; that must not; that are not even compared with.
        power, level: chance of finding the lift; of the interval.
        seed: of the draw among sets of markets that are as good.
        weeks: add days up to weeks.
    """

    lengths: tuple[int, ...] = ()
    counts: tuple[int, ...] = COUNTS
    lift: float | None = None
    budget: float | None = None
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    power: float = 0.8
    level: float = 0.95
    seed: int = 1
    weeks: bool = False
    worth: Worth = field(default_factory=Worth)


@dataclass(frozen=True)
class Proposal:
    """One way to test.

    Attributes:
        days: that the test lasts.
        count: markets to treat.
        split: the markets and what they show; None where this many over this time show nothing.
        refusal: then, why.
        pays: money that the smallest effect found would bring after margin: an action that costs more pays only by an
            effect that shows.
        alarms: how many of `split.dates` past dates told an effect where nothing was done.
    """

    days: int
    count: int
    split: Choice | None
    refusal: Refusal | None = None
    pays: float | None = None
    alarms: int = 0


@dataclass(frozen=True)
class Chosen:
    """All proposals, the one to take, and its rehearsal: the last stretch of the history, read as if it had been the test."""

    ask: ChooseAsk
    outcome: str
    markets: int
    days: tuple[date, ...]
    step: int
    proposals: tuple[Proposal, ...]
    best: Proposal | None
    rehearsal: GeoRead | None
    notes: tuple[Text, ...] = ()


def propose(table: GeoTable, ask: ChooseAsk) -> Chosen | Refusal:
    """Try sets of markets out on the history.

    Returns:
        Every proposal; a refusal where none can be tried at all (`too_short`, `too_few_markets`).

    Raises:
        UsageError: a market is not in the table, or the asked cannot be (sentence).
    """
    ask = _checked(table, ask)
    history = _weekly(table) if ask.weeks and table.step == 1 else table
    lengths = ask.lengths or _fitting(history)
    proposals = tuple(_tried(history, ask, lengths))
    told = [one.refusal for one in proposals if one.refusal]
    if len(told) == len(proposals) and all(one.code != "not_found" for one in told):
        return told[0]
    best = _best(proposals)
    return Chosen(
        ask, table.outcome, len(table.markets), history.days, history.step, proposals, best,
        _rehearsed(history, ask, best), tuple(_notes(table, best)),
    )  # fmt: skip


def _checked(table: GeoTable, ask: ChooseAsk) -> ChooseAsk:
    must, never, out = (spelled(table.markets, names) for names in (ask.must, ask.never, ask.left_out))
    if both := sorted(set(must) & {*never, *out}):
        raise UsageError(T("“{market}” must be treated and must not.", market=both[0]))
    if not (0.5 <= ask.power < 1 and 0.5 < ask.level < 1):
        raise UsageError(T("Power and level lie between 0.5 and 1, such as 0.8 and 0.95."))
    if ask.lift is not None and not 0 < ask.lift <= 3:
        raise UsageError(T("The effect to be found is a share above 0, such as 0.05 for 5 percent."))
    if ask.budget is not None and not 0 < ask.budget < math.inf:
        raise UsageError(T("The budget of the test is more than 0."))
    step = WEEK if ask.weeks else table.step
    if any(days < FEWEST_TEST * step or days % step for days in ask.lengths):
        raise UsageError(
            T("A test lasts {n} days or more.", n=FEWEST_TEST)
            if step == 1
            else T("Read by week, a test lasts whole weeks, {n} days or more.", n=FEWEST_TEST * step)
        )
    counts = tuple(sorted({max(count, len(must), 1) for count in ask.counts})) or COUNTS
    if len(ask.lengths) * len(counts) > MOST_TRIES:
        raise UsageError(T("That is more than {n} proposals: ask for fewer lengths or counts.", n=MOST_TRIES))
    return replace(ask, must=must, never=never, left_out=out, counts=counts)


def _weekly(table: GeoTable) -> GeoTable:
    """Return the last whole weeks of a daily table."""
    offset = len(table.days) % WEEK
    sales = Panel(table.markets, table.sales[offset:]).by(WEEK).sales
    return GeoTable(table.markets, table.days[offset::WEEK], WEEK, sales, None, table.outcome, table.absent)


def _fitting(history: GeoTable) -> tuple[int, ...]:
    """Return the usual lengths that the history can try out; the shortest in any case."""
    usual = DAYS if history.step == 1 else tuple(weeks * WEEK for weeks in WEEKS)
    most = len(history.days) - FEWEST_BEFORE - 4
    return tuple(days for days in usual if days // history.step <= most) or usual[:1]


def _tried(history: GeoTable, ask: ChooseAsk, lengths: Iterable[int]) -> Iterator[Proposal]:
    panel = Panel(history.markets, history.sales)
    for days in lengths:
        test = days // history.step
        before = min(MOST_BEFORE, max(FEWEST_BEFORE, (panel.periods - test) * 2 // 3))
        for count in ask.counts:
            wish = Wish(
                test, before, (count,), ask.lift, ask.budget, ask.worth.one * ask.worth.margin, ask.must, ask.never,
                ask.left_out, ask.power, ask.level, splits=SPLITS, seed=ask.seed,
            )  # fmt: skip
            found = choose(panel, wish)
            if isinstance(found, Refusal):
                yield Proposal(days, count, None, found)
                continue
            pays = found.lift * found.sales * wish.margin
            yield Proposal(days, count, found, None, pays, round(found.false_alarms * found.dates))


def _best(proposals: Sequence[Proposal]) -> Proposal | None:
    """Return the one to take: of what shows the effect asked for (with a budget: the smallest that pays it) the one with
    the least sales at stake; else what shows the smallest effect."""
    ranked = [
        (
            split.false_alarms > FALSE,
            round(split.lift if split.wanted is None else split.wanted, 9),
            split.sales,
            place,
        )
        for place, one in enumerate(proposals)
        if (split := one.split) is not None
    ]
    return proposals[min(ranked)[-1]] if ranked else None


def _rehearsed(history: GeoTable, ask: ChooseAsk, best: Proposal | None) -> GeoRead | None:
    """Read the last days of the history as if the best proposal had been tested then; nothing was done."""
    if best is None or best.split is None:
        return None
    test = best.days // history.step
    since = max(0, len(history.days) - test - MOST_BEFORE)
    asked = ReadAsk(
        best.split.treated, history.days[-test], history.end, history.days[since], ask.left_out,
        level=ask.level, worth=ask.worth,
    )  # fmt: skip
    return read(history, asked)


def _notes(table: GeoTable, best: Proposal | None) -> Iterator[Text]:
    if table.absent:
        yield absent(table.absent)
    if best is not None and best.split is not None and best.split.false_alarms > FALSE:
        yield T(
            "Even the best proposal told an effect at {share} of the past dates, where nothing was done: these markets go their own ways. Read weeks, or treat more markets.",
            share=Ratio(best.split.false_alarms, 0),
        )
