"""What the pages of files show: a file under way or looked at, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from gouvernail.base.ids import source_name
from gouvernail.base.money import Money
from gouvernail.base.render import format_money, format_value
from gouvernail.base.text import T, Text
from gouvernail.web.data.cells import shown
from gouvernail.web.data.models import Upload, UploadState
from gouvernail.web.data.words import MONEY, STATES, STATUS, column_name, table_name
from gouvernail.web.look.languages import in_language


@dataclass(frozen=True)
class Sign:
    """A chip: tone, icon and words."""

    tone: str
    icon: str
    words: Text


@dataclass(frozen=True)
class TableLine:
    """What a file would bring, or brought, to one table."""

    name: Text
    rows: int
    rejected: int
    days: Text | None
    totals: tuple[tuple[Text, str], ...]
    headings: tuple[Text, ...]
    first: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ColumnPair:
    """A column of the file and what it becomes."""

    header: str
    ours: tuple[Text, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True)
class SheetView:
    """One table found in the file, column by column."""

    name: str
    table: Text | None
    read: tuple[ColumnPair, ...]
    unread: tuple[ColumnPair, ...]
    told: bool


@dataclass(frozen=True)
class Restated:
    """Days of an earlier import that this one would replace."""

    id: str
    file: str
    table: Text
    start: date
    end: date


@dataclass(frozen=True)
class FilePage:
    """A file that was looked at."""

    upload: Upload
    sign: Sign
    source: str
    account: str
    message: str
    notes: tuple[str, ...]
    tables: tuple[TableLine, ...]
    sheets: tuple[SheetView, ...]
    rejects: tuple[dict[str, Any], ...]
    restated: tuple[Restated, ...]
    earlier: dict[str, Any] | None
    ready: bool
    """Whether there is something to import."""
    mapped: bool

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)

    @property
    def rejected(self) -> int:
        return sum(one.rejected for one in self.tables)


def sign_of(upload: Upload) -> Sign:
    """Return where the upload stands; one that was looked at tells what was found."""
    found = upload.preview or {}
    if upload.state == UploadState.previewed and found:
        if found["status"] != "ready":
            return Sign(*STATUS[found["status"]])
        if not found["tables"]:
            return Sign("unknown", "circle-dashed", T("nothing to import"))
    return Sign(*STATES[upload.state])


def is_ready(upload: Upload) -> bool:
    """Return whether a file was looked at and would bring something that is not there yet."""
    found = upload.preview or {}
    looked = upload.state == UploadState.previewed and found.get("status") == "ready"
    return looked and bool(found["tables"]) and not found.get("earlier")


def working_words(upload: Upload) -> Text:
    """Return what the background does with a file."""
    return {
        UploadState.uploaded: T("The file waits for its turn."),
        UploadState.previewing: T("The file is being read. Nothing is imported yet."),
        UploadState.importing: T("The file is being imported, all of it or nothing."),
        UploadState.undoing: T("The import is being undone."),
    }.get(UploadState(upload.state), T("Done."))


def file_page(upload: Upload, language: str) -> FilePage:
    """Return what the page of a file shows."""
    found = upload.preview or {}
    tables = tuple(_table(one, found.get("first", {}), language) for one in found.get("tables", ()))
    ready = found.get("status") == "ready" and bool(tables)
    return FilePage(
        upload,
        sign_of(upload),
        source_name(found["source"]) if found.get("source") else "",
        found.get("account", ""),
        in_language(found.get("message"), language),
        tuple(in_language(note, language) for note in found.get("notes", ())),
        tables,
        tuple(_sheet(one) for one in found.get("sheets", ())),
        tuple(one | {"reason": in_language(one["reason"], language)} for one in found.get("rejects", ())),
        tuple(_restated(one) for one in found.get("restated", ())),
        found.get("earlier"),
        ready,
        bool(found.get("mapped")),
    )


def _table(one: dict[str, Any], first: dict[str, Any], language: str) -> TableLine:
    days = None
    if one["start"] and one["end"]:
        start, end = date.fromisoformat(one["start"]), date.fromisoformat(one["end"])
        days = T("{start} to {end}", start=start, end=end)
    rows = first.get(one["table"], {"columns": [], "rows": []})
    return TableLine(
        table_name(one["table"]),
        one["rows"],
        one["rejected"],
        days,
        tuple(
            (column_name(column), _total(column, Decimal(total), one["currency"], language))
            for column, total in one["totals"]
        ),
        tuple(column_name(column) for column in rows["columns"]),
        tuple(
            tuple(map(partial(shown, one["table"], language), rows["columns"], row)) for row in rows["rows"]
        ),
    )


def _total(column: str, total: Decimal, currency: str | None, language: str) -> str:
    if column in MONEY and currency:
        return format_money(Money(total, currency), language, cents=total % 1 != 0)
    return format_value(total, language)


def _sheet(one: dict[str, Any]) -> SheetView:
    pairs = [
        ColumnPair(column["header"], tuple(map(column_name, column["ours"])), tuple(column["samples"]))
        for column in one["columns"]
    ]
    return SheetView(
        one["name"],
        table_name(one["table"]) if one["table"] else None,
        tuple(pair for pair in pairs if pair.ours),
        tuple(pair for pair in pairs if not pair.ours),
        one["told"],
    )


def _restated(one: dict[str, Any]) -> Restated:
    start, end = date.fromisoformat(one["start"]), date.fromisoformat(one["end"])
    return Restated(one["id"], one["file"], table_name(one["table"]), start, end)
