"""First- and last-touch credit: which campaign, and which action, an order or a deal is put down to.

Where people's touchpoints are known, a sale goes to the first or last touch of its buyer within the
window; where none are, to what the shop or the CRM recorded of it (then first and last are the same,
and `basis` says so). What has no path is *untraced*: credits and untraced sum exactly to the revenue.
A credit rule says who was there, not what caused the sale. Method: docs/methods/touch.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.periods import Period
from gouvernail.measurement.attribution.sales import DAY_SECONDS, sales, seconds, source_of_sales
from gouvernail.metrics.keys import ActionKeys, Identity, Owners
from gouvernail.metrics.rates import rates_of
from gouvernail.metrics.stock import Chosen

if TYPE_CHECKING:
    import ibis

Rule = Literal["first", "last"]
Basis = Literal["touchpoints", "record"]
METHOD = "touch"
WINDOW_DAYS = 90
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Share:
    """Revenue (refunds taken off) and number of orders or deals."""

    revenue: Decimal = _ZERO
    conversions: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.revenue + other.revenue, self.conversions + other.conversions)


@dataclass(frozen=True)
class CampaignCredit:
    """What one campaign (or, without campaign, one origin) is credited with; `action` owns it, or None."""

    source: str
    channel: str | None
    origin: str | None
    campaign: str | None
    action: str | None
    share: Share


@dataclass(frozen=True)
class Credit:
    """Revenue by action and by campaign under one rule.

    `by_action` + `unmatched` (traced, but to nobody's campaign) + `untraced` = `total`, exactly.
    `coverage` is the traced part of the revenue, None where there is none. `basis` is `record` when
    the shop's or CRM's own columns were read, so that first and last touch agree by construction.
    """

    rule: Rule
    basis: Basis
    period: Period
    currency: str
    window_days: int
    by_action: Mapping[str, Share]
    by_campaign: tuple[CampaignCredit, ...]
    unmatched: Share
    untraced: Share
    total: Share
    coverage: float | None
    rows_without_rate: int = 0
    grade: Grade = Grade.credit_rule


@dataclass(frozen=True)
class _Group:
    source: str
    channel: str | None
    origin: str | None
    campaign: str | None
    code: str | None
    traced: bool
    share: Share
    lost: int


def credit(
    engine: Any,
    keys: Sequence[ActionKeys],
    period: Period,
    rule: Rule = "last",
    window_days: int = WINDOW_DAYS,
    *,
    currency: str = "EUR",
    rates: Iterable[tuple[str, date, Decimal]] = (),
    of_record: Mapping[str, str] | None = None,
) -> Credit | Refusal:
    """Return who is credited with the sales of the period.

    The window is counted back from each sale; touches before the period count. Refuses (`no_data`)
    where no order and no deal won was imported.
    """
    chosen = source_of_sales(engine, of_record or {})
    if isinstance(chosen, Refusal):
        return chosen
    told = sales(engine, chosen, period, currency.upper(), rates_of(rates))
    groups = _grouped(engine, _with_touch(engine, told, rule, window_days))
    basis: Basis = "touchpoints"
    if not any(group.traced for group in groups):
        groups, basis = _grouped(engine, _as_recorded(told)), "record"
    return _told(groups, basis, Owners(keys), chosen, period, (rule, window_days, currency.upper()))


def _with_touch(engine: Any, sales: ibis.Table, rule: Rule, window_days: int) -> ibis.Table:
    """Return every sale once, with the origin of its first or last touch in the window."""
    import ibis

    touches = engine.table("touchpoints")
    midnight = touches["day"].cast("timestamp").epoch_seconds()
    touches = touches.select(
        who=touches["person"],
        touched=seconds(touches["instant"]).coalesce(midnight),
        touch_source=touches["source"],
        touch_channel=touches["channel"],
        touch_origin=touches["traffic_source"],
        touch_campaign=touches["campaign"],
    )
    age = sales.at - touches.touched
    paths = sales.join(
        touches,
        [sales.person == touches.who, age >= 0, age <= window_days * DAY_SECONDS],
        how="left",
    )
    turn = paths.touched if rule == "first" else paths.touched.desc()
    # Touches of one instant: the order of names, so that two runs agree.
    ties = [paths.touch_source, paths.touch_campaign, paths.touch_origin, paths.touch_channel]
    order = ibis.window(group_by="sale", order_by=[turn, *ties])
    paths = paths.mutate(turn=ibis.row_number().over(order))
    chosen = paths.filter(paths.turn == 0)
    return chosen.select(
        "worth",
        "bought",
        source=chosen.touch_source.coalesce(chosen.sale_source),
        kanal=chosen.touch_channel,
        origin=chosen.touch_origin,
        named=chosen.touch_campaign,
        code=ibis.null("string"),
        traced=chosen.touched.notnull(),
    )


def _as_recorded(sales: ibis.Table) -> ibis.Table:
    """Return every sale with what its own source recorded."""
    return sales.select(
        "worth",
        "bought",
        source=sales.sale_source,
        kanal=sales.channel,
        origin=sales.traffic_source,
        named=sales.campaign,
        code=sales.code,
        traced=sales.campaign.notnull() | sales.traffic_source.notnull() | sales.code.notnull(),
    )


def _grouped(engine: Any, sales: ibis.Table) -> list[_Group]:
    keys = ["source", "kanal", "origin", "named", "code", "traced"]
    found = sales.group_by(keys).aggregate(
        revenue=sales.worth.sum(), n=sales.bought.nunique(), lost=sales.worth.isnull().ifelse(1, 0).sum()
    )
    groups = [
        _Group(
            row["source"],
            row["kanal"],
            row["origin"],
            row["named"],
            row["code"],
            row["traced"],
            Share(row["revenue"] or _ZERO, row["n"]),
            row["lost"],
        )
        for row in engine.execute(found).to_pylist()
    ]
    return sorted(groups, key=repr)


def _told(
    groups: list[_Group],
    basis: Basis,
    owners: Owners,
    chosen: Chosen,
    period: Period,
    asked: tuple[Rule, int, str],
) -> Credit:
    rule, window_days, currency = asked
    table = "touchpoints" if basis == "touchpoints" else chosen.measure.table
    by_action: dict[str, Share] = {}
    campaigns: list[CampaignCredit] = []
    unmatched = untraced = Share()
    for group in groups:
        if not group.traced:
            untraced = untraced + group.share
            continue
        identity = Identity(table, group.source, group.campaign, None, group.code, group.origin)
        action = owners.of(identity)
        if action is None:
            unmatched = unmatched + group.share
        else:
            by_action[action] = by_action.get(action, Share()) + group.share
        campaigns.append(
            CampaignCredit(group.source, group.channel, group.origin, group.campaign, action, group.share)
        )
    total = sum(by_action.values(), unmatched + untraced)
    coverage = float(1 - untraced.revenue / total.revenue) if total.revenue else None
    campaigns.sort(key=lambda each: (-each.share.revenue, repr(each)))
    return Credit(
        rule,
        basis,
        period,
        currency,
        window_days,
        dict(sorted(by_action.items())),
        tuple(campaigns),
        unmatched,
        untraced,
        total,
        coverage,
        sum(group.lost for group in groups),
    )
