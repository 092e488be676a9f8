"""The JSON Schema of forecasts: of an objective in the bearing, and of what `gouvernail forecast --json` prints.

Fields are added, never renamed.
"""

from __future__ import annotations

from typing import Any

from gouvernail.bearing.schema_parts import (
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    PERIOD,
    REFUSAL,
    TEXT,
    listed,
    maybe,
    record,
)

FORECAST = record(
    "where an objective's figure goes until its due date, if things go on as before",
    kind={"enum": ["sum", "rate", "level"]},
    grain={"enum": ["day", "week", "month", "quarter"]},
    due={"type": "string", "format": "date"},
    value=NUMBER,
    low=MAYBE_NUMBER,
    high=MAYBE_NUMBER,
    level=NUMBER,
    so_far=MAYBE_NUMBER,
    periods_left={"type": "integer"},
    target=MAYBE_NUMBER,
    probability=MAYBE_NUMBER,
    missing=MAYBE_NUMBER,
    model={"enum": ["ensemble", "drivers", "line", "drift", "same_month_last_year"]},
    drivers=listed(TEXT, "the metrics foreseen in its place"),
    method=TEXT,
    error=record(
        "how it did when tried on earlier dates: shares of the figure, null where nothing could be tried",
        said=TEXT,
        share=MAYBE_NUMBER,
        periods_ahead={"type": ["integer", "null"]},
        origins={"type": ["integer", "null"]},
        inside=MAYBE_NUMBER,
        coverage=MAYBE_NUMBER,
        mase=MAYBE_NUMBER,
        other_way=MAYBE_NUMBER,
    ),
    known_periods={"type": "integer"},
    country=MAYBE_TEXT,
    holidays=TEXT,
    points=listed(
        record("the figure over the span that ends here", period=TEXT, value=NUMBER, low=NUMBER, high=NUMBER)
    ),
)
OBJECTIVE_FORECAST = record(
    "what is foreseen of one objective, or why nothing is; both null where its due date has passed",
    objective=TEXT,
    title=TEXT,
    metric=MAYBE_TEXT,
    unit=TEXT,
    forecast=maybe(FORECAST),
    refusal=maybe(REFUSAL),
)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `gouvernail forecast --json`, of a plan's objectives or of a bare series."""
    read = record(
        "what was read of the file",
        file=TEXT,
        values={"type": "integer"},
        first=TEXT,
        last=TEXT,
        grain=TEXT,
    )
    objectives = record(
        "of a plan's objectives",
        shape={"const": 1},
        organisation=TEXT,
        currency=TEXT,
        period=PERIOD,
        forecasts=listed({"$ref": "#/$defs/objective"}),
    )
    series = record(
        "of a bare series (`--series FILE`); `forecast` or `refusal` is null",
        shape={"const": 1},
        series=read,
        forecast=maybe({"$ref": "#/$defs/forecast"}),
        refusal=maybe({"$ref": "#/$defs/refusal"}),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Forecast",
        "anyOf": [{"$ref": "#/$defs/objectives"}, {"$ref": "#/$defs/series"}],
        "$defs": {
            "objectives": objectives,
            "series": series,
            "objective": OBJECTIVE_FORECAST,
            "forecast": FORECAST,
            "refusal": REFUSAL,
        },
    }
