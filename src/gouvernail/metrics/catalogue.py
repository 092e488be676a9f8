"""Every metric that Gouvernail knows, by id (DOMAIN §4), and the plan's own beside them."""

from __future__ import annotations

from collections.abc import Iterable

from gouvernail.base.errors import FormulaError
from gouvernail.base.formula import names, parse
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.metrics.kpis.business import BUSINESS
from gouvernail.metrics.kpis.digital import DIGITAL
from gouvernail.metrics.kpis.marketing import MARKETING
from gouvernail.metrics.metric import Metric

METRICS: dict[str, Metric] = {metric.id: metric for metric in (*BUSINESS, *MARKETING, *DIGITAL)}
"""Metric id → metric, business first."""


def with_own(own: Iterable[Metric]) -> dict[str, Metric]:
    """Return the catalogue with the plan's own metrics added.

    A metric of the plan that has the id of one of ours takes its place: the plan's definition is
    what its organisation means by the word.
    """
    return {**METRICS, **{metric.id: metric for metric in own}}


def unknown(id: str, metrics: Iterable[str] | None = None) -> Text:
    """Return the sentence for a metric id that does not exist, with the nearest one that does."""
    near = closest(id, METRICS if metrics is None else metrics)
    if near:
        return T("There is no metric “{id}”. Did you mean “{near}”?", id=id, near=near)
    return T("There is no metric “{id}”.", id=id)


def inputs(id: str, metrics: dict[str, Metric]) -> tuple[str, ...]:
    """Return the ids that a metric's formula names, none where it has no readable formula."""
    metric = metrics.get(id)
    if not metric or not metric.formula:
        return ()
    try:
        return names(parse(metric.formula))
    except FormulaError:
        return ()
