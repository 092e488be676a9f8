"""What is to be read from a sheet, decided before the first row: a `Reading` of `Cell`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gouvernail.sources.values import dates, numbers

Kind = Literal[
    "text",
    "day",
    "instant",
    "count",
    "decimal",
    "money",
    "cost",
    "micros",
    "flag",
    "yes_no",
    "person",
    "currency",
]
"""yes_no: a flag that is told in words we know, or refused · cost: money that cannot be negative · micros: millionths of the currency · person: hashed before it is stored."""


@dataclass(frozen=True)
class Cell:
    """One column to make: its kind and the raw columns it is read from (several are multiplied)."""

    column: str
    kind: Kind
    raw: tuple[int, ...]
    required: bool = False
    values: Mapping[str, str] | None = None
    """Words of the file → words of the house; others keep theirs, or become `otherwise`."""
    otherwise: str | None = None
    mark: numbers.Mark = "."
    style: dates.Style = "iso"
    first: bool = False
    """Several raw columns: take the first that holds anything, instead of their product."""


@dataclass(frozen=True)
class Reading:
    """How the rows below `header` of a sheet become rows of `table`."""

    table: str
    source: str
    account: str
    header: int
    names: tuple[str, ...]
    """Headers as in the file, for messages."""
    cells: tuple[Cell, ...]
    constants: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    """Canonical column → SQL over the typed columns (quoted by name)."""
    skip: str | None = None
    """SQL condition over raw columns c0 …: totals, footers, rows the user leaves out."""


def literal(words: str) -> str:
    """Return words as a SQL literal."""
    return "'" + words.replace("'", "''") + "'"
