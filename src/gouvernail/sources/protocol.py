"""What a source is, and what reading a file gives.

The path of a file: `reading.open_file` (kind, encoding, delimiter, preamble → `Sheet`s of raw text) →
`detect.detect` (each source says how sure it is, by header and content, never by file name) → `Source.read`
(raw text → canonical rows and rejects) → `warehouse.lake`.

A source is data first: a tuple of `layout.Layout`s (one per kind of export) that say which headers stand for
which canonical column. Most vendors need nothing more; a vendor whose files are shaped otherwise (line
items, nested events) overrides `match` or `read` of `layout.FileSource`.
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

    from gouvernail.sources.reading import Sheet


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
    notes: tuple[Text, ...] = ()
    """What a user should know besides: assumed currency, tables left out, totals that disagree."""
    account: str = ""


@dataclass(frozen=True)
class Chunk:
    """Canonical rows of one table, as Arrow, typed and named as in `warehouse.tables` (without `import_id`).

    `rejected` counts the rows of the same stretch that could not be read; `rejects` describes them (at most
    10,000 a file), `notes` are sentences about the whole file.
    """

    table: str
    rows: pa.RecordBatch
    rejects: tuple[Reject, ...] = ()
    rejected: int = 0
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a reader needs to know of the organisation, and of the wish of the user.

    `secret` keys the pseudonyms of persons. `mapping` is the content of a mapping file for the generic
    importer. `today` bounds dates in the future. `own_traffic` is what the organisation says of its visits' sources:
    source in small letters → channel id.
    """

    currency: str
    time_zone: str
    secret: bytes
    today: date
    mapping: Mapping[str, Any] | None = None
    own_traffic: Mapping[str, str] = field(default_factory=dict)


class Match(Protocol):
    """How sure a source is of a sheet: higher is surer; only compared, never shown."""

    @property
    def score(self) -> float: ...


class Source(Protocol):
    """A vendor (or the generic importer). `layout.FileSource` is the one to start from."""

    @property
    def id(self) -> str:
        """Stable id, e.g. `google_ads`."""
        ...

    @property
    def title(self) -> str:
        """The vendor's own name, never translated."""
        ...

    @property
    def tables(self) -> tuple[str, ...]:
        """Canonical tables it fills."""
        ...

    def match(self, sheet: Sheet, path: Path) -> Match | None:
        """Return how the sheet is one of the source's exports, or None. `path` may date a file, never identify it."""
        ...

    def account(self, sheet: Sheet, match: Any) -> str:
        """Return the account, property or shop that the sheet belongs to, empty where it does not tell."""
        ...

    def read(self, sheet: Sheet, match: Any, context: Context) -> Iterator[Chunk]:
        """Yield canonical rows, streaming: memory stays flat as the file grows.

        Raises:
            SourceError: the file cannot be used at all (one sentence: what, where, expected, how to mend).
        """
        ...
