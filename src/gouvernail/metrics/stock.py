"""What the lake holds for each measure: which sources bring it, over which days, in which currencies.

Answers two questions before any number is made: may this measure answer at all, and is nothing in a
period a zero or a hole?
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import Period
from gouvernail.metrics.conditions import dated, ended, holds

if TYPE_CHECKING:
    from gouvernail.metrics.metric import Measure

ANALYTICS = ("ga4", "google_analytics", "universal_analytics", "matomo", "plausible", "piwik")
PAYMENTS = ("stripe", "paypal")
EVENTS = frozenset(
    {
        "conversions",
        "deals",
        "touchpoints",
        "email",
        "tasks",
        "backlinks",
        "experiments",
        "holdouts",
        "surveys",
    }
)
"""Tables that hold a row only when something happened: between the first and last day, no row is zero."""


@dataclass(frozen=True)
class Chosen:
    """The measure that answers for a metric, from which sources, over which days they have data."""

    measure: Measure
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    span: Period
    domain: str | None = None


@dataclass(frozen=True)
class _Delivery:
    source: str
    domain: str | None
    first: date
    last: date
    rows: int


def rank(source: str) -> int:
    """Return how near a source is to the till: shops and CRM 0, payment services 1, web analytics 2."""
    if source.startswith(ANALYTICS):
        return 2
    return 1 if source.startswith(PAYMENTS) else 0


class Stock:
    """What is there, table by table; one query a table, asked once."""

    def __init__(self, engine: Any, measures: Iterable[Measure], of_record: Mapping[str, str]) -> None:
        self._engine, self._of_record = engine, of_record
        self._measures: dict[str, list[Measure]] = {}
        for measure in dict.fromkeys(measures):
            if measure.table:
                self._measures.setdefault(measure.table, []).append(measure)
        self._known: dict[str, dict[Measure, list[_Delivery]]] = {}
        self._revenue: tuple[str, tuple[str, ...]] | None = None

    def choose(self, measures: tuple[Measure, ...]) -> Chosen | None:
        """Return the first measure that some source brings, with its sources of record; None where none does."""
        for measure in measures:
            found = self._allowed(measure) if measure.table else None
            if found:
                return found
        return None

    def each_source(self, measure: Measure) -> tuple[Chosen, ...]:
        """Return the measure once for every source that brings it, none preferred to another."""
        return tuple(
            Chosen(measure, (each.source,), (), Period(each.first, each.last))
            for each in sorted(self._deliveries(measure), key=lambda each: each.source)
        )

    def _allowed(self, measure: Measure) -> Chosen | None:
        delivered = self._deliveries(measure)
        if measure.record == "revenue":
            table, sources = self._revenue_record()
            delivered = [each for each in delivered if measure.table == table and each.source in sources]
        elif measure.record == "leads":
            delivered = self._of(delivered, "leads", measure.table)
            delivered = _nearest_the_till(delivered)
        elif measure.record == "web":
            delivered = self._of(delivered, "web", measure.table)
            delivered = _longest(delivered)
        domain = None
        if measure.record == "domain":
            domain = self._of_record.get("domain") or _only({each.domain for each in delivered})
            delivered = [each for each in delivered if each.domain == domain] if domain else []
        if not delivered:
            return None
        kept = tuple(sorted({each.source for each in delivered}))
        everyone = {each.source for each in self._deliveries(measure)}
        span = Period(min(each.first for each in delivered), max(each.last for each in delivered))
        return Chosen(measure, kept, tuple(sorted(everyone - set(kept))), span, domain)

    def _of(self, delivered: list[_Delivery], record: str, table: str) -> list[_Delivery]:
        asked = self._of_record.get(record)
        if asked is None:
            return delivered
        return delivered if asked == table else [each for each in delivered if each.source == asked]

    def _revenue_record(self) -> tuple[str, tuple[str, ...]]:
        """Return the table and sources that say what was earned: decided once, for all that counts sales."""
        if self._revenue is None:
            self._revenue = self._decide_revenue()
        return self._revenue

    def _decide_revenue(self) -> tuple[str, tuple[str, ...]]:
        sold = self._sellers("conversions")
        won = self._sellers("deals")
        asked = self._of_record.get("revenue")
        if asked == "deals" or (asked and asked in won):
            return "deals", won if asked == "deals" else (asked,)
        if asked and asked != "conversions":
            return "conversions", (asked,)
        best = min((rank(source) for source in sold), default=3)
        if won and best == 2 and not asked:
            return "deals", won
        if sold:
            return "conversions", tuple(source for source in sold if rank(source) == best)
        return "deals", won

    def _sellers(self, table: str) -> tuple[str, ...]:
        measures = [measure for measure in self._measures.get(table, ()) if measure.record == "revenue"]
        return tuple(sorted({each.source for measure in measures for each in self._deliveries(measure)}))

    def _deliveries(self, measure: Measure) -> list[_Delivery]:
        if measure.table not in self._known:
            empty = self._engine.is_empty(measure.table)
            self._known[measure.table] = {} if empty else self._look(measure.table)
        return self._known[measure.table].get(measure, [])

    def _look(self, name: str) -> dict[Measure, list[_Delivery]]:
        import ibis

        table, measures = self._engine.table(name), self._measures.get(name, [])
        keys = [key for key in ("source", "domain") if key in table.columns]
        wanted: dict[str, Any] = {}
        for column in sorted({measure.day for measure in measures}):
            wanted[f"first_{column}"] = ibis.least(dated(table, column), table["day"]).min()
            # Expected closing dates lie in the future; what has happened ends with the latest fact.
            wanted[f"last_{column}"] = ended(table, table["day"]).max()
        for number, measure in enumerate(measures):
            rows = holds(table, measure)
            wanted[f"n{number}"] = rows.ifelse(1, 0).sum()
            wanted[f"l{number}"] = dated(table, measure.day).max(where=rows)
        found = self._engine.execute(table.group_by(keys).aggregate(**wanted)).to_pylist() if wanted else []
        return {
            measure: [
                _Delivery(
                    row["source"],
                    row.get("domain"),
                    row[f"first_{measure.day}"],
                    max(row[f"last_{measure.day}"], row[f"l{number}"]),
                    row[f"n{number}"],
                )
                for row in found
                if row[f"n{number}"]
            ]
            for number, measure in enumerate(measures)
        }


def _nearest_the_till(delivered: list[_Delivery]) -> list[_Delivery]:
    best = min((rank(each.source) for each in delivered), default=0)
    return [each for each in delivered if rank(each.source) == best]


def _longest(delivered: list[_Delivery]) -> list[_Delivery]:
    """Keep one source: two analytics tools see the same visits, and must not be added."""
    spans: dict[str, tuple[int, int, str]] = {}
    for each in delivered:
        spans[each.source] = ((each.last - each.first).days, each.rows, each.source)
    if not spans:
        return []
    chosen = max(spans.values())[2]
    return [each for each in delivered if each.source == chosen]


def _only(names: set[str | None]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None
