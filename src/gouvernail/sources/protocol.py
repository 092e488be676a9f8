"""What a source is, and what reading a file gives.

The path of a file: `open_file` (kind, encoding, delimiter, preamble → `Sheet`s of raw text) →
`detect` (each source says how sure it is, by header and content, never by file name) → `Source.read`
(raw text → canonical rows and rejects) → `warehouse.lake.commit`.

A source is data first: a tuple of `Layout`s (one per kind of export) that say which headers stand for
which canonical column. Most vendors need nothing more; a vendor whose files are shaped otherwise (line
items, nested events) overrides `read`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gouvernail.base.text import Text

if TYPE_CHECKING:
    import pyarrow as pa


class Status(StrEnum):
    """What can be done with a file."""

    ready = "ready"
    unsupported = "unsupported"
    unrecognised = "unrecognised"
    unreadable = "unreadable"


@dataclass(frozen=True)
class Reject:
    """A row that could not be read: physical line in the file, column header, raw value, reason."""

    line: int
    column: str
    value: str
    reason: Text


@dataclass(frozen=True)
class TablePreview:
    """What an import would bring to one table. `totals` sums the summable columns, exactly."""

    rows: int
    rejected: int
    start: date | None
    end: date | None
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    currency: str | None = None


@dataclass(frozen=True)
class Preview:
    """The answer of a dry run for one file."""

    file: Path
    status: Status
    source: str | None
    tables: Mapping[str, TablePreview]
    message: Text
    rejects: Sequence[Reject] = ()


@dataclass(frozen=True)
class Chunk:
    """Canonical rows of one table, as Arrow, typed and named as in `warehouse.tables` (without `import_id`).

    `rejects` are the rows of the same stretch of the file that could not be read.
    """

    table: str
    rows: pa.RecordBatch
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a reader needs to know of the organisation, and of the wish of the user.

    `secret` keys the pseudonyms of persons. `mapping` is the content of a mapping file for the generic
    importer. `today` bounds dates in the future.
    """

    currency: str
    time_zone: str
    secret: bytes
    today: date
    mapping: Mapping[str, Any] | None = None


class Source(Protocol):
    """A vendor (or the generic importer)."""

    id: str
    """Stable id, e.g. `google_ads`."""
    title: str
    """The vendor's own name, never translated."""
    tables: tuple[str, ...]
    """Canonical tables it fills."""

    def recognise(self, file: OpenedFile) -> float:
        """Return how sure the source is that the file is its own: 0 (no) to 1 (certain)."""
        ...

    def read(self, file: OpenedFile, context: Context) -> Iterator[Chunk]:
        """Yield canonical rows, streaming: memory stays flat as the file grows.

        Raises:
            SourceError: the file cannot be used at all (one sentence: what, where, expected, how to mend).
        """
        ...


class OpenedFile(Protocol):
    """A file whose container, encoding and shape are known. See `sources.reading`."""

    path: Path
    kind: str
    """csv, xlsx, parquet, json, jsonl, zip …"""

    @property
    def sheets(self) -> Sequence[Any]:
        """Tables found in the file, each with `preamble` lines, `header` and raw sample rows."""
        ...
