"""A file of results read by itself: imported into a lake that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import TN, T, Text
from gouvernail.sources import importing
from gouvernail.sources.experiment_table import ExperimentTable, tables
from gouvernail.sources.layout import HEADER_WITHIN, Field, Layout
from gouvernail.sources.protocol import Context, Preview, Reject, Status
from gouvernail.sources.reading import Opened, open_file
from gouvernail.sources.values.headers import normalise
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.tables import EXPERIMENTS

NOBODY = Context("", "UTC", b"a file read by itself", date.max)
"""What a reader is told where there is no organisation."""


def read(
    path: Path,
    context: Context | None = None,
    mapping: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[ExperimentTable, ...]:
    """Return the experiments of a file. See `experiment_table.read_experiment`."""
    told = context or NOBODY
    with tempfile.TemporaryDirectory(prefix="gouvernail-") as folder:
        lake = Lake.open(Path(folder) / "lake")
        notes = _by_columns(path, lake, told, columns) if columns else _imported(path, lake, told, mapping)
        return tuple(replace(one, notes=(*one.notes, *notes)) for one in tables(Engine(lake)))


def _imported(
    path: Path, lake: Lake, context: Context, mapping: Mapping[str, Any] | None
) -> tuple[Text, ...]:
    """Import the file; return what a reader should know of it."""
    found = importing.run(path, lake, context, dict(mapping) if mapping else None).preview
    if found.status is Status.unrecognised or (found.status is Status.ready and not _holds_results(found)):
        raise SourceError(not_results(path))
    if found.status is not Status.ready:
        raise SourceError(found.message)
    return (*found.notes, *_left_out(found.tables["experiments"].rejected, found.rejects))


def _holds_results(found: Preview) -> bool:
    return "experiments" in found.tables


def not_results(path: Path) -> Text:
    """Return the sentence for a file that holds no results."""
    return T(
        "{file} holds no results of an experiment that can be read: a column of variants is expected, and beside it the numbers of visitors and of conversions of each (or a value), or one line a subject. Name the columns, or write a mapping file.",
        file=path.name,
    )


def _left_out(count: int, rejects: Sequence[Reject]) -> tuple[Text, ...]:
    if not count:
        return ()
    first = rejects[0]
    return (
        TN(
            "{n} row could not be read and is left out: line {line}, {reason} (“{value}”).",
            "{n} rows could not be read and are left out; the first, line {line}: {reason} (“{value}”).",
            count,
            line=str(first.line),
            reason=first.reason,
            value=first.value,
        ),
    )


def _by_columns(path: Path, lake: Lake, context: Context, columns: Mapping[str, str]) -> tuple[Text, ...]:
    """Import the file with some of its columns told by the user; the others are known by their headers."""
    from gouvernail.sources.files.experiments import SOURCE

    known = [column.name for column in EXPERIMENTS.columns]
    for name in columns:
        if name not in known:
            raise SourceError(
                T("Results have no “{column}”; they have: {known}.", column=name, known=", ".join(known))
            )
    layouts = tuple(_told(layout, columns) for layout in SOURCE.layouts)
    source = replace(SOURCE, layouts=layouts)
    notes: list[Text] = []
    rejects: list[Reject] = []
    count = rows = 0
    with open_file(path) as opened:
        _present(opened, path, columns)
        found = [(sheet, match) for sheet in opened.sheets if (match := source.match(sheet, path))]
        if not found:
            raise SourceError(not_results(path))
        sheet, match = max(found, key=lambda pair: pair[1].score)
        with lake.begin(source.id, "", path, {}) as under_way:
            for chunk in source.read(sheet, match, context):
                under_way.add(chunk.table, chunk.rows)
                rows += chunk.rows.num_rows
                rejects += chunk.rejects
                count += chunk.rejected
                notes += chunk.notes
    if not rows:
        raise SourceError(_left_out(count, rejects)[0] if count else not_results(path))
    return (*notes, *_left_out(count, rejects))


def _told(layout: Layout, columns: Mapping[str, str]) -> Layout:
    """Return a layout in which the told columns stand under the user's headers, and no other column reads these."""
    taken = {normalise(header) for header in columns.values()}
    fields = tuple(
        replace(part, names=(columns[part.column],))
        if part.column in columns
        else replace(part, names=tuple(name for name in part.names if normalise(name) not in taken))
        for part in layout.fields
    )
    told = {part.column for part in fields}
    extra = tuple(Field(name, "decimal", (header,)) for name, header in columns.items() if name not in told)
    needed = {part.column for part in fields if part.required} | set(columns)
    marks = tuple(part.names for part in fields if part.column in needed and part.names)
    return replace(layout, fields=(*fields, *extra), marks=marks)


def _present(opened: Opened, path: Path, columns: Mapping[str, str]) -> None:
    """Say which of the headers that the user named is not in the file."""
    heads = [row.cells for sheet in opened.sheets for row in sheet.head[:HEADER_WITHIN]]
    seen = {normalise(cell) for cells in heads for cell in cells}
    for column, header in columns.items():
        if normalise(header) not in seen:
            names = next((cells for cells in heads if sum(1 for cell in cells if cell.strip()) > 1), ())
            raise SourceError(
                T(
                    "{file} has no column “{header}” (for {column}): it has {found}.",
                    file=path.name,
                    header=header,
                    column=column,
                    found=", ".join(f"“{name}”" for name in names[:12] if name.strip()) or "–",
                )
            )
