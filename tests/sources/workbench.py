"""What the tests of every vendor need: a context, files written on the spot, rows and totals read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from gouvernail.sources.detect import recognise
from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Context, Preview, Status, TablePreview
from gouvernail.sources.reading import open_file

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "vendor"
CONTEXT = Context("EUR", "Europe/Zurich", b"k" * 32, date(2026, 11, 22))


def write(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    """Write a file of exactly these bytes."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def shared(name: str) -> Path:
    """Return a real export kept beside the repository; the test skips where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared sample files are not here")
    return path


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    """Return the canonical rows of a file, without empty cells and the house's columns."""
    found: list[dict[str, Any]] = []
    with open_file(path) as opened:
        detection = recognise(opened)
        assert detection.source is not None, detection.message.render("en")
        for part in detection.parts:
            for chunk in detection.source.read(part.sheet, part.match, CONTEXT):
                if chunk.table == table:
                    found += pa.Table.from_batches([chunk.rows]).to_pylist()
    house = ("source", "source_row")
    return [{k: v for k, v in row.items() if v is not None and k not in house} for row in found]


def values(path: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of the canonical rows, None where empty."""
    return [tuple(row.get(column) for column in columns) for row in rows(path, table)]


def ready(path: Path, source: str) -> Preview:
    """Return the preview of a file that must be taken for that source's."""
    found = preview(path, CONTEXT)
    assert (found.status, found.source) == (Status.ready, source), found.message.render("en")
    return found


def only(path: Path, source: str) -> TablePreview:
    """Return the one table that a file brings."""
    (table,) = ready(path, source).tables.values()
    return table


def says(found: Preview) -> list[str]:
    """Return the notes of a preview in English."""
    return [note.render("en") for note in found.notes]
