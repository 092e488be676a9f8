"""GrowthBook: the results of an experiment from its interface (`GET /api/v1/experiments/{id}/results`, saved as JSON), or the
rows that its metric query returns from the warehouse (`variation`, `users`, `main_sum`, `main_sum_squares` …) as a table.

From the document only the results over all dimensions are read, and of ratio metrics nothing: it gives too little of them.
The query's rows tell ratios and covariates (CUPED) in full. Variations are named by their number; 0 is the control.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gouvernail.base.text import TN, Text
from gouvernail.sources.cells import Reading
from gouvernail.sources.files.experiments import CONTROL, EXPERIMENT, METRIC, UNDATED, Results
from gouvernail.sources.files.experiments.nested import (
    DocumentMatch,
    Rows,
    chunks,
    day_of,
    document,
    listed,
    mapping,
    number,
    squares,
    whole,
)  # fmt: skip
from gouvernail.sources.layout import Derived, Field, Layout, LayoutMatch
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet

_WRAPPED, _BARE = frozenset({"result"}), frozenset({"experimentId", "results"})


def _names(name: str) -> tuple[str, ...]:
    """A query of one metric, or the first metric of one of several."""
    return name, f"m0_{name}"


QUERY = Layout(
    "query", "experiments",
    (
        Field("variant", "text", ("variation", "variation_id", "variation_name"), required=True, value_required=True),
        Field("exposures", "count", ("users", "count", "units"), required=True, value_required=True),
        Field("value", "decimal", _names("main_sum"), required=True),
        Field("squares", "decimal", _names("main_sum_squares"), required=True),
        Field("units", "decimal", _names("denominator_sum")),
        Field("unit_squares", "decimal", _names("denominator_sum_squares")),
        Field("unit_cross", "decimal", _names("main_denominator_sum_product")),
        Field("covariate", "decimal", _names("covariate_sum")),
        Field("covariate_squares", "decimal", _names("covariate_sum_squares")),
        Field("covariate_cross", "decimal", _names("main_covariate_sum_product")),
        Field("_dimension", "text", ("dimension",)),
        EXPERIMENT, replace(METRIC, names=(*METRIC.names, "m0_id", "metric_id")), CONTROL,
    ),
    known=("count", "users", "statistic_type", "main_metric_type", "baseline_n"),
    derived=(
        UNDATED,
        # Of noughts and ones the sum is the sum of squares.
        Derived("conversions", 'CASE WHEN "value" = "squares" THEN CAST("value" AS BIGINT) END', ("value", "squares")),
    ),
)  # fmt: skip
_EVERYBODY = "coalesce(trim({_dimension}), '') IN ('', 'All', 'all', '__ALL__')"


@dataclass(frozen=True)
class GrowthBook(Results):
    """The query's rows by their layout; the results document by itself."""

    def match(self, sheet: Sheet, path: Path) -> Any:
        """Return how the sheet is the query's rows, or a document of results."""
        if (results := _found(sheet)) is not None:
            return DocumentMatch(results)
        found = super().match(sheet, path)
        if found is not None and "_dimension" in found.positions:
            return replace(found, layout=replace(found.layout, where=_EVERYBODY))
        return found

    def account(self, sheet: Sheet, match: LayoutMatch | DocumentMatch) -> str:
        """Return the account of the rows; a document names none."""
        return "" if isinstance(match, DocumentMatch) else super().account(sheet, match)

    def read(self, sheet: Sheet, match: Any, context: Context) -> Iterator[Chunk]:
        """Yield the rows of either."""
        if isinstance(match, DocumentMatch):
            yield from chunks(_rows(match.found), self.id, "", context)
        else:
            yield from super().read(sheet, match, context)

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Return how to read the query's rows; whether their value is money nobody tells."""
        reading, notes = super().plan(sheet, match, context)
        return replace(reading, constants={**reading.constants, "cut": "total"}), notes


def _found(sheet: Sheet) -> dict[str, Any] | None:
    """Return the results of a document, wrapped in `result` or bare."""
    wrapped = document(sheet, _WRAPPED)
    found = wrapped.get("result") if wrapped else document(sheet, _BARE)
    known = isinstance(found, dict) and found.get("experimentId") and listed(found.get("results"))
    return found if known else None


def _rows(found: Mapping[str, Any]) -> Rows:
    told = {
        "experiment": str(found["experimentId"]),
        "day": day_of(found.get("dateStart")),
        "until": day_of(found.get("dateEnd")),
    }
    parts = [mapping(one) for one in listed(found.get("results"))]
    everybody = next((one for one in parts if one.get("dimension") in (None, "", "All", "all")), {})
    metrics = [mapping(one) for one in listed(everybody.get("metrics"))]
    left = 0
    for metric in metrics:
        rows = [_row(mapping(one), told) for one in listed(metric.get("variations"))]
        if not rows or None in rows:
            left += 1
            continue
        name = str(metric.get("metricId") or "") if len(metrics) > 1 else ""
        yield from ({**row, "metric": name} for row in rows if row is not None)
    if left:
        yield TN(
            "{n} metric is left out: the document tells too little of ratios.",
            "{n} metrics are left out: the document tells too little of ratios.",
            left,
        )


def _row(one: Any, told: dict[str, Any]) -> dict[str, Any] | None:
    """Return the row of one variation; None of a ratio, and where figures are missing."""
    analysis = mapping(next(iter(listed(one.get("analyses"))), None))
    subjects, value = whole(one.get("users")), number(analysis.get("numerator"))
    below, deviation = number(analysis.get("denominator")), number(analysis.get("stddev"))
    if subjects is None or value is None or (below is not None and below != subjects):
        return None
    row = {
        **told,
        "variant": str(one.get("variationId")),
        "exposures": subjects,
        "value": value,
        "squares": squares(subjects, value, deviation**2) if deviation is not None else None,
    }
    share = value / subjects if subjects else 0.0
    once = deviation is not None and math.isclose(deviation**2, share * (1 - share), rel_tol=1e-3)
    if once and whole(value) is not None and value <= subjects:
        row["conversions"] = whole(value)
    return row


SOURCE = GrowthBook("growthbook", "GrowthBook", (QUERY,))
