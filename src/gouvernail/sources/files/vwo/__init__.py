"""VWO: the table of a campaign's report, downloaded as CSV or XLSX, one metric (goal) at a time.

| column | headers |
|---|---|
| variant | Variation, Variations, Variation name |
| subjects | Visitors, Unique visitors, Total visitors; or before the stroke of *Unique conversions / Visitors* |
| conversions | Conversions (v), Unique conversions, Conversions |
| value | Revenue, Total revenue |

The campaign and the metric are taken from lines above the table (`Campaign: …`, `Goal: …`) or from columns of that name.
"""

from __future__ import annotations

from dataclasses import replace

from gouvernail.base.text import Text
from gouvernail.sources.cells import Reading
from gouvernail.sources.files.experiments import (
    CONTROL,
    DAY,
    EXPERIMENT,
    METRIC,
    MONEY,
    UNDATED,
    VARIANT,
    Results,
    told_above,
)
from gouvernail.sources.layout import Derived, Field, Layout, LayoutMatch
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet

_BOTH = (
    "Unique conversions / Visitors",
    "Unique Conversions/Visitors",
    "Conversions / Visitors",
    "Conversions/Visitors",
)
_OWN = (
    "Conversions (v)", "Conversion rate (v)", "Improvement % (v)", "Expected conversion rate", "Expected improvement",
    "Expected conversion rate (range)", "Probability to be better", "Probability to be the best",
    "Probability to beat baseline", "Probability to beat all", "Chance to beat", "Chance to beat original", "Potential loss",
    "Absolute potential loss", "Probability of better or equivalent", *_BOTH,
)  # fmt: skip
_HALF = "TRY_CAST(trim(replace(split_part(\"_both\", '/', {}), ',', '')) AS BIGINT)"

LAYOUTS = (
    Layout(
        "report", "experiments",
        (
            Field("variant", "text", ("Variations", *VARIANT), required=True, value_required=True),
            Field("exposures", "count", ("Visitors", "Unique visitors", "Total visitors", "Visitors (v)"), required=True,
                  value_required=True),
            Field("conversions", "count", ("Conversions (v)", "Unique conversions", "Conversions", "Total conversions (v)")),
            Field("value", "decimal", MONEY),
            EXPERIMENT, METRIC, DAY, CONTROL,
        ),
        marks=(_OWN,),
        known=("Conversion rate", "Improvement", "Improvement %", "Conversion per visitor", "Traffic split", "Disabled"),
        totals=r"^(Total|Totals|All)\b",
        derived=(UNDATED,),
    ),
    Layout(
        "stroke", "experiments",
        (
            Field("variant", "text", ("Variations", *VARIANT), required=True, value_required=True),
            Field("_both", "text", _BOTH, required=True, value_required=True),
            Field("value", "decimal", MONEY),
            EXPERIMENT, METRIC, DAY, CONTROL,
        ),
        marks=(_BOTH,),
        never=("Visitors",),
        known=_OWN,
        totals=r"^(Total|Totals|All)\b",
        derived=(
            Derived("conversions", _HALF.format(1), ("_both",)),
            Derived("exposures", _HALF.format(2), ("_both",)),
            UNDATED,
        ),
    ),
)  # fmt: skip


class VWO(Results):
    """The report's table; the goal may stand above it."""

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Return how to read the sheet, with the goal that the lines above name."""
        reading, notes = super().plan(sheet, match, context)
        if "metric" in match.positions:
            return reading, notes
        goal = told_above(sheet, match, "Goal|Metric|Objectif")
        return replace(reading, constants={**reading.constants, "metric": goal}), notes


SOURCE = VWO("vwo", "VWO", LAYOUTS)
