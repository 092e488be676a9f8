"""What a file is and what importing it would bring, as plain data that is kept with the upload.

Sentences are kept in both languages: whoever looks at the page later may read the other one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.detect import Detection, Part
from gouvernail.sources.importing import detect_with, options_of, preview
from gouvernail.sources.protocol import Chunk, Context, Preview, Reject, Status
from gouvernail.sources.reading import open_file
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.schema import conform
from gouvernail.warehouse.spans import Spans, covers, joined, spans_of
from gouvernail.warehouse.tables import HOUSE
from gouvernail.web.look.languages import both

FIRST_ROWS, SAMPLES, WIDEST = 8, 3, 60
MOST_HEADERS, MOST_VALUES = 250, 14
REJECTS = ".rejects.json"
"""Ending of the file beside the file: every rejected row of a preview, for the list that can be downloaded."""
UNKNOWN = T("The table was not recognised: say what its columns are, once, and it will be.")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(\+|00)\d[\d ().-]{7,}\d|0\d([ .-]?\d\d){4}")
_HOUSE = {column.name for column in HOUSE}
Mapped = Mapping[str, Any]


def masked(value: str) -> str:
    """Return a raw value without addresses of persons, cut to what a page can show."""
    hidden = _MAIL.sub("…@…", value)
    if _PHONE.fullmatch(value.strip()):
        hidden = "…"
    return hidden if len(hidden) <= WIDEST else f"{hidden[: WIDEST - 1]}…"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class _Seen:
    """What goes by while the file is read: the first rows of each table, the days that it speaks for, all rejects."""

    source: str
    account: str
    first: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    spans: dict[str, Spans] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def take(self, chunk: Chunk) -> None:
        self.rejects += chunk.rejects
        if not chunk.rows.num_rows:
            return
        rows = self.first.setdefault(chunk.table, [])
        if len(rows) < FIRST_ROWS:
            rows += chunk.rows.slice(0, FIRST_ROWS - len(rows)).to_pylist()
        whole = conform(chunk.rows, chunk.table, source=self.source, account=self.account, import_id="")
        mine = spans_of(pa.Table.from_batches([whole]), chunk.table)
        self.spans[chunk.table] = joined(self.spans.get(chunk.table, {}), mine)


def look(
    path: Path,
    lake: Lake | None,
    context: Context,
    mapping: Any = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return what a page shows of a file before it is imported. Never raises for what is in the file."""
    source, account, sheets = _shape(path, mapping)
    seen = _Seen(source, account)
    found = preview(path, context, mapping, progress, seen.take)
    path.with_name(path.name + REJECTS).write_text(
        json.dumps([_reject(one) for one in seen.rejects]), "utf-8"
    )
    earlier = lake.already_imported(digest_of(path), options_of(context, mapping)) if lake else None
    return {
        **_summary(found),
        "mapped": bool(mapping),
        "sheets": sheets,
        "first": {table: _table(rows) for table, rows in seen.first.items()},
        "restated": _restated(lake, seen.spans) if lake and not earlier else [],
        "earlier": {"id": earlier.id, "time": earlier.time.isoformat()} if earlier else None,
    }


