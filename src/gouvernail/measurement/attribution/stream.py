"""Touches and sales of the lake as paths: the engine sorts them by person and time and streams them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T
from gouvernail.measurement.attribution.aging import HALF_LIFE_DAYS
from gouvernail.measurement.attribution.batches import CONVERSION, Batch, Window
from gouvernail.measurement.attribution.journeys import Journeys, of_counts, walked
from gouvernail.measurement.attribution.pieces import CollisionError
from gouvernail.measurement.attribution.sales import sales, seconds, source_of_sales
from gouvernail.metrics.keys import ActionKeys, Identity, Owners
from gouvernail.metrics.rates import rates_of

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

Level = Literal["channel", "source_medium", "campaign", "action"]
LEVELS: Mapping[Level, tuple[str, ...]] = {
    "channel": ("channel",),
    "source_medium": ("traffic_source", "medium"),
    "campaign": ("campaign",),
    "action": ("source", "traffic_source", "campaign"),
}
"""Columns of touchpoints that tell a step apart at each level."""
LAST = 2**31 - 1
"""Place of a sale among the rows of one second: after every touch."""
UNNAMED = "(none)"
"""Step of a touch that says nothing at this level: no campaign, or nobody's action."""
GROUPS = 200
"""Groups that people are dealt into for intervals."""
NINETY_DAYS = Window()
TRIES = 3
"""Seeds tried where two paths fall on one number, which happens once in about ten million runs."""


@dataclass(frozen=True)
class Asked:
    """Whose sales, when, and which touches count.

    Attributes:
        period: the days of the sales.
        level: what a step is.
        window: which touches count.
        currency: of the value.
        rates: (currency, day, rate) for other currencies.
        of_record: the source that counts, by table.
        groups: groups of people for intervals.
        half_life_days: of time decay.
    """

    period: Period
    level: Level = "channel"
    window: Window = NINETY_DAYS
    currency: str = "EUR"
    rates: tuple[tuple[str, date, Decimal], ...] = ()
    of_record: tuple[tuple[str, str], ...] = ()
    groups: int = GROUPS
    half_life_days: float = HALF_LIFE_DAYS


def journeys(engine: Any, asked: Asked, keys: Sequence[ActionKeys] = ()) -> Journeys | Refusal:
    """Return the paths to the sales of a period, and those that led to nothing.

    Refuses where nothing was sold (`no_data`) or nobody's touches are known (`no_touchpoints`).
    """
    chosen = source_of_sales(engine, dict(asked.of_record))
    if isinstance(chosen, Refusal):
        return chosen
    if engine.is_empty("touchpoints"):
        return Refusal(
            "no_touchpoints",
            T(
                "No path is known: no touchpoints were imported. Import visits with a person's number (GA4 events, a CRM's activities)."
            ),
        )
    lines = sales(engine, chosen, asked.period, asked.currency.upper(), rates_of(asked.rates))
    touches = _touches(engine, asked)
    origins = _origins(engine, touches, LEVELS[asked.level])
    names = [_name(origin, asked.level, Owners(keys)) for origin in origins]
    channels = sorted(set(names))
    codes = [channels.index(name) for name in names]
    rows = _rows(touches, orders(lines), LEVELS[asked.level], origins, codes)
    return _with_nameless(engine, lines, _walked(engine, rows, channels, asked))


def _walked(engine: Any, rows: ibis.Table, channels: Sequence[str], asked: Asked) -> Journeys:
    """Return the paths; where two of them fall on one number, count them again under other numbers."""
    again = _streamed if engine.is_local else _gathered
    walk = again(engine, rows, channels, asked)
    for seed in range(TRIES):
        try:
            return walk(seed)
        except CollisionError:
            if seed == TRIES - 1:
                raise
    raise AssertionError


def _streamed(
    engine: Any, rows: ibis.Table, channels: Sequence[str], asked: Asked
) -> Callable[[int], Journeys]:
    """Return a way to find the paths in the sorted rows, streamed for each seed."""
    return lambda seed: walked(
        _batches(engine.stream(rows)),
        channels,
        asked.window,
        groups=asked.groups,
        half_life_days=asked.half_life_days,
        seed=seed,
    )


def _gathered(
    engine: Any, rows: ibis.Table, channels: Sequence[str], asked: Asked
) -> Callable[[int], Journeys]:
    """Return a way to put the paths in order that were gathered once in the engine."""
    from gouvernail.measurement.attribution.gathered import gathered

    found = gathered(
        engine, rows, channels, asked.window, groups=asked.groups, half_life_days=asked.half_life_days
    )
    return lambda seed: of_counts(found, channels, seed)


