"""Sales by period and market, the plan of a geo experiment, and why figures support none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T
from gouvernail.base.values import Ratio
from gouvernail.measurement.geo.noise import Floats
from gouvernail.measurement.geo.trends import Belief

FEWEST_CONTROLS = 5
FEWEST_BEFORE = 14
FEWEST_TEST = 3
MOST_WEIGHT = 0.5
"""Share of the comparison that one control may have."""


@dataclass(frozen=True, eq=False)
class Panel:
    """`sales`: periods × markets, in the order of `names`; a period is a day, or a week."""

    names: tuple[str, ...]
    sales: Floats = field(repr=False)

    def __post_init__(self) -> None:
        if self.sales.ndim != 2 or self.sales.shape[1] != len(self.names):
            raise ValueError("A panel has one column for each market.")
        if len(set(self.names)) < len(self.names):
            raise ValueError("Two markets have the same name.")

    @property
    def periods(self) -> int:
        """How many there are."""
        return len(self.sales)

    def columns(self, names: Sequence[str]) -> list[int]:
        """Return the places of these markets.

        Raises:
            ValueError: a market is not in the panel.
        """
        missing = [name for name in names if name not in self.names]
        if missing:
            raise ValueError(f"Not in the panel: {', '.join(missing)}.")
        return [self.names.index(name) for name in names]

    def part(self, start: int, end: int) -> Panel:
        """Return the periods from `start` up to, not including, `end`."""
        return Panel(self.names, self.sales[start:end])

    def by(self, size: int, start: int = 0) -> Panel:
        """Return sums of `size` periods (7 days: weeks), laid out so that one begins at `start`; rests are left out."""
        first = start % size
        whole = (self.periods - first) // size
        kept = self.sales[first : first + whole * size]
        return Panel(self.names, kept.reshape(whole, size, -1).sum(axis=1))


def of_rows(
    days: Sequence[date], markets: Sequence[str], sales: Sequence[float]
) -> tuple[Panel, tuple[date, ...]]:
    """Return the panel of rows (day, market, sales), markets by name, and its days.

    Rows of one day and market are summed. Every day from the first to the last is there; one without rows has no sales.

    Raises:
        ValueError: the three differ in length, or hold no row.
    """
    if not days or not len(days) == len(markets) == len(sales):
        raise ValueError("A panel needs a row or more, each with a day, a market and its sales.")
    names = sorted(set(markets))
    places = {name: place for place, name in enumerate(names)}
    first = min(days)
    every = tuple(first + timedelta(days=after) for after in range((max(days) - first).days + 1))
    sums = np.zeros((len(every), len(names)))
    rows = [(day - first).days for day in days]
    np.add.at(sums, (rows, [places[market] for market in markets]), sales)
    return Panel(tuple(names), sums), every


@dataclass(frozen=True)
class Plan:
    """How a geo experiment is read; decided before it starts.

    Attributes:
        treated: markets with the action.
        start: first period of the test, counted from 0.
        end: the period after its last; the panel's end where not given.
        left_out: markets that are neither treated nor fit for comparison (neighbours that it spills over to).
        level: of confidence.
        belief: held before of trends and shifts.
        alarm: chance under which a pretend test before the test says that markets do not go together.
    """

    treated: tuple[str, ...]
    start: int
    end: int | None = None
    left_out: tuple[str, ...] = ()
    level: float = 0.95
    belief: Belief = field(default_factory=Belief)
    alarm: float = 0.001

    def __post_init__(self) -> None:
        if not self.treated or set(self.treated) & set(self.left_out):
            raise ValueError("A geo experiment treats one market or more, none of them left out.")
        if not 0.5 < self.level < 1:
            raise ValueError("The level lies between 0.5 and 1.")

    def controls(self, panel: Panel) -> tuple[str, ...]:
        """Return all other markets that sold something in every period up to the test's end."""
        used = panel.sales[: self.end]
        whole = np.atleast_1d(np.all(np.isfinite(used) & (used > 0), axis=0)).tolist()
        apart = self.treated + self.left_out
        return tuple(name for name, one in zip(panel.names, whole, strict=True) if one and name not in apart)


def unfit(panel: Panel, plan: Plan) -> Refusal | None:
    """Return why these figures cannot be read, or None."""
    end = panel.periods if plan.end is None else plan.end
    controls = plan.controls(panel)
    if len(controls) < FEWEST_CONTROLS:
        return Refusal(
            "too_few_markets",
            TN(
                "Only {n} market with sales in every period is left to compare with: {fewest} or more are needed.",
                "Only {n} markets with sales in every period are left to compare with: {fewest} or more are needed.",
                n=len(controls),
                fewest=FEWEST_CONTROLS,
            ),
        )
    if plan.start < FEWEST_BEFORE or end - plan.start < FEWEST_TEST or end > panel.periods:
        return Refusal(
            "too_short",
            T(
                "The figures hold {before} periods before the test and {test} of it: {most} and {fewest} or more are needed.",
                before=plan.start,
                test=max(min(end, panel.periods) - plan.start, 0),
                most=FEWEST_BEFORE,
                fewest=FEWEST_TEST,
            ),
        )
    sums = panel.sales[:end, panel.columns(plan.treated)].sum(axis=1)
    if not (np.isfinite(sums).all() and (sums > 0).all()):
        return holes()
    return None


def holes() -> Refusal:
    """The treated sold nothing in a period: a share of nothing is no share."""
    return Refusal("holes", T("The treated markets have periods without sales: read weeks instead of days."))


def dominated(market: str, weight: float) -> Refusal:
    """One control makes the comparison."""
    return Refusal(
        "dominated",
        T(
            "Market {market} makes {weight} of the comparison: what happens there alone would be taken for the effect. Add markets of its kind.",
            market=market,
            weight=Ratio(weight, 0),
        ),
    )


def parted(p: float) -> Refusal:
    """The treated left the controls before anything was done."""
    return Refusal(
        "parted",
        T(
            "The treated markets left the others before the test began: chance does so less than once in {times}. Compare with other markets, or from a later date.",
            times=int(min(1 / max(p, 1e-6), 1e6)),
        ),
    )
