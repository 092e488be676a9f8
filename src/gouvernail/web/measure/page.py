"""What the pages of Measure show: choices, the table of models, the climb to objectives, paths, charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from gouvernail.base.money import Money
from gouvernail.base.render import format_value
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.attributed import Amounts, Attributed
from gouvernail.bearing.journeys import LONGEST, Journeying
from gouvernail.measurement.attribution.stream import LEVELS, Level
from gouvernail.report.crediting import CreditRow, credit_rows, model_name
from gouvernail.web.look.charts import SERIES, ChartView, side_by_side
from gouvernail.web.measure.credit import Chosen

LEVEL_NAMES: Mapping[Level, Text] = {
    "channel": T("Channels"),
    "source_medium": T("Sources and media"),
    "campaign": T("Campaigns"),
    "action": T("Actions"),
}
DAYS = (7, 30, 90, 180)
FEW = ("first", "last", "linear", "markov_1", "shapley")
"""Models shown at first; all of them on demand, and in the CSV."""
CHARTED = ("last", "markov_1", "shapley")
BARS = 10


@dataclass(frozen=True)
class TopRow:
    """A business objective, the unlinked bucket or the whole, with what one model gives it."""

    name: Text | str
    id: str
    conversions: Number
    value: Money
    cost: Money


def chosen(asked: Mapping[str, str]) -> Chosen:
    """Return what the address asks for; what cannot be asked is the default."""
    level: Level = next((one for one in LEVELS if one == asked.get("level")), "channel")
    days = next((one for one in DAYS if str(one) == asked.get("days")), 90)
    return Chosen(level, days, asked.get("restart") != "no")


def shown(found: Attributed, *, every: bool) -> Attributed:
    """Return the answer with the models to show."""
    if every:
        return found
    models = {name: shares for name, shares in found.credit.models.items() if name in FEW}
    return replace(found, credit=replace(found.credit, models=models))


def tops(found: Attributed, titles: Mapping[str, str], model: str = "shapley") -> tuple[TopRow, ...]:
    """Return where one model's credit comes to; empty but at the level of actions."""
    climb = found.climbs.get(model)
    if climb is None:
        return ()

    def row(name: Text | str, id: str, held: Amounts) -> TopRow:
        value, cost = (_money(amount, found.currency) for amount in (held.value, held.cost))
        return TopRow(name, id, Number(float(held.conversions), 1), value, cost)

    return (
        *(row(titles.get(id, id), id, climb.objectives[id]) for id in climb.tops),
        row(T("Unlinked: no action, or one that serves no business objective"), "", climb.unlinked),
        row(T("All sales of the period"), "", climb.total),
    )


def _money(amount: Fraction, currency: str) -> Money:
    return Money(Decimal(amount.numerator) / Decimal(amount.denominator), currency).rounded()


def bars(found: Attributed, language: str) -> ChartView:
    """Return the shares of the most credited steps by three models, side by side."""
    rows = credit_rows(shown(found, every=False))[:BARS]
    models = [model for model in CHARTED if model in found.credit.models]
    names = [format_value(row.name, language) for row in rows]
    series = [
        {
            "type": "bar",
            "name": format_value(model_name(model), language),
            "itemStyle": {"color": SERIES[place]},
            "barMaxWidth": 18,
            "data": [round(found.share(model, row.step), 4) for row in rows],
        }
        for place, model in enumerate(models)
    ]
    return ChartView(
        id="credit",
        title=T("Share of the credit by model"),
        option=side_by_side(names, series),
        headings=(T("Credited to"), *(model_name(model) for model in models)),
        rows=tuple((row.name, *(Ratio(found.share(model, row.step), 0) for model in models)) for row in rows),
        size="tall" if len(rows) > 5 else "",
    )


def cells(found: Attributed) -> tuple[tuple[object, ...], ...]:
    """Return one row a step and model, as a table for spreadsheets."""
    return tuple(
        (
            found.names[row.step],
            row.step,
            cell.model,
            cell.share,
            (share := found.credit.models[model][row.step]).conversions,
            share.conversions_low,
            share.conversions_high,
            cell.value,
            row.cost,
            cell.back,
            found.currency,
        )
        for row in credit_rows(found)
        for model, cell in zip(found.credit.models, row.cells, strict=True)
    )


def spread_row(rows: tuple[CreditRow, ...]) -> CreditRow | None:
    """Return the row on which the models differ most."""
    return max(rows, key=lambda row: row.spread.value, default=None)


@dataclass(frozen=True)
class ClassRow:
    """One class of lengths or of days."""

    name: Text
    conversions: Number
    share: Ratio
    nulls: Number | None = None


def lengths(found: Journeying) -> tuple[ClassRow, ...]:
    """Return how many steps paths have."""
    whole = sum(won for _, won, _ in found.lengths) or 1
    return tuple(
        ClassRow(
            TN("{n} step", "{n} steps", steps) if steps < LONGEST else T("{n} steps or more", n=steps),
            Number(won, 0),
            Ratio(won / whole, 0),
            Number(lost, 0),
        )
        for steps, won, lost in found.lengths
    )


def waiting(found: Journeying) -> tuple[ClassRow, ...]:
    """Return how long people take from the first contact to the sale."""
    whole = sum(count for _, _, count in found.waits) or 1
    return tuple(
        ClassRow(_days(start, end), Number(count, 0), Ratio(count / whole, 0))
        for start, end, count in found.waits
    )


def _days(start: int, end: int | None) -> Text:
    if end is None:
        return T("{n} days or more", n=start)
    if start == 0:
        return T("Within a day")
    return T("{first} to {last} days", first=start, last=end - 1)
