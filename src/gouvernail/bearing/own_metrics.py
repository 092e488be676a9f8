"""The plan's own metrics as metrics of the catalogue, and what is wrong with those made of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.checks.lookup import own_metric
from gouvernail.metrics.catalogue import with_own
from gouvernail.metrics.metric import Measure, Metric
from gouvernail.plan.faults import Fault, whole
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.location import Location
from gouvernail.plan.model import Aggregate, Plan, PlanMetric, TableMeasure
from gouvernail.warehouse.tables import TABLES


def metrics_of(plan: Plan) -> dict[str, Metric]:
    """Return the catalogue with the plan's own metrics."""
    return with_own(_metric(own) for own in plan.metrics)


def _metric(own: PlanMetric) -> Metric:
    made_of = own.measure if own.measure and not list(_wrong(own.measure)) else None
    return replace(own_metric(own), measure=_measure(made_of) if made_of else None)


def _measure(of: TableMeasure) -> Measure:
    return Measure(
        table=of.table,
        how=of.how.value,
        column=of.column,
        where=tuple((column, tuple(values)) for column, values in of.where.items()),
        day=of.day,
    )


def measure_faults(loaded: LoadedPlan) -> list[Fault]:
    """Return every fault of the plan's metrics that are made of a table: unknown tables and columns."""
    found = []
    for own in loaded.plan.metrics:
        if own.measure is None:
            continue
        place = loaded.locations.of(own.id, "measure") or Location("plan.yaml", 1)
        for wrong, expected, suggestion in _wrong(own.measure):
            message = whole(wrong, expected, suggestion)
            path = f"metrics.{own.id}.measure"
            found.append(
                Fault(place.file, place.line, path, own.measure.table, expected, suggestion, message)
            )
    return found


def _wrong(of: TableMeasure) -> Iterator[tuple[Text, Text, str | None]]:
    """Yield what is wrong, what was expected, and what was perhaps meant."""
    if of.table not in TABLES:
        yield _unknown(T("There is no table “{name}”.", name=of.table), of.table, TABLES)
        return
    columns = {column.name: column for column in TABLES[of.table].columns}
    for name in (of.column, of.day, *of.where):
        if name is not None and name not in columns:
            wrong = T("The table “{table}” has no column “{name}”.", table=of.table, name=name)
            yield _unknown(wrong, name, columns)
    if of.column is None and of.how is not Aggregate.count:
        wrong = T("“{how}” needs a column.", how=of.how.value)
        yield wrong, T("Write one of: {names}.", names=", ".join(columns)), None
    kind = columns[of.column].type if of.column in columns else "count"
    if of.how in (Aggregate.sum, Aggregate.mean) and kind not in ("count", "decimal", "money"):
        wrong = T("The column “{name}” holds no numbers.", name=of.column)
        numbers = [c.name for c in columns.values() if c.type in ("count", "decimal", "money")]
        yield wrong, T("Write one of: {names}.", names=", ".join(numbers)), None


def _unknown(wrong: Text, name: str, known: Iterable[str]) -> tuple[Text, Text, str | None]:
    names = list(known)
    return wrong, T("Write one of: {names}.", names=", ".join(names)), closest(name, names)
