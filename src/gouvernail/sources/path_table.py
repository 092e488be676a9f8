"""A bare table of paths (`path`, `conversions`, optionally `value` and `nulls`): any text table, separator found or given.

Such tables come from other attribution tools and from analysts' queries; they go into no lake. All rows are read by the
engine at once; rows of one path may repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import TN, T
from gouvernail.sources.reading import open_file
from gouvernail.sources.values.headers import normalise
from gouvernail.sources.values.numbers import Mark, find_mark, sql_decimal

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import numpy.typing as npt

    from gouvernail.sources.reading import Sheet

SEPARATORS = (("->", "=>", ">", "→", "»"), ("|", ";", "\t"), (",", "/"), (" - ", " + ", "~"))
"""What stands between two steps, the surest first: names of channels hold a slash or a dash, hardly an arrow."""
STRAY = 0.01
"""Part of the rows below which a separator is taken for a letter of a name."""
HEADERS = {
    "path": ("path", "paths", "journey path", "channel path", "parcours", "chemin"),
    "conversions": (
        "conversions",
        "conversion",
        "total_conversions",
        "total conversions",
        "converted",
        "conv",
    ),
    "value": (
        "value",
        "conversion_value",
        "conversion value",
        "total_conversion_value",
        "revenue",
        "valeur",
        "chiffre d'affaires",
    ),
    "nulls": ("nulls", "null", "total_null", "total null", "non_conversions", "sans conversion"),
}
"""Headers known for each column, as `normalise` writes them."""


@dataclass(frozen=True, eq=False)
class PathTable:
    """The paths of a file, one after the other.

    Attributes:
        names: the channels, in the order of their names.
        steps: number of the channel at every step.
        bounds: where each path begins in `steps`, and where the last one ends.
        conversions, value, nulls: one number a path.
        has_value, has_nulls: whether the file has such a column.
        separator: what stood between the steps.
        without_path: conversions of rows whose path is empty, and `value_without_path` theirs.
    """

    names: tuple[str, ...]
    steps: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]
    conversions: npt.NDArray[np.float64]
    value: npt.NDArray[np.float64]
    nulls: npt.NDArray[np.float64]
    has_value: bool
    has_nulls: bool
    separator: str
    without_path: float
    value_without_path: float


def read_paths(path: Path, separator: str | None = None) -> PathTable:
    """Return the paths of a file.

    A row with a column `converted` of 0 and 1 and no `nulls` is a conversion or none: a 0 counts as one null.

    Raises:
        SourceError: the file cannot be opened, lacks the columns, or has a number that cannot be read.
    """
    import duckdb

    with open_file(path) as opened, duckdb.connect() as connection:
        sheet, header, places = _table(opened.sheets, path)
        names = sheet.head[header].cells
        marks = {field: _mark(sheet, header, place) for field, place in places.items() if field != "path"}
        _load(connection, sheet.relation(connection, header, len(names)), places, marks)
        for field in marks:
            _check(connection, sheet, header, places[field], field)
        chosen = (
            separator.strip() or separator
            if separator
            else _separator(connection, sheet, header, places["path"])
        )
        return _read(connection, list(marks), chosen, normalise(names[places["conversions"]]))


def _table(sheets: Sequence[Sheet], path: Path) -> tuple[Sheet, int, dict[str, int]]:
    """Return the sheet and header line that have a path and a number of conversions, and where each column stands."""
    seen: tuple[str, ...] = ()
    for sheet in sheets:
        for number, row in enumerate(sheet.head):
            cells = [normalise(cell) for cell in row.cells]
            places = {
                field: cells.index(known)
                for field, headers in HEADERS.items()
                if (known := next((one for one in headers if one in cells), None))
            }
            if {"path", "conversions"} <= places.keys():
                return sheet, number, places
            seen = seen or tuple(row.cells)
    raise SourceError(
        T(
            "{file} is not a table of paths: the columns “path” and “conversions” are expected, {found} found. Name them so in the first line.",
            file=path.name,
            found=", ".join(f"“{cell}”" for cell in seen[:6]) or "–",
        )
    )


def _mark(sheet: Sheet, header: int, place: int) -> Mark:
    values = [row.cells[place] for row in sheet.head[header + 1 :] if place < len(row.cells)]
    return find_mark(values) or "."


def _load(
    connection: duckdb.DuckDBPyConnection, relation: str, places: dict[str, int], marks: dict[str, Mark]
) -> None:
    """Read the file once: the words of each cell and its number, in the table `paths`."""
    cells = [f"trim(coalesce(c{places[field]}, '')) AS {field}_said" for field in marks]
    numbers = [f"{sql_decimal(f'{field}_said', marks[field])} AS {field}" for field in marks]
    connection.execute(
        f"CREATE TEMP TABLE paths AS SELECT *, {', '.join(numbers)} FROM "  # noqa: S608 - names and literals are ours
        f"(SELECT c{places['path']} AS path, {', '.join(cells)} FROM {relation})"
    )


def _check(connection: duckdb.DuckDBPyConnection, sheet: Sheet, header: int, place: int, field: str) -> None:
    """Say where the first number of a column stands that cannot be read, and how many there are."""
    wrong = f"{field}_said <> '' AND ({field} IS NULL OR {field} < 0)"
    count, row, said = connection.execute(
        f"SELECT count(*), min(rowid), min_by({field}_said, rowid) FROM paths WHERE {wrong}"  # noqa: S608 - names and literals are ours
    ).fetchone() or (0, 0, "")
    if count:
        raise SourceError(
            TN(
                "Line {line}, column “{column}”: “{value}” is no number of 0 or more. Mend it and try again.",
                "Line {line}, column “{column}”: “{value}” is no number of 0 or more, and {n} cells are so. Mend them and try again.",
                count,
                line=sheet.line(header, row),
                column=sheet.head[header].cells[place],
                value=said,
            )
        )


def _separator(connection: duckdb.DuckDBPyConnection, sheet: Sheet, header: int, place: int) -> str:
    """Return what stands between the steps: of the surest kind found, the one that most paths hold."""
    every = [one for kind in SEPARATORS for one in kind]
    counts = ", ".join(f"count(*) FILTER (contains(path, '{one}'))" for one in every)
    found = connection.execute(f"SELECT {counts} FROM paths").fetchone() or (0,) * len(every)  # noqa: S608 - names and literals are ours
    held = dict(zip(every, found, strict=True))
    for kind in SEPARATORS:
        best = max(kind, key=lambda one: held[one])
        if held[best] > STRAY * max(found):
            return best
    raise _undivided(connection, sheet, header, place)


def _undivided(connection: duckdb.DuckDBPyConnection, sheet: Sheet, header: int, place: int) -> SourceError:
    row, said = connection.execute(
        "SELECT min(rowid), min_by(path, rowid) FROM paths WHERE path <> ''"
    ).fetchone() or (None, "")
    column = sheet.head[header].cells[place]
    if row is None:
        return SourceError(
            T("The column “{column}” holds no path: there is nothing to share.", column=column)
        )
    return SourceError(
        T(
            "Line {line}, column “{column}”: “{value}” is one step, and no path of the file has two: say what stands between two steps with --separator.",
            line=sheet.line(header, row),
            column=column,
            value=said,
        )
    )


def _read(connection: duckdb.DuckDBPyConnection, fields: list[str], separator: str, told: str) -> PathTable:
    """Return the loaded rows. `told` is the header of the conversions: under `converted`, a 0 is one null."""
    import numpy as np

    numbers = ", ".join(f"coalesce({field}, 0)::DOUBLE AS {field}" for field in fields)
    table = connection.execute(f"SELECT path, {numbers} FROM paths").to_arrow_table()  # noqa: S608 - names and literals are ours
    steps, bounds, names = _split(table["path"].combine_chunks(), separator)
    counts = {field: table[field].to_numpy() for field in fields}
    conversions = counts["conversions"]
    nothing = np.zeros(len(conversions))
    by_row = told == "converted"
    value = counts.get("value", nothing)
    nulls = counts.get("nulls", (conversions == 0).astype(np.float64) if by_row else nothing)
    some = np.diff(bounds) > 0
    return PathTable(
        names,
        steps,
        np.concatenate(([0], bounds[1:][some])),
        conversions[some],
        value[some],
        nulls[some],
        "value" in counts,
        "nulls" in counts or by_row,
        separator,
        float(conversions[~some].sum()),
        float(value[~some].sum()),
    )


def _split(paths: Any, separator: str) -> tuple[Any, Any, tuple[str, ...]]:
    """Return the steps of all paths as numbers, where each path begins, and the names in order."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = pc.split_pattern(pc.fill_null(paths, ""), separator)
    offsets = lists.offsets.to_numpy().astype(np.int64)
    flat = pc.dictionary_encode(lists.flatten())
    words = pc.utf8_trim_whitespace(flat.dictionary)
    # Two spellings that differ by spaces only are one channel; what is empty is no step.
    names = sorted({word for word in words.to_pylist() if word})
    number_of = {name: number for number, name in enumerate(names)}
    numbers = np.array([number_of.get(word, -1) for word in words.to_pylist()], dtype=np.int64)
    codes = flat.indices.to_numpy() if isinstance(flat, pa.DictionaryArray) else np.zeros(0, np.int64)
    steps = numbers[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    real = steps >= 0
    kept = np.concatenate(([0], np.cumsum(real)))
    return steps[real], kept[offsets - offsets[0]], tuple(names)
