"""Covered days: which days an import speaks for, per key, and which of its rows later imports replace.

A *key* is a distinct combination of the `restates` columns of a table. An import covers, for each of its
keys, every day from its first to its last. A later import replaces the rows whose days touch what it covers.
Rows without a day are replaced by a later import that brings rows without a day for the same key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gouvernail.warehouse.tables import TABLES

Key = tuple[str | None, ...]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included (None: no dated row); `undated`: rows without a day."""

    first: date | None
    last: date | None
    undated: bool = False

    def join(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        firsts = [day for day in (self.first, other.first) if day]
        lasts = [day for day in (self.last, other.last) if day]
        return Span(
            min(firsts, default=None),
            max(lasts, default=None),
            self.undated or other.undated,
        )


Spans = Mapping[Key, Span]


@dataclass(frozen=True)
class Cover:
    """What is replaced for one key: sorted disjoint day ranges, and whether undated rows are."""

    ranges: tuple[tuple[date, date], ...]
    undated: bool

    def hides_all(self, span: Span) -> bool:
        """Say whether nothing of `span` is left."""
        dated = span.first is None or self.ranges == ((span.first, span.last),)
        return dated and (self.undated or not span.undated)


def spans_of(rows: pa.Table, table: str) -> dict[Key, Span]:
    """Return the covered days of `rows`, per key."""
    keys = list(TABLES[table].restates)
    columns = [rows.column(name) for name in keys]
    first = rows.column("day")
    last = last_days(rows)
    narrow = pa.Table.from_arrays([*columns, first, last], [*keys, "first", "last"])
    grouped = narrow.group_by(keys, use_threads=False).aggregate(
        [
            ("first", "min"),
            ("last", "max"),
            ("first", "count", pc.CountOptions(mode="only_null")),
        ]
    )
    parts = [grouped.column(name).to_pylist() for name in keys]
    return {
        key: Span(low, high, bool(nulls))
        for key, low, high, nulls in zip(
            zip(*parts, strict=True),
            grouped.column("first_min").to_pylist(),
            grouped.column("last_max").to_pylist(),
            grouped.column("first_count").to_pylist(),
            strict=True,
        )
    }


def last_days(rows: pa.Table | pa.RecordBatch) -> pa.ChunkedArray | pa.Array:
    """Return the last day that each row covers (null where the row has no day)."""
    day = rows.column("day")
    if "until" not in rows.schema.names:
        return day
    later = pc.max_element_wise(day, rows.column("until"), skip_nulls=True)
    return pc.if_else(pc.is_valid(day), later, pa.scalar(None, pa.date32()))


def joined(a: Spans, b: Spans) -> dict[Key, Span]:
    """Return the covered days of both."""
    result = dict(a)
    for key, span in b.items():
        result[key] = result[key].join(span) if key in result else span
    return result


def covers(own: Spans, later: Iterable[Spans]) -> dict[Key, Cover]:
    """Return what `later` imports replace of an import that covers `own`; empty when nothing."""
    newer = list(later)
    result = {}
    for key, span in own.items():
        others = [spans[key] for spans in newer if key in spans]
        ranges = _ranges(span, others)
        undated = span.undated and any(other.undated for other in others)
        if ranges or undated:
            result[key] = Cover(ranges, undated)
    return result


def hides_all(own: Spans, cover: Mapping[Key, Cover]) -> bool:
    """Say whether nothing is left of an import that covers `own`."""
    return all(key in cover and cover[key].hides_all(span) for key, span in own.items())


def fingerprint(cover: Mapping[Key, Cover]) -> str:
    """Return a short name of `cover`, equal for equal covers."""
    parts = [
        [key, [[str(a), str(b)] for a, b in value.ranges], value.undated]
        for key, value in sorted(cover.items(), key=lambda item: json.dumps(item[0]))
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def kept(rows: pa.RecordBatch, table: str, cover: Mapping[Key, Cover]) -> pa.RecordBatch:
    """Return the rows that `cover` does not replace."""
    hidden = pa.repeat(pa.scalar(False), rows.num_rows)
    first, last = rows.column("day"), last_days(rows)
    for key, value in cover.items():
        days = _touching(first, last, value)
        hidden = pc.or_(hidden, pc.and_(_matching(rows, table, key), days))
    return rows.filter(pc.invert(hidden))


def _touching(first: pa.Array, last: pa.Array, cover: Cover) -> pa.Array:
    result = pc.is_null(first) if cover.undated else pa.repeat(False, len(first))
    for low, high in cover.ranges:
        inside = pc.and_(pc.less_equal(first, high), pc.greater_equal(last, low))
        result = pc.or_(result, pc.fill_null(inside, False))
    return result


def _matching(rows: pa.RecordBatch, table: str, key: Key) -> pa.Array:
    result = pa.repeat(pa.scalar(True), rows.num_rows)
    for name, value in zip(TABLES[table].restates, key, strict=True):
        column = rows.column(name)
        same = pc.is_null(column) if value is None else pc.fill_null(pc.equal(column, value), False)
        result = pc.and_(result, same)
    return result


def _ranges(own: Span, others: Sequence[Span]) -> tuple[tuple[date, date], ...]:
    """Return the days of `own` that `others` cover, merged."""
    if own.first is None or own.last is None:
        return ()
    cut = sorted(
        (max(own.first, span.first), min(own.last, span.last))
        for span in others
        if span.first and span.last and span.first <= own.last and span.last >= own.first
    )
    merged: list[tuple[date, date]] = []
    for low, high in cut:
        if merged and low <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def to_data(spans: Spans) -> list[list[Any]]:
    """Return `spans` as JSON values; `from_data` is the inverse."""
    return [
        [
            list(key),
            span.first and span.first.isoformat(),
            span.last and span.last.isoformat(),
            span.undated,
        ]
        for key, span in spans.items()
    ]


def from_data(data: Iterable[Sequence[Any]], table: str) -> dict[Key, Span]:
    """Return the spans that `to_data` wrote; columns that a table restates by since then were null."""
    width = len(TABLES[table].restates) if table in TABLES else 0
    return {
        (*key, *(None,) * (width - len(key))): Span(
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
            undated,
        )
        for key, first, last, undated in data
    }
