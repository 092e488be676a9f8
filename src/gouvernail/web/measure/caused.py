"""What holdouts tell, on the page of credit: a table, a picture, and a CSV."""

from __future__ import annotations

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.bearing.attributed import Attributed
from gouvernail.report.causing import CausedTable
from gouvernail.web.look.charts import SERIES, ChartView, side_by_side

COLUMNS = (
    T("Channel or campaign"),
    T("Id"),
    T("What is told"),
    T("Amount"),
    T("At least"),
    T("At most"),
    T("Evidence"),
    T("Why not"),
)
PARTS = (
    ("conversions", T("Conversions caused")),
    ("value", T("Value caused")),
    ("share", T("Share caused")),
    ("value_share", T("Share of the value caused")),
)


def cells(found: Attributed) -> tuple[tuple[object, ...], ...]:
    """Return one row a channel and number, then those of all together, as a table for spreadsheets."""
    held = found.caused
    if isinstance(held, Refusal):
        return ()
    together = (("conversions", held.told.total), ("value", held.told.total_value))
    return (
        *(
            (held.names.get(step, step), step, words, *_numbers(getattr(effect, part)))
            for step, effect in held.ordered()
            for part, words in PARTS
        ),
        *((T("All together"), "", dict(PARTS)[part], *_numbers(outcome)) for part, outcome in together),
    )


def _numbers(outcome: Outcome) -> tuple[object, ...]:
    if isinstance(outcome, Estimate):
        return (outcome.value, outcome.low, outcome.high, str(outcome.grade), "")
    return (None, None, None, "none", outcome.reason)


def shares(told: CausedTable, language: str) -> ChartView | None:
    """Return what each channel causes beside what it is credited with, as shares; None where no share is told."""
    rows = [row for row in told.rows if row.share is not None]
    if not rows:
        return None
    names = [format_value(row.name, language) for row in rows]
    title = T("Share caused, and share credited")
    credited = T("Share credited, {model}", model=told.model)
    drawn = (
        (T("Share caused"), [round(row.share.value.value, 4) if row.share else None for row in rows]),
        (credited, [round(row.credited.value, 4) if row.credited else 0 for row in rows]),
    )
    series = [
        {
            "type": "bar",
            "name": format_value(name, language),
            "itemStyle": {"color": SERIES[place]},
            "barMaxWidth": 18,
            "data": data,
        }
        for place, (name, data) in enumerate(drawn)
    ]
    return ChartView(
        id="caused",
        title=title,
        option=side_by_side(names, series),
        headings=(T("Channel or campaign"), *(name for name, _ in drawn)),
        rows=tuple((row.name, row.share.words if row.share else None, row.credited) for row in rows),
        size="tall" if len(rows) > 5 else "",
    )
