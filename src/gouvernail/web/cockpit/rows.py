"""The rows behind a figure: how many, and the first of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import GouvernailError
from gouvernail.base.ids import source_name
from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.periods import Period
from gouvernail.base.text import Text
from gouvernail.base.values import Number
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.own_metrics import metrics_of
from gouvernail.metrics.metric import Measure
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.provenance import window_of
from gouvernail.web.data.words import column_name, table_name
from gouvernail.web.workspaces.models import Workspace

if TYPE_CHECKING:
    from gouvernail.warehouse.engine import Engine

SHOWN = 20
HIDDEN = frozenset({"person", "subject", "import_id", "until", "cut"})
"""Columns that tell a reader nothing: pseudonyms, keys of ours."""


@dataclass(frozen=True)
class Rows:
    """The first rows behind a figure, of `count` in all."""

    table: Text
    count: int
    columns: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]


def rows_of(subject: str, bearing: Bearing, here: Current) -> Rows | None:
    """Return the rows that a figure counts, None where it counts none."""
    kind, _, id = subject.partition(":")
    if subject == "aligned_spend":
        return _asked(here, Measure("spend", "sum", "cost"), (), bearing.period)
    outcome, metric, period = _outcome(kind, id, bearing, here)
    if not isinstance(outcome, Estimate) or not outcome.options.get("measure"):
        return None
    measure = _measure(here.plan, metric, str(outcome.options["measure"]))
    sources = tuple(str(one) for one in outcome.options.get("sources", ()))
    return _asked(here, measure, sources, period) if measure else None


def _outcome(kind: str, id: str, bearing: Bearing, here: Current) -> tuple[Outcome | None, str, Period]:
    if kind == "metric":
        found = next((one for one in bearing.metrics if one.id == id), None)
        return (found.value if found else None), id, bearing.period
    status = next((one for one in bearing.objectives if one.id == id), None)
    if kind != "objective" or status is None:
        return None, "", bearing.period
    return status.current, status.metric or "", window_of(id, bearing, here)


def _measure(plan: Plan, metric: str, words: str) -> Measure | None:
    found = metrics_of(plan).get(metric)
    return next((one for one in found.measures if str(one) == words), None) if found else None


def _asked(here: Current, measure: Measure, sources: tuple[str, ...], period: Period) -> Rows | None:
    try:
        return _rows(here.workspace.pk, here.data.version, measure, sources, period)
    except GouvernailError:
        return None


@lru_cache(maxsize=128)
def _rows(
    workspace: int, version: str, measure: Measure, sources: tuple[str, ...], period: Period
) -> Rows | None:
    # Heavy modules: only this question needs them.
    import ibis

    from gouvernail.metrics.conditions import dated, ended, holds
    from gouvernail.warehouse.engine import engine_of

    lake = shelf.lake(Workspace(pk=workspace))
    if lake is None:
        return None
    engine = engine_of(lake.at(version))
    table = engine.table(measure.table)
    day = dated(table, measure.day)
    kept = (
        holds(table, measure)
        & (day >= ibis.literal(period.start))
        & (ended(table, day) <= ibis.literal(period.end))
    )
    if sources:
        kept = kept & table["source"].isin(sources)
    return first_of(engine, table.filter(kept), measure.table)


def first_of(engine: Engine, chosen: Any, table: str) -> Rows:
    """Return how many rows were chosen of a table, and the first of them, without columns that say nothing."""
    count = int(engine.execute(chosen.count().name("n").as_table()).column("n")[0].as_py())
    first = engine.execute(chosen.order_by(["source", "source_row"]).limit(SHOWN))
    columns = tuple(
        name
        for name in first.column_names
        if name not in HIDDEN and any(value not in (None, "") for value in first.column(name).to_pylist())
    )
    data = [first.column(name).to_pylist() for name in columns]
    told = tuple(tuple(map(_shown, columns, row)) for row in zip(*data, strict=True))
    return Rows(table_name(table), count, tuple(map(column_name, columns)), told)


def _shown(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column == "source":
        return source_name(value)
    return Number(float(value), 2) if type(value).__name__ in ("Decimal", "float") else value
