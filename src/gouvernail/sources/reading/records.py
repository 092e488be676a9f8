"""JSON and JSON Lines: objects as rows of text, nested values kept as JSON for the sources that read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading.sheet import HEAD_ROWS, Fault, MemorySheet, Row, Sheet

MAX_DOCUMENT = 512 << 20
WHOLE = ({"experiment_id", "metrics"}, {"experimentId", "results"})
"""Keys of documents whose list is no table: what stands beside it explains it."""


class RecordSheet(MemorySheet):
    """Rows made of objects; `records` gives the objects themselves, streamed again from the file."""

    path: Path
    lines_of_objects: bool

    def records(self) -> Iterator[dict[str, Any]]:
        return iterate(self.path, self.lines_of_objects)


def read_records(path: Path) -> tuple[Sheet, ...]:
    """Return the one table of a JSON file (a list of objects) or of a JSON Lines file.

    Raises:
        SourceError: the text is not JSON, or is a document without rows.
    """
    by_line = _is_by_line(path)
    if not by_line and path.stat().st_size > MAX_DOCUMENT:
        raise SourceError(T("The JSON document is too large to be read at once: export it as JSON Lines."))
    faults: list[Fault] = []
    rows: list[Row] = []
    header: dict[str, int] = {}
    for number, record in enumerate(iterate(path, by_line, faults), 1):
        for key in record:
            header.setdefault(key, len(header))
        rows.append(Row(number, tuple(_text(record.get(key)) for key in header)))
    if not header:
        raise SourceError(T("The JSON file holds no list of rows."))
    table = (Row(0, tuple(header)), *rows)
    sheet = RecordSheet(path.stem, (), table[:HEAD_ROWS], faults, table)
    sheet.path, sheet.lines_of_objects = path, by_line
    return (sheet,)


def _is_by_line(path: Path) -> bool:
    with path.open("r", encoding="utf-8", errors="replace") as file:
        first = file.readline(8 << 20)
    try:
        return isinstance(json.loads(first), dict) and bool(first.strip())
    except (ValueError, RecursionError):
        return False


def iterate(path: Path, by_line: bool, faults: list[Fault] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file; lines that are not JSON are noted in `faults`."""
    if not by_line:
        yield from _objects(path)
        return
    with path.open("r", encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, dict):
                yield value
            elif faults is not None:
                faults.append(Fault(number, "not_json", line[:80]))


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(T("The JSON is damaged or incomplete: export it again.")) from error
    if isinstance(document, dict) and not any(document.keys() >= keys for keys in WHOLE):
        lists = [value for value in document.values() if isinstance(value, list) and value]
        document = lists[0] if len(lists) == 1 and all(isinstance(v, dict) for v in lists[0]) else [document]
    rows = [document] if isinstance(document, dict) else document
    yield from (value for value in rows if isinstance(value, dict))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.replace("\0", "")
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
