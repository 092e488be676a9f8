"""Geo tests of the plan within a bearing: each that is over, read from the facts that know its markets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from gouvernail.base.errors import GouvernailError
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T

if TYPE_CHECKING:
    from gouvernail.bearing.geo import GeoRead
    from gouvernail.bearing.geo_data import Offer
    from gouvernail.plan.model import Experiment, Plan
    from gouvernail.warehouse.lake import Lake


@dataclass(frozen=True)
class GeoTest:
    """A geo test of the plan: `found` is its reading (without the picture), or why there is none."""

    id: str
    name: str
    markets: tuple[str, ...]
    start: date
    end: date
    found: GeoRead | Refusal


def geo_tested(plan: Plan, lake: Lake | None, today: date) -> tuple[GeoTest, ...]:
    """Return the geo tests of the plan that are over, in its order; nothing is loaded where there are none."""
    wanted = [one for one in plan.experiments if one.markets and one.start and one.end and one.end < today]
    if not wanted:
        return ()
    from gouvernail.bearing.geo_data import offered

    offers = offered(lake)
    return tuple(
        GeoTest(one.id, one.name, tuple(one.markets), one.start, one.end, _found(plan, lake, one, offers))
        for one in wanted
        if one.start and one.end
    )


def knowing(markets: Iterable[str], offers: Sequence[Offer]) -> Offer | None:
    """Return the panel that knows most of these markets; None where none knows any."""
    wanted = {name.casefold() for name in markets}
    known = [(len(wanted & {name.casefold() for name in offer.markets}), offer) for offer in offers]
    most = max((count for count, _ in known), default=0)
    return next((offer for count, offer in known if count == most), None) if most else None


def _found(plan: Plan, lake: Lake | None, one: Experiment, offers: Sequence[Offer]) -> GeoRead | Refusal:
    from gouvernail.bearing.geo import ReadAsk, Worth, read
    from gouvernail.bearing.geo_data import table_of

    offer = knowing(one.markets, offers)
    if lake is None or offer is None or one.start is None or one.end is None:
        return Refusal("no_data", T("The facts know none of its markets: import sales by day and market."))
    worth = Worth(
        float(one.value_of_one or 1),
        cost=float(one.cost or 0),
        least=float(one.least_gain or 0),
        currency=plan.organisation.currency if offer.money or one.value_of_one else "",
    )
    spend = None if one.spend is None else float(one.spend)
    try:
        ask = ReadAsk(tuple(one.markets), one.start, one.end, spend=spend, worth=worth)
        return replace(read(table_of(plan, lake, offer.id), ask), shown=None)
    except GouvernailError as error:
        return Refusal("not_read", error.message)
