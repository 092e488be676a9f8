"""What the lake tells of its imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from gouvernail.base.text import Text


@dataclass(frozen=True)
class TableRecord:
    """Rows that an import brought to one table, with their first and last covered day."""

    rows: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class ImportRecord:
    """One import. `digest` is the SHA-256 of the original, `time` is UTC, `undone` when it was undone."""

    id: str
    source: str
    account: str
    file: str
    digest: str
    options: Mapping[str, Any]
    time: datetime
    tables: Mapping[str, TableRecord] = field(default_factory=dict)
    rejected: int = 0
    undone: datetime | None = None


class Rejected(Protocol):
    """A row that could not be read, as `sources.protocol.Reject` is."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> Text: ...


@dataclass(frozen=True)
class RejectedRow:
    """A row kept aside: physical line in the file, column header, raw value, reason."""

    line: int
    column: str
    value: str
    reason: Text


@dataclass(frozen=True)
class Coverage:
    """What the lake holds of one account of one source in one table.

    `missing_days` counts the days between `first` and `last` without any row. `totals` sums the summable
    columns exactly; where a table is told under several cuts, those of its best cut only. `currency` is
    None when there is none or more than one: amounts of several currencies are not totalled.
    """

    source: str
    account: str
    table: str
    rows: int
    first: date | None
    last: date | None
    missing_days: int
    totals: Mapping[str, Decimal]
    currency: str | None
