"""Paths put together inside the engine, for a cluster: only distinct paths with counts leave it.

On one machine it costs least to let the engine sort and to find distinct paths in what it streams (`journeys.walked`). On
a cluster every person's touches are collected and sorted where they lie. Both give the same paths, in the same order, with
the same counts; sums of floats agree to about 1e-12. Only expressions that Spark and DuckDB read alike are used: structs
collected and sorted, joins on equal keys, windows with row numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gouvernail.measurement.attribution.aging import DAY_SECONDS, Aged
from gouvernail.measurement.attribution.batches import CONVERSION, Window
from gouvernail.measurement.attribution.journeys import Counts
from gouvernail.measurement.attribution.paths import Floats

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


@dataclass(frozen=True)
class _Tables:
    """Touches that led to a sale or to nothing, one row each with its end; and the sales themselves."""

    walks: ibis.Table
    sales: ibis.Table


def gathered(
    engine: Any,
    rows: ibis.Table,
    channels: Sequence[str],
    window: Window,
    *,
    groups: int,
    half_life_days: float,
) -> Counts:
    """Return distinct paths with counts, fetched from the engine; `journeys.of_counts` puts them in order.

    Args:
        engine: where `rows` live.
        rows: person, at (s), step, worth: touches and sales (`CONVERSION`), in any order.
        channels: the name behind each step's number.
        window, groups, half_life_days: as in `journeys.walked`.
    """
    tables = _cut(_numbered(rows, groups), window)
    ends = _ends(tables.walks)
    paths = engine.execute(_distinct(ends))
    counts = engine.execute(_counted(rows)).to_pylist()[0]
    loose = engine.execute(_loose(tables, ends)).to_pylist()[0]
    told = engine.execute(_aged(tables.walks, half_life_days)).to_pydict()
    steps, bounds, group, conversions, value, nulls = _arrays(paths)
    return Counts(
        steps,
        bounds,
        group,
        conversions,
        value,
        nulls,
        int(counts["people"]),
        int(counts["touches"] or 0),
        float(loose["untraced"] or 0),
        float(loose["untraced_value"] or 0.0),
        Aged(half_life_days, *_table_of(told, (groups, len(channels)))),
    )


def _numbered(rows: ibis.Table, groups: int) -> ibis.Table:
    """Return the rows with the group of their person: people are dealt in turn, in the order of their pseudonyms."""
    import ibis

    # Not `distinct`: Ibis makes one SELECT DISTINCT of it and the row number, which Spark numbers before it drops rows.
    people = rows.group_by("person").aggregate(rows=rows.count())
    turn = ibis.row_number().over(ibis.window(order_by=people.person))
    dealt = people.select(who=people.person, group=(turn % groups).cast("int64"))
    return rows.join(dealt, rows.person == dealt.who).drop("who")


def _cut(rows: ibis.Table, window: Window) -> _Tables:
    """Return every touch with the sale, or the end, that it belongs to."""
    import ibis

    sold = rows.step == CONVERSION
    order = [rows.at, sold, rows.step, rows.worth]
    before = ibis.window(group_by=rows.person, order_by=order, preceding=(None, 1))
    rows = rows.mutate(sold=sold.cast("int64"))
    # Sales before a row; the n-th sale ends the n-th stretch.
    rows = rows.mutate(stretch=rows.sold.sum().over(before).coalesce(0))
    sales = rows.filter(rows.sold == 1).select("person", "group", "stretch", "worth", end=rows.at)
    touches = rows.filter(rows.sold == 0).select("person", "group", "stretch", "at", "step")
    span = int(window.days * DAY_SECONDS)
    walks = _each_anew(touches, sales, span) if window.restart else _all_again(touches, sales, span)
    return _Tables(walks, sales)


def _each_anew(touches: ibis.Table, sales: ibis.Table, span: int) -> ibis.Table:
    """Return touches in the window of the sale that ends their stretch; after the last sale, of their last touch."""
    import ibis

    own = sales.select(buyer=sales.person, ended="stretch", end="end", worth="worth")
    met = touches.left_join(own, [touches.person == own.buyer, touches.stretch == own.ended])
    latest = met["at"].max().over(ibis.window(group_by=[met.person, met.stretch]))
    met = met.select("person", "group", "stretch", "at", "step", "worth", won="end", latest=latest)
    return _inside(met, span)


def _all_again(touches: ibis.Table, sales: ibis.Table, span: int) -> ibis.Table:
    """Return touches once for every later sale of their person in whose window they are; of people who bought nothing, all."""
    import ibis

    own = sales.select(buyer=sales.person, ended="stretch", end="end", worth="worth")
    met = touches.inner_join(own, [touches.person == own.buyer, touches.stretch <= own.ended])
    won = met.select("person", "group", "at", "step", "worth", stretch="ended", won="end", latest="end")
    none = touches.anti_join(own, touches.person == own.buyer)
    latest = none["at"].max().over(ibis.window(group_by=none.person))
    lost = none.select(
        "person",
        "group",
        "at",
        "step",
        "stretch",
        latest=latest,
        worth=ibis.null("float64"),
        won=ibis.null("int64"),
    )
    names = ("person", "group", "stretch", "at", "step", "worth", "won", "latest")
    return _inside(won.select(*names).union(lost.select(*names)), span)


def _inside(met: ibis.Table, span: int) -> ibis.Table:
    return met.filter(met["at"] >= met.won.coalesce(met.latest) - span)


def _ends(walks: ibis.Table) -> ibis.Table:
    """Return one row a journey: its steps in order, and whether it led to a sale."""
    import ibis

    taken = ibis.struct({"at": walks["at"], "step": walks.step})
    return walks.group_by(["person", "group", "stretch"]).aggregate(
        met=taken.collect(), won=walks.won.max(), worth=walks.worth.max()
    )


def _distinct(ends: ibis.Table) -> ibis.Table:
    path = ends.met.sort().map(lambda one: one.step)
    each = ends.select("group", "worth", path=path, sold=ends.won.notnull().cast("int64"))
    return each.group_by(["path", "group"]).aggregate(
        conversions=each.sold.sum(), value=each.worth.sum().coalesce(0.0), journeys=each.count()
    )


def _counted(rows: ibis.Table) -> ibis.Table:
    return rows.aggregate(people=rows.person.nunique(), touches=(rows.step != CONVERSION).cast("int64").sum())


def _loose(tables: _Tables, ends: ibis.Table) -> ibis.Table:
    """Return the sales that no touch led to."""
    led = ends.filter(ends.won.notnull()).select(buyer="person", ended="stretch")
    sales = tables.sales
    loose = sales.anti_join(led, [sales.person == led.buyer, sales.stretch == led.ended])
    return loose.aggregate(untraced=loose.count(), untraced_value=loose.worth.sum())


def _aged(walks: ibis.Table, half_life_days: float) -> ibis.Table:
    """Return the credit by age: a row a group of people and a step."""
    import ibis

    led = walks.filter(walks.won.notnull())
    journey = ibis.window(group_by=[led.person, led.stretch])
    age = (led["at"].max().over(journey) - led["at"]).cast("float64")
    # Two steps: Spark reads a small literal as a decimal of few digits.
    halvings = age / float(half_life_days * DAY_SECONDS)
    led = led.mutate(raw=(halvings * -float(np.log(2.0))).exp())
    whole = led.raw.sum().over(ibis.window(group_by=[led.person, led.stretch]))
    led = led.mutate(weight=led.raw / whole)
    return led.group_by(["group", "step"]).aggregate(
        conversions=led.weight.sum(), value=(led.weight * led.worth).sum()
    )


def _table_of(told: Mapping[str, Sequence[Any]], shape: tuple[int, int]) -> tuple[Floats, Floats]:
    conversions, value = np.zeros(shape), np.zeros(shape)
    for group, step, won, worth in zip(
        told["group"], told["step"], told["conversions"], told["value"], strict=True
    ):
        conversions[group, step], value[group, step] = won, worth
    return conversions, value


def _arrays(paths: pa.Table) -> tuple[Any, ...]:
    """Return steps, bounds, group, conversions, value and nulls of the paths fetched."""
    import pyarrow as pa

    listed = paths.column("path").combine_chunks()
    if isinstance(listed, pa.ChunkedArray):
        listed = pa.concat_arrays(listed.chunks) if listed.num_chunks else pa.array([], listed.type)
    lengths = listed.value_lengths().to_numpy(zero_copy_only=False).astype(np.int64)

    def number(name: str) -> Any:
        return paths.column(name).to_numpy()

    conversions = number("conversions").astype(np.float64)
    return (
        listed.flatten().to_numpy(zero_copy_only=False).astype(np.int32),
        np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        number("group").astype(np.int64),
        conversions,
        number("value").astype(np.float64),
        number("journeys").astype(np.float64) - conversions,
    )