def rejects_of(path: Path) -> list[dict[str, Any]]:
    """Return every rejected row of the last look at a file."""
    try:
        found: list[dict[str, Any]] = json.loads(path.with_name(path.name + REJECTS).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return found


def _summary(found: Preview) -> dict[str, Any]:
    return {
        "status": str(found.status),
        "source": found.source or "",
        "account": found.account,
        "message": both(UNKNOWN if found.status is Status.unrecognised else _without_notes(found.message)),
        "notes": [both(note) for note in found.notes],
        "rejects": [_reject(one) for one in found.rejects[:50]],
        "tables": [
            {
                "table": name,
                "rows": one.rows,
                "rejected": one.rejected,
                "start": one.start and one.start.isoformat(),
                "end": one.end and one.end.isoformat(),
                "totals": [[column, str(total)] for column, total in one.totals.items() if total],
                "currency": one.currency,
            }
            for name, one in sorted(found.tables.items())
        ],
    }


def _without_notes(message: Text) -> Text:
    """The first sentence: the notes are kept beside it."""
    while message.template == "{first} {next}":
        message = message.values["first"]
    return message


def _shape(path: Path, mapping: Any) -> tuple[str, str, list[dict[str, Any]]]:
    """The source, the account, and every table of the file with what stands for what."""
    try:
        with open_file(path) as opened:
            detection = _detected(opened, mapping)
            parts = detection.parts if detection else ()
            if parts and detection and detection.source:
                source = detection.source
                account = next((a for part in parts if (a := source.account(part.sheet, part.match))), "")
                return source.id, account, [_part(part) for part in parts]
            return "", "", [_unread(sheet) for sheet in opened.sheets[:1]]
    except SourceError:
        return "", "", []


def _detected(opened: Any, mapping: Any) -> Detection | None:
    try:
        return detect_with(opened, mapping)
    except SourceError:
        return None


def _part(part: Part) -> dict[str, Any]:
    sheet, match = part.sheet, part.match
    header = getattr(match, "header", 0)
    names = getattr(match, "names", ()) or _names(sheet)
    return {
        "name": sheet.name,
        "table": _table_of(match),
        "columns": _columns(names, _ours(match), sheet, header),
        "told": bool(_ours(match)),
    }


def _unread(sheet: Any) -> dict[str, Any]:
    names = _names(sheet)
    header = next((n for n, row in enumerate(sheet.head) if row.cells == names), 0)
    return {"name": sheet.name, "table": "", "columns": _columns(names, {}, sheet, header), "told": False}


def _names(sheet: Any) -> tuple[str, ...]:
    from gouvernail.sources.files.generic.guessing import header_row

    return sheet.head[header_row(sheet)].cells if sheet.head else ()


def _table_of(match: Any) -> str:
    layout, mapping = getattr(match, "layout", None), getattr(match, "mapping", None)
    return str(layout.table) if layout else str((mapping or {}).get("table", ""))


def _ours(match: Any) -> dict[int, list[str]]:
    """Place of a column of the file → columns of ours that are made from it."""
    from gouvernail.sources.values.headers import normalise

    found: dict[int, list[str]] = {}
    for column, place in getattr(match, "positions", {}).items():
        found.setdefault(place, []).append(column)
    places = {normalise(name): n for n, name in reversed(list(enumerate(getattr(match, "names", ()))))}
    for column, rule in getattr(match, "mapping", {}).get("columns", {}).items():
        for header in headers_of(rule):
            if normalise(header) in places:
                found.setdefault(places[normalise(header)], []).append(column)
    return found


def headers_of(rule: Any) -> list[str]:
    """Return the columns of the file that a rule of a mapping reads."""
    from gouvernail.sources.files.generic.compiling import joined

    if not isinstance(rule, Mapping):
        return [str(rule)]
    one = [str(rule["from"])] if "from" in rule else []
    several = [str(name) for key in ("multiply", "first") for name in rule.get(key, ())]
    return one + several + [str(name) for name in joined(rule).values()]


def _columns(
    names: Iterable[str], ours: Mapping[int, list[str]], sheet: Any, header: int
) -> list[dict[str, Any]]:
    rows = sheet.head[header + 1 : header + 200]
    return [
        {
            "header": name.strip()[:120],
            "ours": ours.get(n, []),
            "samples": _samples(rows, n),
            "values": _values(sheet.head[header + 1 :], n),
        }
        for n, name in enumerate(names)
        if name.strip()
    ][:MOST_HEADERS]


def _samples(rows: Iterable[Any], place: int) -> list[str]:
    values = (row.cells[place].strip() for row in rows if place < len(row.cells))
    return list(dict.fromkeys(masked(value) for value in values if value))[:SAMPLES]


def _values(rows: Iterable[Any], place: int) -> list[str]:
    """Every value of a column that has few, such as stages: they can be given a meaning one by one."""
    found: dict[str, None] = {}
    for row in rows:
        value = row.cells[place].strip() if place < len(row.cells) else ""
        if value:
            found[value] = None
        if len(found) > MOST_VALUES or len(value) > WIDEST or masked(value) != value:
            return []
    return list(found)


def _table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [
        name for name in rows[0] if name not in _HOUSE and any(row.get(name) is not None for row in rows)
    ]
    return {"columns": columns, "rows": [[_cell(name, row.get(name)) for name in columns] for row in rows]}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in ("person", "subject", "company"):
        return "•••"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return masked(str(value))


def _reject(one: Reject) -> dict[str, Any]:
    return {"line": one.line, "column": one.column, "value": masked(one.value), "reason": both(one.reason)}


def _restated(lake: Lake, spans: Mapping[str, Spans]) -> list[dict[str, Any]]:
    """Days that are in the lake already and would be replaced: by import and table."""
    found = []
    for entry in lake.state().live():
        for table, mine in spans.items():
            ranges = [
                one for cover in covers(entry.spans.get(table, {}), [mine]).values() for one in cover.ranges
            ]
            if ranges:
                first, last = min(low for low, _ in ranges), max(high for _, high in ranges)
                found.append(
                    {
                        "id": entry.record.id,
                        "file": entry.record.file,
                        "table": table,
                        "start": first.isoformat(),
                        "end": last.isoformat(),
                    }
                )
    return found
