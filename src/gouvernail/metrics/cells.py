"""All measures of a table in one grouped query: by bucket of time, and by one dimension where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import Grain, Period
from gouvernail.metrics.conditions import dated, ended, holds, quantity
from gouvernail.metrics.rates import Rate
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    import ibis

    from gouvernail.metrics.metric import Measure
    from gouvernail.metrics.stock import Chosen

CUT_TABLES = frozenset({"web", "search"})
"""Where several breakdowns of one total may stand side by side (deals and contacts are no such thing)."""
EVENTS_CUT = "events"
"""Visits counted from raw events; an events export names its data stream, not the property of the reports."""

_UNITS = {Grain.day: "D", Grain.week: "W", Grain.month: "M", Grain.quarter: "Q", Grain.year: "Y"}


@dataclass(frozen=True)
class Cell:
    """What a measure adds up to in one bucket.

    `rows` counts the rows that made it; `excluded` those whose currency has no rate; `alive` all rows
    of its sources in the bucket, the measure's or not.
    """

    total: Decimal | float | int
    weight: float | None
    rows: int
    excluded: int
    alive: int

    def __add__(self, other: Cell) -> Cell:
        weight = None if self.weight is None else self.weight + (other.weight or 0.0)
        total = _plus(self.total, other.total)
        return Cell(
            total, weight, self.rows + other.rows, self.excluded + other.excluded, self.alive + other.alive
        )


Key = tuple[date | None, str | None]
"""First day of the bucket (None: the whole period) and value of the dimension (None: all)."""


@dataclass(frozen=True)
class Question:
    """The window, the width of its buckets (None: one), and the dimension to break down by."""

    period: Period
    grain: Grain | None = None
    by: str | None = None


class Cells:
    """Asks the engine. `actions` maps (source, campaign) to the action that owns it, for breakdowns by action."""

    def __init__(
        self,
        engine: Any,
        currency: str,
        rates: tuple[Rate, ...],
        actions: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        self._engine, self._currency, self._rates, self._actions = engine, currency, rates, actions

    def ask(self, chosen: Sequence[Chosen], question: Question) -> dict[Measure, dict[Key, Cell]]:
        """Return every measure's cells; all measures must be of one table and dated by one column."""
        table = self._window(chosen[0].measure, question)
        keys = _keys(chosen[0].measure.table, question)
        rows = self._engine.execute(self._aggregate(table, chosen, keys)).to_pylist()
        return {each.measure: _gather(rows, number, each) for number, each in enumerate(chosen)}

    def has_dimension(self, table: str, by: str) -> bool:
        """Whether the table can be broken down by `by`."""
        names = {column.name for column in TABLES[table].columns} | {"source"}
        return ("campaign" if by == "action" else by) in names

    def _window(self, measure: Measure, question: Question) -> ibis.Table:
        table = self._engine.table(measure.table)
        day = dated(table, measure.day)
        table = table.mutate(fact_day=day, fact_end=ended(table, day))
        table = bucketed(table, question, table.fact_day, table.fact_end)
        if question.by == "action":
            table = self._with_action(table)
        elif question.by:
            table = table.mutate(fact_key=table[question.by])
        return table.filter(table.fact_key.notnull()) if question.by else table

    def _with_action(self, table: ibis.Table) -> ibis.Table:
        import ibis

        owners = ibis.memtable(
            {
                "owner_source": [source for source, _, _ in self._actions],
                "owner_campaign": [campaign for _, campaign, _ in self._actions],
                "fact_key": [action for _, _, action in self._actions],
            },
            schema={"owner_source": "string", "owner_campaign": "string", "fact_key": "string"},
        )
        return table.join(
            owners,
            [table.source == owners.owner_source, table.campaign == owners.owner_campaign],
            how="inner",
        )

    def _aggregate(self, table: ibis.Table, chosen: Sequence[Chosen], keys: list[str]) -> ibis.Table:
        wanted: dict[str, Any] = {}
        for number, each in enumerate(chosen):
            measure = each.measure
            mine = table["source"].isin(each.sources)
            if each.domain:
                mine = mine & (table["domain"] == each.domain)
            rows = mine & holds(table, measure)
            wanted[f"a{number}"] = mine.ifelse(1, 0).sum()
            wanted[f"n{number}"] = rows.ifelse(1, 0).sum()
            if measure.how == "count":
                wanted[f"t{number}"] = wanted[f"n{number}"]
            elif measure.how == "count_distinct":
                wanted[f"t{number}"] = table[str(measure.column)].nunique(where=rows)
            else:
                wanted |= self._sums(table, measure, rows, number)
        return table.group_by(keys).aggregate(**wanted) if keys else table.aggregate(**wanted)

    def _sums(self, table: ibis.Table, measure: Measure, rows: Any, number: int) -> dict[str, Any]:
        value = quantity(table, measure, table.fact_day, self._currency, self._rates)
        sums = {
            f"t{number}": value.sum(where=rows),
            f"x{number}": (rows & value.isnull()).ifelse(1, 0).sum(),
        }
        if measure.how in ("mean", "nps"):
            sums[f"w{number}"] = rows.ifelse(1, 0).sum().cast("float64")
        elif measure.how == "weighted_mean":
            sums[f"w{number}"] = table[str(measure.weight)].cast("float64").sum(where=rows)
        return sums


