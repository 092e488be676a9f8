"""How a value, or its absence, is told: estimates with what stands behind them, refusals with what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.metrics.cells import Cell, Question
from gouvernail.metrics.conditions import is_money
from gouvernail.metrics.metric import Metric
from gouvernail.metrics.stock import Chosen

METHOD = "facts"


@dataclass(frozen=True)
class Made:
    """Of what a value is made."""

    metric: Metric
    chosen: Chosen
    window: Period
    currency: str


def estimate(made: Made, cell: Cell) -> Estimate:
    """Return the value of a cell with its measure, sources, coverage and what was left out."""
    measure = made.chosen.measure
    value = float(cell.total) / cell.weight if cell.weight else float(cell.total)
    options: dict[str, Any] = {
        "measure": str(measure),
        "sources": list(made.chosen.sources),
        "rows": cell.rows,
    }
    if is_money(measure):
        options |= {"exact": str(_exact(cell.total)), "currency": made.currency}
    if made.chosen.left_out:
        options["sources_left_out"] = list(made.chosen.left_out)
    if cell.excluded:
        options["rows_without_rate"] = cell.excluded
    covered = _covered(made)
    if covered < 1:
        options["covered"] = covered
    return Estimate(value, METHOD, options=options)


def more_than_the_whole(metric: Metric, value: float) -> Refusal:
    """A part came out larger than its whole: they were told by different sources, or of different days."""
    return Refusal(
        "more_than_whole",
        T(
            "“{metric}” would be {value}: its two stages come from sources that do not see the same people, or "
            "lie too far apart for this period. Look at a longer one, or let one source tell both.",
            metric=metric.name,
            value=Ratio(value, 0),
        ),
    )


def no_data(metric: Metric, question: Question) -> Refusal:
    """Nothing was imported from which the metric could be told for these days."""
    tables = ", ".join(dict.fromkeys(measure.table for measure in metric.measures if measure.table))
    if tables:
        reason = T(
            "“{metric}” has no data for {period}: no imported source has filled the table “{tables}” for it.",
            metric=metric.name,
            period=question.period,
            tables=tables,
        )
    else:
        reason = T(
            "“{metric}” has no data for {period}: no source measures it. Type its values into a file of observations.",
            metric=metric.name,
            period=question.period,
        )
    return Refusal("no_data", reason)


def no_currency(metric: Metric, currency: str, rows: int) -> Refusal:
    """All amounts are in currencies that no rate converts."""
    return Refusal(
        "mixed_currencies",
        T(
            "“{metric}” is not told in {currency}: all its rows ({rows}) are in currencies without an exchange rate. "
            "Add dated rates to the plan.",
            metric=metric.name,
            currency=currency,
            rows=rows,
        ),
    )


def not_additive(metric: Metric) -> Refusal:
    """Several rows tell parts that do not add up."""
    return Refusal(
        "not_additive",
        T(
            "“{metric}” cannot be told for these days: several rows count it, and they may count the same people twice. "
            "Import an export that gives the figure for the whole period.",
            metric=metric.name,
        ),
    )


def no_denominator(metric: Metric) -> Refusal:
    """A division by zero."""
    return Refusal(
        "no_denominator",
        T("“{metric}” cannot be told: what it is divided by is zero.", metric=metric.name),
    )


def circular(id: str) -> Refusal:
    """A metric is defined by itself."""
    return Refusal("circular", T("“{id}” is defined by itself.", id=id))


def no_breakdown(by: str, known: Iterable[str]) -> Text:
    """An unknown dimension was asked for."""
    return T("“{by}” is not a dimension. Use one of: {known}.", by=by, known=", ".join(known))


def _covered(made: Made) -> float:
    common = made.chosen.span.overlap(made.window)
    return round(common.days / made.window.days, 4) if common else 0.0


def _exact(total: Decimal | float) -> Decimal:
    exact = Decimal(total)
    return exact.quantize(Decimal("0.01")) if exact == exact.quantize(Decimal("0.01")) else exact.normalize()
