"""What the data themselves are like: holes, breaks, currencies, sources that disagree.

One question a table, by day and account, the same that tells what the lake covers: it costs nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.measuring_evidence import SeriesBreak, SeriesGap
from gouvernail.measurement.holes import holes
from gouvernail.measurement.level import breaks as level_breaks
from gouvernail.metrics.compare import two_sources
from gouvernail.metrics.rates import rates_of
from gouvernail.metrics.stock import EVENTS
from gouvernail.metrics.two_sources import TwoSources
from gouvernail.warehouse.tables import TABLES, Table

SHORTEST_HOLE, SHORTEST_LULL = 2, 4
"""Days without a row that may be a hole: in daily reports, and where a row is something that happened."""
DAILY = ("spend", "web", "search", "social", "conversions", "deals")
"""Tables that may have a row each day; mailings, surveys and keyword reports come when they come."""
LEVELS: Mapping[str, tuple[str, ...]] = {
    "web": ("sessions", "key_events", "transactions"),
    "search": ("clicks",),
    "conversions": ("rows",),
}
"""Table → what of it should not leap from one day to the next: answers of the market. What is spent is decided."""
HISTORY = 760
"""Days before the period's end that are looked at: a year, and the same season a year before."""
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Quality:
    """Rows of every table by day, and what they tell of the data."""

    ground: Ground

    @property
    def days(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Table → its rows by source, account, day, cut and currency."""
        return self.ground.measures.days

    @cached_property
    def series(self) -> Mapping[Key, Mapping[date, Mapping[str, Any]]]:
        """(source, account, table) → day → its sums: daily rows of the best cut, up to the period's end."""
        found: dict[Key, dict[date, Mapping[str, Any]]] = {}
        for name, rows in self.days.items():
            if name in DAILY:
                for account, mine in _by_account(rows).items():
                    days = _daily(TABLES[name], mine, self.ground.period.end)
                    if days:
                        found[*account, name] = days
        return dict(sorted(found.items()))

    def gaps(self) -> tuple[SeriesGap, ...]:
        """Return the holes of the year, each series by itself."""
        return tuple(gap for key, days in self.series.items() for gap in self._gaps(key, days))

    def _gaps(self, key: Key, days: Mapping[date, Any]) -> Iterator[SeriesGap]:
        source, account, table = key
        first, last = max(min(days), self.ground.year.start), max(days)
        if first > last:
            return
        shortest = SHORTEST_LULL if table in EVENTS else SHORTEST_HOLE
        for start, end in holes(days.keys(), first, last, shortest):
            yield SeriesGap(source, table, account, start, end, (end - start).days + 1)

    def breaks(self) -> tuple[SeriesBreak, ...]:
        """Return the changes of level of the year."""
        return tuple(
            found
            for key, days in self.series.items()
            for column in LEVELS.get(key[2], ())
            for found in self._breaks(key, days, column)
        )

    def _breaks(self, key: Key, days: Mapping[date, Mapping[str, Any]], column: str) -> Iterator[SeriesBreak]:
        source, _, table = key
        name = "rows_in_all" if column == "rows" else column
        told = {day: row[name] for day, row in days.items() if row.get(name) is not None}
        if not told:
            return
        first = max(min(told), self.ground.period.end - timedelta(days=HISTORY))
        # Where a row is something that happened, no row is zero; in a report it is not known.
        empty = 0.0 if table in EVENTS else float("nan")
        course = [first + timedelta(days=n) for n in range((max(told) - first).days + 1)]
        for one in level_breaks([float(told.get(day, empty)) for day in course]):
            up = one.after > one.before
            if course[one.place] in self.ground.year and not self._bought(course[one.place], up):
                yield SeriesBreak(source, table, column, course[one.place], one.before, one.after)

    def _bought(self, day: date, up: bool) -> bool:
        """Whether spend leapt the same way in the same week: then the answer of the market is no riddle."""
        return any(abs((day - moved).days) < 7 and up is rose for moved, rose in self._moves)

    @cached_property
    def _moves(self) -> tuple[tuple[date, bool], ...]:
        """The days on which the clicks that were paid for changed their level, and whether they rose."""
        clicks: dict[date, float] = defaultdict(float)
        for (_, _, table), days in self.series.items():
            if table == "spend":
                for day, row in days.items():
                    clicks[day] += float(row.get("clicks") or 0)
        if not clicks:
            return ()
        first = max(min(clicks), self.ground.period.end - timedelta(days=HISTORY))
        course = [first + timedelta(days=n) for n in range((max(clicks) - first).days + 1)]
        found = level_breaks([clicks.get(day, 0.0) for day in course], strict=False)
        return tuple((course[one.place], one.after > one.before) for one in found)

    def currencies(self) -> Mapping[str, tuple[str, ...]]:
        """Return the currencies of each source's amounts."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._amounts():
            found[row["source"]].add(row["currency"].upper())
        return {source: tuple(sorted(codes)) for source, codes in sorted(found.items())}

    def unconverted(self) -> tuple[str, ...]:
        """Return the currencies of amounts up to the period's end that no rate of their day converts."""
        known: dict[str, date] = {}
        for rate in rates_of(self.ground.measures.rates):
            known[rate.currency] = min(rate.day, known.get(rate.currency, rate.day))
        lost = {
            code
            for row in self._amounts()
            if (code := row["currency"].upper()) != self.ground.currency
            and row["day"] is not None
            and row["day"] <= self.ground.period.end
            and (code not in known or row["day"] < known[code])
        }
        return tuple(sorted(lost))

    def _amounts(self) -> Iterator[Mapping[str, Any]]:
        for name, rows in self.days.items():
            money = [column.name for column in TABLES[name].columns if column.type == "money"]
            for row in rows:
                if row.get("currency") and any(row.get(column) is not None for column in money):
                    yield row


def _by_account(rows: Iterable[Mapping[str, Any]]) -> Mapping[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["source"], row["account"]].append(row)
    return found


def _daily(table: Table, rows: Sequence[Mapping[str, Any]], end: date) -> dict[date, Mapping[str, Any]]:
    """Add up the daily rows of the cut with most days; rows over several days make no daily series."""
    daily = [row for row in rows if _of_one_day(row) and row["day"] <= end]
    cuts: dict[str | None, dict[date, Any]] = defaultdict(dict)
    for row in daily:
        # Deals and contacts are two things that happen, not two reports of one.
        cut = row.get("cut") if table.name in ("web", "search") else None
        day = cuts[cut].setdefault(row["day"], {})
        for name in ("rows_in_all", *table.summable):
            if row[name] is not None:
                day[name] = day.get(name, 0) + row[name]
    ranked = {cut: place for place, cut in enumerate(table.cuts)}
    order = sorted(cuts, key=lambda cut: (-len(cuts[cut]), ranked.get(cut or "", len(ranked)), cut or ""))
    return cuts[order[0]] if order else {}


def _of_one_day(row: Mapping[str, Any]) -> bool:
    return row["day"] is not None and row.get("until") in (None, row["day"])


def disagreements(ground: Ground) -> tuple[TwoSources, ...]:
    """Return every pair of sources that tell one metric over common days of the period."""
    measures = ground.measures
    if measures.engine is None:
        return ()
    return two_sources(measures.engine, measures.period, ground.currency, measures.rates, measures.of_record)