def bucketed(table: ibis.Table, question: Question, day: Any, last: Any = None) -> ibis.Table:
    """Keep rows wholly inside the window and give each its bucket; rows over several buckets belong to none."""
    import ibis

    last = day if last is None else last
    table = table.filter((day >= question.period.start) & (last <= question.period.end))
    if not question.grain:
        return table.mutate(fact_bucket=ibis.literal(question.period.start))
    unit = _UNITS[question.grain]
    return table.filter(last.truncate(unit) == day.truncate(unit)).mutate(fact_bucket=day.truncate(unit))


def _keys(table: str, question: Question) -> list[str]:
    keys = ["fact_bucket"] if question.grain else []
    keys += ["fact_key"] if question.by else []
    return [*keys, "source", "account", "cut"] if table in CUT_TABLES else keys


def _gather(rows: list[dict[str, Any]], number: int, chosen: Chosen) -> dict[Key, Cell]:
    """Return the cells of one measure, reading the best cut that has something to say, per account."""
    by_account: dict[Key, dict[tuple[str | None, str | None], dict[str | None, Cell]]] = {}
    for row in rows:
        key = (row.get("fact_bucket"), row.get("fact_key"))
        place = by_account.setdefault(key, {}).setdefault((row.get("source"), row.get("account")), {})
        place[row.get("cut")] = Cell(
            row[f"t{number}"] or 0,
            row.get(f"w{number}"),
            row[f"n{number}"] or 0,
            row.get(f"x{number}") or 0,
            row[f"a{number}"] or 0,
        )
    ranked = TABLES[chosen.measure.table].cuts
    return {
        key: _sum([_best(cuts, ranked) for cuts in _without_events(places)])
        for key, places in by_account.items()
    }


def _without_events(
    places: dict[tuple[str | None, str | None], dict[str | None, Cell]],
) -> list[dict[str | None, Cell]]:
    """Leave out raw events of a source whose reports are there too: the same visits, under another account's name."""
    told = {
        place[0]
        for place, cuts in places.items()
        if any(cell.rows for cut, cell in cuts.items() if cut != EVENTS_CUT)
    }
    return [
        cuts
        for place, cuts in places.items()
        if place[0] not in told or any(cut != EVENTS_CUT for cut in cuts)
    ]


def _best(cuts: dict[str | None, Cell], ranked: tuple[str, ...]) -> Cell:
    order = {name: place for place, name in enumerate(ranked)}
    with_rows = [name for name, cell in cuts.items() if cell.rows] or list(cuts)
    return cuts[min(with_rows, key=lambda name: (order.get(name or "", len(order)), name or ""))]


def _sum(cells: list[Cell]) -> Cell:
    whole = cells[0]
    for cell in cells[1:]:
        whole = whole + cell
    return whole


def _plus(a: Decimal | float, b: Decimal | float) -> Decimal | float:
    if isinstance(a, Decimal) == isinstance(b, Decimal):
        return a + b  # type: ignore[operator]  # both are of one kind here
    return Decimal(a) + Decimal(b)
