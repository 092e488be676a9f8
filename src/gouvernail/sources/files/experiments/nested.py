"""Results that an interface gives as one nested JSON document: rows made one by one, since there are few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gouvernail.base.text import Text
from gouvernail.sources.protocol import Chunk, Context, Reject
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import empty, schema

Rows = Iterable["dict[str, Any] | Reject | Text"]
"""Rows of the table `experiments`, what could not be read, and what a user should know."""


@dataclass(frozen=True)
class DocumentMatch:
    """A document of results, parsed once, for those who read it after it is recognised; `score` as of a layout."""

    found: Mapping[str, Any]
    score: float = 40.0


def document(sheet: Sheet, needed: frozenset[str]) -> dict[str, Any] | None:
    """Return the first object of a JSON file where it has the keys needed, else None."""
    head = set(sheet.head[0].cells) if sheet.head else set()
    if not needed <= head:
        return None
    return next(iter(sheet.records() or ()), None)


def chunks(rows: Rows, source: str, account: str, context: Context) -> Iterator[Chunk]:
    """Yield rows as a chunk of the table `experiments`, then what could not be read, and the notes."""
    import pyarrow as pa

    form = schema("experiments")
    kept: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    notes: list[Text] = []
    for row in rows:
        if isinstance(row, Reject):
            rejects.append(row)
        elif isinstance(row, Text):
            notes.append(row)
        else:
            place = len(kept) + 1
            day = row.get("day")
            late = day is not None and day > context.today
            known = {"source": source, "account": account or None, "source_row": place, "cut": "total"}
            kept.append({**known, **row, **({"day": None, "until": None} if late else {})})
    if kept:
        arrays = [pa.array([row.get(field.name) for row in kept], field.type) for field in form]
        yield Chunk("experiments", pa.RecordBatch.from_arrays(arrays, schema=form))
    if rejects or notes:
        yield Chunk("experiments", empty("experiments"), tuple(rejects), len(rejects), tuple(notes))


def number(value: Any) -> float | None:
    """Return a finite number of a document, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e300 else None


def whole(value: Any) -> int | None:
    """Return a count of a document (0 or more), None for anything else."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def day_of(value: Any) -> date | None:
    """Return the day of a time such as `2026-07-19T22:00:00Z`, None where it tells none."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip().replace("Z", "+00:00")).date()
    except ValueError:
        return None


def squares(subjects: int, total: float, variance: float | None) -> float | None:
    """Return the sum of squares that a sum and a variance (divided by n − 1) tell."""
    if variance is None or subjects < 1 or variance < 0:
        return None
    return (subjects - 1) * variance + total * total / subjects


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object of a document, empty where it is none."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """Return a list of a document, empty where it is none."""
    return value if isinstance(value, list) else []
