"""The only module that names a query engine (with `spark`, which it opens). Ibis expressions in, Arrow tables out.

`GOUVERNAIL_ENGINE` names the engine (`duckdb` by default), `GOUVERNAIL_MEMORY` the memory that it may take
(`600MB` by default; what does not fit is spilled to temporary files), `GOUVERNAIL_THREADS` the threads
(1 by default, so that sums of floats are the same each time).
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from gouvernail.base.errors import WarehouseError
from gouvernail.base.settings import setting
from gouvernail.base.text import T
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.schema import arrow_schema
from gouvernail.warehouse.tables import TABLES


class Backend(Protocol):
    """What an engine must do. To add one, write this class and name it in `BACKENDS` and `base.settings`."""

    local: bool
    """Whether it runs in this process, so that sorted rows are best streamed; otherwise rows are brought together there."""

    def view(self, name: str, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files with exactly the columns of `schema`; empty without files."""
        ...

    def execute(self, expression: ir.Expr) -> pa.Table:
        """Run an expression."""
        ...

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows, in their order, in batches of about `rows`."""
        ...


class DuckDB:
    """DuckDB in this process."""

    local = True

    def __init__(self) -> None:
        spill = tempfile.mkdtemp(prefix="gouvernail-")
        weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        memory = setting("GOUVERNAIL_MEMORY")
        threads = setting("GOUVERNAIL_THREADS")
        try:
            self._connection: Any = ibis.duckdb.connect(
                memory_limit=memory,
                temp_directory=spill,
                threads=threads,
                autoinstall_known_extensions=False,
            )
        except duckdb.Error as error:
            raise WarehouseError(
                T(
                    "GOUVERNAIL_MEMORY is {memory} and GOUVERNAIL_THREADS is {threads}, which DuckDB does not "
                    "take; write 600MB or 2GB, and a whole number.",
                    memory=memory,
                    threads=threads,
                )
            ) from error

    def view(self, name: str, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        wanted = ibis.Schema.from_pyarrow(schema)
        if not files:
            empty: ir.Table = self._connection.create_table(name, schema=wanted, temp=True)
            return empty
        paths = [str(path) for path in files]
        try:
            plain = self._connection.read_parquet(paths, table_name=f"files_{name}", union_by_name=True)
        except duckdb.Error as error:
            raise WarehouseError(
                T(
                    "A file of the table {table} is damaged ({reason}). Restore the lake from a backup, or import the "
                    "originals into a new one.",
                    table=name,
                    reason=str(error).splitlines()[0],
                )
            ) from error
        columns = {
            column: plain[column] if column in plain.columns else ibis.null(kind)
            for column, kind in wanted.items()
        }
        # A view of the engine's own: else every question would compile the shaping again.
        shaped: ir.Table = self._connection.create_view(name, plain.select(**columns), overwrite=True)
        return shaped

    def execute(self, expression: ir.Expr) -> pa.Table:
        with _told():
            result: pa.Table = self._connection.to_pyarrow(expression.as_table())
        return result

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        with _told():
            yield from self._connection.to_pyarrow_batches(expression, chunk_size=rows)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence that the engine gave up."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise WarehouseError(
            T(
                "The query engine gave up: {reason} GOUVERNAIL_MEMORY may give it more memory.",
                reason=str(error).strip(),
            )
        ) from error


def _spark() -> Backend:
    from gouvernail.warehouse.spark import Spark

    return Spark()


BACKENDS: dict[str, Callable[[], Backend]] = {"duckdb": DuckDB, "spark": _spark}
"""Every engine by the name that `GOUVERNAIL_ENGINE` takes (`base.settings` lists them too)."""


KEPT_ROWS = 10_000
KEPT_ENGINES = 4
STREAMED_ROWS = 1_000_000


class Engine:
    """Questions to one version of a lake; later imports do not show.

    A version never changes, so an answer of at most `KEPT_ROWS` rows is kept for when it is asked again.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake.at(lake.version())
        self._backend = BACKENDS[setting("GOUVERNAIL_ENGINE")]()
        self._tables: dict[str, ir.Table] = {}
        self._answers: dict[Hashable, pa.Table] = {}

    def is_empty(self, name: str) -> bool:
        """Whether nothing was ever imported into a table."""
        return not self._lake.files(name)

    @property
    def is_local(self) -> bool:
        """Whether the engine runs in this process: rows that are sorted and streamed cost next to nothing."""
        return self._backend.local

    @property
    def version(self) -> str:
        """The token of the version that is read."""
        return self._lake.version()

    def table(self, name: str) -> ir.Table:
        """Return a canonical table, empty with its columns when nothing was imported.

        Raises:
            WarehouseError: no such table.
        """
        if name not in TABLES:
            raise WarehouseError(T("There is no table {table}.", table=name))
        if name not in self._tables:
            files = self._lake.files(name)
            self._tables[name] = self._backend.view(name, files, arrow_schema(name))
        return self._tables[name]

    def execute(self, expression: ir.Expr) -> pa.Table:
        """Return the rows of an Ibis expression over `table(…)` (a scalar is one row of one column).

        Raises:
            WarehouseError: the engine gave up, e.g. for want of memory.
        """
        question = expression.op()
        if question not in self._answers:
            answer = self._backend.execute(expression)
            if answer.num_rows > KEPT_ROWS:
                return answer
            self._answers[question] = answer
        return self._answers[question]

    def stream(self, expression: ir.Table, rows: int = STREAMED_ROWS) -> Iterator[pa.RecordBatch]:
        """Give the rows of an Ibis expression in their order, never all at once in memory.

        Raises:
            WarehouseError: the engine gave up, e.g. for want of memory.
        """
        return self._backend.stream(expression, rows)


def engine_of(lake: Lake) -> Engine:
    """Return the engine over a lake's version, the one made before in this thread where nothing has changed since.

    What was asked of it is then known already. An import, an undo or an erasure makes a new one: erased rows are
    never answered from memory.
    """
    newest = type(lake).open(lake.folder).version()
    wanted = (lake.folder.resolve(), lake.version(), newest, *(setting(name) for name in ENGINE_SETTINGS))
    engines: dict[Hashable, Engine] = _kept.__dict__.setdefault("engines", {})
    if wanted not in engines:
        while len(engines) >= KEPT_ENGINES:
            del engines[next(iter(engines))]
        engines[wanted] = Engine(lake)
    return engines[wanted]


ENGINE_SETTINGS = ("GOUVERNAIL_ENGINE", "GOUVERNAIL_SPARK", "GOUVERNAIL_MEMORY", "GOUVERNAIL_THREADS")
# By thread: a connection to DuckDB answers one question at a time.
_kept = threading.local()
