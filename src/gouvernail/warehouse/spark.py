"""Spark as the engine: the same Ibis expressions over the same Parquet files, on this machine or on a cluster.

PySpark is an extra (`pip install "gouvernail[spark]"`: 4.0, Ibis 12 takes no newer one), and needs Java 17.
`GOUVERNAIL_SPARK` names the cluster (`local[2]`, `spark://host:7077`, `yarn` …); the lake must lie where every worker can read it.
Sessions are one a process; tables are temporary views with a number of their own, so that several engines share one session.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from gouvernail.base.errors import WarehouseError
from gouvernail.base.settings import setting
from gouvernail.base.text import T

LEAST_MEMORY = 1 << 30
"""Memory of a driver on this machine: with less, Spark refuses to start."""
_NUMBERS = itertools.count()


class Spark:
    """A session of Spark, shared by all engines of this process."""

    local = False

    def __init__(self) -> None:
        self._session: Any = _session()
        self._connection: Any = ibis.pyspark.connect(self._session)
        self._number = next(_NUMBERS)

    def view(self, name: str, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        wanted = ibis.Schema.from_pyarrow(schema)
        own = f"{name}_{self._number}"
        if files:
            plain = self._session.read.option("mergeSchema", "true").parquet(
                *(path.resolve().as_uri() for path in files)
            )
        else:
            plain = self._session.createDataFrame([], "nothing int")
        columns = [
            f"CAST({f'`{column}`' if column in plain.columns else 'NULL'} AS {_type(kind)}) AS `{column}`"
            for column, kind in wanted.items()
        ]
        with _told():
            plain.selectExpr(*columns).createOrReplaceTempView(own)
            table: ir.Table = self._connection.table(own)
        return table

    def execute(self, expression: ir.Expr) -> pa.Table:
        table = expression.as_table()
        with _told():
            # Ibis itself would go through pandas, which takes whole numbers with gaps for floats.
            self._connection._run_pre_execute_hooks(table)
            found: pa.Table = self._session.sql(self._connection.compile(table)).toArrow()
            return found.cast(table.schema().to_pyarrow())

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        yield from self.execute(expression).to_batches(max_chunksize=rows)


def _type(kind: Any) -> str:
    """Return the name of a column's type in Spark's SQL."""
    from ibis.backends.pyspark.datatypes import PySparkType

    name: str = PySparkType.from_ibis(kind).simpleString()
    return name


def _session() -> Any:
    """Return the session of this process, started on the first call."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise WarehouseError(
            T(
                "GOUVERNAIL_ENGINE is spark, but PySpark is not installed. Install it: pip install {what}",
                what='"pyspark>=4.0.1,<4.1"',
            )
        ) from error
    master = setting("GOUVERNAIL_SPARK")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise WarehouseError(
            T("GOUVERNAIL_ENGINE is spark, but there is no Java here. Install Java 17, or set JAVA_HOME.")
        )
    builder = SparkSession.builder.master(master).appName("gouvernail")
    for name, value in _options(master).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise WarehouseError(
            T("Spark does not start at {master}: {reason}", master=master, reason=_reason(error))
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    # PySpark writes a question that failed to stderr, as JSON of several pages; the error tells it in a sentence.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    return session


def _options(master: str) -> dict[str, str]:
    """Return how sessions run: in UTC, as the facts are naive; quiet; on this machine not seen from outside."""
    options = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    }
    if master.startswith("local"):
        options |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "4",
            "spark.driver.memory": f"{max(_bytes(setting('GOUVERNAIL_MEMORY')), LEAST_MEMORY) >> 20}m",
        }
    return options


def _bytes(words: str) -> int:
    """Return how much memory `600MB` or `2GB` is, 0 where the words say none."""
    found = re.fullmatch(r"\s*([\d.]+)\s*([kmgt]?)i?b?\s*", words.lower())
    return int(float(found[1]) * 1024 ** " kmgt".index(found[2] or " ")) if found else 0


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence that the engine gave up."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise WarehouseError(T("Spark gave up: {reason}", reason=_reason(error))) from error


def _reason(error: Exception) -> str:
    """Return the first line of what Spark said; what follows are pages of its own places."""
    return str(error).strip().splitlines()[0][:300]
