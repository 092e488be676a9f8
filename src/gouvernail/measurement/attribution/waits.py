"""How long people take: days from the first touch in the window to the sale."""

from __future__ import annotations

from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.attribution.sales import DAY_SECONDS, sales, seconds, source_of_sales
from gouvernail.measurement.attribution.stream import Asked
from gouvernail.metrics.rates import rates_of

EDGES = (1, 3, 7, 14, 30, 60)
"""Days at which classes end; the last has no end."""
Waits = tuple[tuple[int, int | None, int], ...]


def waits(engine: Any, asked: Asked) -> Waits:
    """Return (from day, below day, sales) for each class of days between the first touch and the sale.

    Earlier sales of a person do not cut the window: every touch in it counts. Empty where nothing was sold.
    """
    chosen = source_of_sales(engine, dict(asked.of_record))
    if isinstance(chosen, Refusal):
        return ()
    sold = sales(engine, chosen, asked.period, asked.currency.upper(), rates_of(asked.rates))
    orders = sold.filter(sold.person.notnull() & sold.bought.notnull()).group_by(["person", "bought"])
    orders = orders.aggregate(at=sold.at.min())
    touches = engine.table("touchpoints")
    midnight = touches["day"].cast("timestamp").epoch_seconds()
    touches = touches.select(who=touches["person"], touched=seconds(touches["instant"]).coalesce(midnight))
    age = orders.at - touches.touched
    met = orders.join(
        touches, [orders.person == touches.who, age >= 0, age <= int(asked.window.days * DAY_SECONDS)]
    )
    first = met.group_by(["person", "bought", "at"]).aggregate(touched=met.touched.min())
    days = first.select(days=((first.at - first.touched) / DAY_SECONDS).floor().cast("int64"))
    rows = engine.execute(days.group_by("days").aggregate(n=days.count())).to_pylist()
    starts = (0, *EDGES)
    return tuple(
        (
            start,
            end,
            sum(row["n"] for row in rows if start <= row["days"] and (end is None or row["days"] < end)),
        )
        for start, end in zip(starts, (*EDGES, None), strict=True)
    )
