"""Parquet, read by DuckDB: every column as text, so that it meets the same typing rules as any other file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading.sheet import HEAD_ROWS, QuerySheet, Row, Sheet

if TYPE_CHECKING:
    import duckdb


def read_parquet(path: Path) -> tuple[Sheet, ...]:
    """Return the one table of a Parquet file.

    Raises:
        SourceError: the file is damaged or incomplete.
    """
    import duckdb

    quoted = str(path).replace("'", "''")
    try:
        with duckdb.connect() as connection:
            described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{quoted}')").fetchall()  # noqa: S608 - names and literals are ours
            names = [str(row[0]) for row in described]
            texts = [
                _as_text(name, str(row[1]), i)
                for i, (name, row) in enumerate(zip(names, described, strict=True))
            ]
            query = f"(SELECT {', '.join(texts)} FROM read_parquet('{quoted}'))"  # noqa: S608 - names and literals are ours
            sample = connection.execute(f"SELECT * FROM {query} LIMIT {HEAD_ROWS}").fetchall()  # noqa: S608 - names and literals are ours
    except duckdb.Error as error:
        raise SourceError(T("The Parquet file is damaged or incomplete: write it again.")) from error
    head = (Row(0, tuple(names)), *(Row(i, tuple(c or "" for c in row)) for i, row in enumerate(sample, 1)))

    def source(_connection: duckdb.DuckDBPyConnection, _header: int, _width: int) -> str:
        return query

    def nested() -> Iterator[dict[str, Any]]:
        return _objects(path)

    return (QuerySheet(path.stem, (), head, [], source=source, nested=nested),)


def _as_text(name: str, kind: str, number: int) -> str:
    """A whole number held as floating point (a pandas habit for ids with gaps) reads `17850`, NaN reads as nothing."""
    column = '"' + name.replace('"', '""') + '"'
    if kind in ("DOUBLE", "FLOAT"):
        text = f"regexp_replace(CAST({column} AS VARCHAR), '[.]0$', '')"
        return f"CASE WHEN NOT isnan({column}) THEN {text} END AS c{number}"
    if kind.startswith(("STRUCT", "MAP")) or kind.endswith("[]"):
        return f"CAST(to_json({column}) AS VARCHAR) AS c{number}"
    return f"CAST({column} AS VARCHAR) AS c{number}"


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=2_000):
            yield from batch.to_pylist()