def _touches(engine: Any, asked: Asked) -> ibis.Table:
    touches = engine.table("touchpoints")
    start = asked.period.start - timedelta(days=int(asked.window.days) + 1)
    inside = (touches["day"] >= start) & (touches["day"] <= asked.period.end) & touches["person"].notnull()
    midnight = touches["day"].cast("timestamp").epoch_seconds()
    columns = {name: touches[name].coalesce("") for names in LEVELS.values() for name in names}
    told = touches.mutate(at=seconds(touches["instant"]).coalesce(midnight), **columns)
    return told.filter(inside).select("person", "at", *columns)


def _origins(engine: Any, touches: ibis.Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every combination of the columns that touches have, in order."""
    found = engine.execute(touches.select(*columns).distinct()).to_pylist()
    return sorted(tuple(row[column] for column in columns) for row in found)


def _name(origin: tuple[str, ...], level: Level, owners: Owners) -> str:
    if level == "action":
        source, traffic_source, campaign = (word or None for word in origin)
        found = owners.of(Identity("touchpoints", source or "", campaign, None, None, traffic_source))
        return found or UNNAMED
    if level == "source_medium":
        return " / ".join(word or UNNAMED for word in origin)
    return origin[0] or UNNAMED


def orders(lines: ibis.Table) -> ibis.Table:
    """Return one row an order or deal of a known person; refunds of the period are taken off their order."""
    known = lines.filter(lines.person.notnull())
    bought = known.bought.notnull()
    orders = known.group_by("order").aggregate(
        person=known.person.min(),
        at=known.at.min(where=bought),
        worth=known.worth.sum(),
        sold=bought.ifelse(1, 0).sum(),
    )
    return orders.filter(orders.sold > 0).select("person", "at", "worth")


def _rows(
    touches: ibis.Table,
    orders: ibis.Table,
    columns: Sequence[str],
    origins: Sequence[tuple[str, ...]],
    codes: Sequence[int],
) -> ibis.Table:
    """Return touches and orders in the order in which they happened to each person."""
    import ibis

    table = ibis.memtable(
        {
            **{
                f"key_{column}": [origin[place] for origin in origins] for place, column in enumerate(columns)
            },
            "step": codes,
        },
        schema={**{f"key_{column}": "string" for column in columns}, "step": "int32"},
    )
    coded = touches.join(table, [touches[column] == table[f"key_{column}"] for column in columns])
    # An instant is 32 bits wide, a deal's end of day 64: both sides of a union must be alike.
    met = coded.select("person", at=coded["at"].cast("int64"), step=coded["step"], worth=ibis.literal(0.0))
    won = orders.select(
        "person",
        at=orders["at"].cast("int64"),
        step=ibis.literal(CONVERSION, "int32"),
        worth=orders.worth.cast("float64").coalesce(0.0),
    )
    both = met.union(won)
    # Touches of one instant: by their number, sales by their worth, so that two runs and two engines agree; a sale comes
    # after the touch of its second.
    last = (both.step == CONVERSION).ifelse(LAST, both.step)
    return both.order_by([both.person, both.at, last, both.worth])


def _batches(stream: Iterable[pa.RecordBatch]) -> Iterator[Batch]:
    """Yield rows with a number in place of each person's name."""
    import numpy as np
    import pyarrow.compute as pc

    latest, number = None, 0
    for rows in stream:
        if not rows.num_rows:
            continue
        people = rows.column("person")
        changes = np.zeros(rows.num_rows, dtype=np.int64)
        changes[1:] = pc.not_equal(people[1:], people[:-1]).to_numpy(zero_copy_only=False)
        changes[0] = people[0].as_py() != latest
        person = number + np.cumsum(changes)
        latest, number = people[-1].as_py(), int(person[-1])
        yield Batch(
            person,
            rows.column("at").to_numpy().astype(np.int64, copy=False),
            rows.column("step").to_numpy(),
            rows.column("worth").to_numpy(),
        )


def _with_nameless(engine: Any, lines: ibis.Table, found: Journeys) -> Journeys:
    """Add what was sold to nobody known, and refunds of orders of other periods, to what has no path."""
    row = engine.execute(
        lines.aggregate(
            orders=lines.bought.nunique().coalesce(0), worth=lines.worth.sum().cast("float64").coalesce(0.0)
        )
    ).to_pylist()[0]
    return replace(
        found,
        untraced=row["orders"] - float(found.paths.conversions.sum()),
        untraced_value=row["worth"] - float(found.paths.value.sum()),
    )
