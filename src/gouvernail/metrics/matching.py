"""Facts to actions by tracking keys: what each action spent and brought, what belongs to none, who is silent.

The engine groups facts by what they say of themselves (campaign, code, source); only the distinct
identities come to Python. Amounts of actions and orphans sum exactly to the total.
Method: docs/methods/matching.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import Period
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.cells import EVENTS_CUT
from gouvernail.metrics.conditions import dated, ended, holds
from gouvernail.metrics.keys import ActionKeys, Identity, Key, Owners
from gouvernail.metrics.rates import Rate, converted, rates_of
from gouvernail.metrics.stock import Chosen, Stock

if TYPE_CHECKING:
    import ibis

__all__ = ["ActionKeys", "ActionMatch", "Key", "Matches", "Orphan", "OrphanSales", "match"]

_ZERO = Decimal(0)
BY_CAMPAIGN = ("source_medium_campaign", EVENTS_CUT)
"""Cuts of `web` whose rows name the campaign, better first; they tell the same visits, so one of them counts."""


@dataclass(frozen=True)
class ActionMatch:
    """What matched one action in the period, money in the organisation's currency.

    `spend` is None where no spend row matched. `spend_to_date` takes the matched spend from the action's start
    (all of it without one: a campaign may be older than the action that took it over) up to the end of the
    period. `outside_rows` of spend are dated before the action's start or after its end; they
    count all the same.
    """

    action: str
    spend: Decimal | None = None
    spend_to_date: Decimal | None = None
    clicks: int | None = None
    impressions: int | None = None
    sessions: int | None = None
    leads: int | None = None
    conversions: int | None = None
    revenue: Decimal | None = None
    first: date | None = None
    last: date | None = None
    outside_rows: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Orphan:
    """A campaign with spend that no action claims."""

    source: str
    campaign: str
    amount: Decimal
    first: date
    last: date


@dataclass(frozen=True)
class OrphanSales:
    """Orders or deals won that no action claims: they name a campaign of nobody's, or none (empty)."""

    source: str
    campaign: str
    conversions: int
    revenue: Decimal


@dataclass(frozen=True)
class Matches:
    """Facts of one period against the actions of one plan."""

    period: Period
    currency: str
    actions: Mapping[str, ActionMatch]
    orphans: tuple[Orphan, ...] = ()
    orphan_sales: tuple[OrphanSales, ...] = ()
    silent: tuple[str, ...] = ()
    """Actions that have keys and run in the period, yet match no fact of it."""
    owners: tuple[tuple[str, str, str], ...] = ()
    """(source, campaign, action) of every campaign seen that has an owner; what `Facts(actions=…)` takes."""
    spend: Decimal = _ZERO
    """All spend of the period, matched or not."""
    revenue: Decimal = _ZERO
    rows_without_rate: Mapping[str, int] = field(default_factory=dict)
    """Currency → rows of spend left out for want of an exchange rate."""

    @property
    def orphan_spend(self) -> Decimal:
        return sum((each.amount for each in self.orphans), _ZERO)

    @property
    def orphan_revenue(self) -> Decimal:
        return sum((each.revenue for each in self.orphan_sales), _ZERO)


Group = tuple[Identity, dict[str, Any]]


def match(
    engine: Any,
    actions: Sequence[ActionKeys],
    period: Period,
    currency: str = "EUR",
    rates: Iterable[tuple[str, date, Decimal]] = (),
    of_record: Mapping[str, str] | None = None,
) -> Matches:
    """Return what matched each action, what matched none, and which actions are silent."""
    work = _Work(engine, actions, period, currency.upper(), rates_of(rates), of_record or {})
    groups = {
        "spend": work.spend(),
        "web": work.visits(),
        "email": work.mails(),
        "leads": work.funnel("leads"),
        "others": work.conversions(),
        "sales": work.funnel("revenue"),
    }
    shared = {name: work.shared(rows) for name, rows in groups.items()}
    found = {
        each.action: work.action(each, {name: own.get(each.action, []) for name, own in shared.items()})
        for each in actions
    }
    loose = [(identity, row) for identity, row in groups["spend"] if work.owners.of(identity) is None]
    return Matches(
        period,
        currency.upper(),
        found,
        _orphans(loose),
        _orphan_sales([each for each in groups["sales"] if work.owners.of(each[0]) is None]),
        tuple(sorted(each.action for each in actions if _silent(each, found[each.action], period))),
        _owned(work.owners, groups),
        sum((row["cost"] or _ZERO for _, row in groups["spend"]), _ZERO),
        sum((row["value"] or _ZERO for _, row in groups["sales"]), _ZERO),
        work.unconverted(),
    )


class _Work:
    """One matching: the questions to the engine and the sums by action."""

    def __init__(
        self,
        engine: Any,
        actions: Sequence[ActionKeys],
        period: Period,
        currency: str,
        rates: tuple[Rate, ...],
        of_record: Mapping[str, str],
    ) -> None:
        self.engine, self.period, self.currency, self.rates = engine, period, currency, rates
        self.owners = Owners(actions)
        self.starts = sorted({each.start for each in actions if each.start})
        measures = [measure for metric in METRICS.values() for measure in metric.measures]
        self.stock = Stock(engine, measures, of_record)

    def spend(self) -> list[Group]:
        table = self.engine.table("spend")
        day, last = table["day"], ended(table, table["day"])
        cost = converted(table, "cost", day, self.currency, self.rates)
        table = table.mutate(worth=cost, fact_end=last).filter(last <= self.period.end)
        table = table.mutate(begun=self._begun(table.day))
        now = table.day >= self.period.start
        keys = ["source", "campaign", "campaign_id", "begun"]
        found = table.group_by(keys).aggregate(
            cost=table.worth.sum(where=now),
            to_date=table.worth.sum(),
            clicks=table.clicks.sum(where=now),
            impressions=table.impressions.sum(where=now),
            rows=now.ifelse(1, 0).sum(),
            first=table.day.min(where=now),
            last=table.fact_end.max(where=now),
        )
        return self._groups("spend", found)

    def _begun(self, day: ibis.Column) -> Any:
        """Return how many of the actions' first days a row's day has reached, so that one question serves all."""
        import ibis

        terms: list[Any] = [(day >= start).ifelse(1, 0) for start in self.starts] or [ibis.literal(0)]
        while len(terms) > 1:  # by pairs: a long sum would be a tree as deep as it is long
            terms = [reduce(lambda a, b: a + b, terms[at : at + 2]) for at in range(0, len(terms), 2)]
        return terms[0]

    def visits(self) -> list[Group]:
        table = self._in_period(self.engine.table("web"))
        chosen = self.stock.choose(METRICS["sessions"].measures)
        if chosen is None:
            return []
        table = table.filter(table.source.isin(chosen.sources) & table.campaign.notnull())
        table = table.mutate(told_by=table["cut"].coalesce(BY_CAMPAIGN[0]))
        table = table.filter(table.told_by.isin(BY_CAMPAIGN))
        keys = ["source", "campaign", "traffic_source", "told_by"]
        found = table.group_by(keys).aggregate(sessions=table.sessions.sum(), rows=table.count())
        groups = self._groups("web", found)
        best = min((BY_CAMPAIGN.index(row["told_by"]) for _, row in groups), default=0)
        return [(identity, row) for identity, row in groups if row["told_by"] == BY_CAMPAIGN[best]]

    def mails(self) -> list[Group]:
        table = self._in_period(self.engine.table("email"))
        found = table.group_by(["source", "campaign"]).aggregate(
            clicks=table.clicks.sum(), rows=table.count()
        )
        return self._groups("email", found)

    def conversions(self) -> list[Group]:
        """Return conversions of every kind by what they name: an action with any is not silent."""
        table = self._in_period(self.engine.table("conversions"))
        keys = ["source", "campaign", "promo_code", "traffic_source"]
        return self._groups("conversions", table.group_by(keys).aggregate(rows=table.count()))

    def funnel(self, metric: str) -> list[Group]:
        """Return leads or sales of record, grouped by what they name."""
        chosen = self.stock.choose(METRICS[metric].measures)
        if chosen is None:
            return []
        table = self._facts_of(chosen)
        measure = chosen.measure
        named = [name for name in ("campaign", "promo_code", "traffic_source") if name in table.columns]
        if measure.table == "deals":
            count, amount = table["deal_id"].nunique(), "amount"
        else:
            amount, count = "value", table.count()
            if metric == "revenue":
                # Lines of one order are one sale; an order without number is its own row.
                row = table["import_id"] + ":" + table["source_row"].cast("string")
                count = table["order_id"].coalesce(row).nunique(where=table["kind"] != "refund")
        worth = converted(table, amount, table.fact_day, self.currency, self.rates)
        found = table.group_by(["source", *named]).aggregate(
            count=count,
            value=worth.sum(),
            rows=table.count(),
            first=table.fact_day.min(),
            last=table.fact_day.max(),
        )
        return self._groups(measure.table, found)

    def _facts_of(self, chosen: Chosen) -> ibis.Table:
        measure = chosen.measure
        table = self.engine.table(measure.table)
        table = table.filter(table["source"].isin(chosen.sources) & holds(table, measure))
        if measure.how == "count_first":
            # A lead counts once, on its first day; later rows of the same lead are its history.
            import ibis

            order = ibis.window(
                group_by=str(measure.column), order_by=[dated(table, measure.day), table["day"]]
            )
            table = table.mutate(turn=ibis.row_number().over(order))
            table = table.filter(table.turn == 0)
        table = table.mutate(fact_day=dated(table, measure.day))
        return table.filter((table.fact_day >= self.period.start) & (table.fact_day <= self.period.end))

    def unconverted(self) -> dict[str, int]:
        table = self._in_period(self.engine.table("spend"))
        cost = converted(table, "cost", table["day"], self.currency, self.rates)
        lost = table.filter(table["cost"].notnull() & cost.isnull())
        rows = self.engine.execute(lost.group_by("currency").aggregate(n=lost.count())).to_pylist()
        return {row["currency"]: row["n"] for row in sorted(rows, key=lambda row: str(row["currency"]))}

    def shared(self, groups: list[Group]) -> dict[str, list[Group]]:
        """Return the groups by the action that owns them."""
        owned: dict[str, list[Group]] = {}
        for identity, row in groups:
            action = self.owners.of(identity)
            if action is not None:
                owned.setdefault(action, []).append((identity, row))
        return owned

    def action(self, keys: ActionKeys, groups: Mapping[str, list[Group]]) -> ActionMatch:
        """Return the sums of one action over the groups that it owns."""
        own = {name: [row for _, row in rows] for name, rows in groups.items()}
        spent, sold = own["spend"], own["sales"]
        now = [row for row in spent if row["rows"]]
        begun = self.starts.index(keys.start) + 1 if keys.start else 0
        days = [row for rows in (now, own["leads"], sold) for row in rows]
        return ActionMatch(
            keys.action,
            _total(now, "cost"),
            _total([row for row in spent if row["begun"] >= begun], "to_date"),
            _total([*now, *own["email"]], "clicks"),
            _total(now, "impressions"),
            _total(own["web"], "sessions"),
            _total(own["leads"], "count"),
            _total(sold, "count"),
            _total(sold, "value"),
            min((row["first"] for row in days if row["first"]), default=None),
            max((row["last"] for row in days if row["last"]), default=None),
            self._outside(keys, groups["spend"]) if now else 0,
            sum(row["rows"] for rows in own.values() for row in rows),
        )

    def _outside(self, keys: ActionKeys, groups: list[Group]) -> int:
        """Count spend rows dated outside the action's own dates; asked only where the extremes say so."""
        mine = [(at, row) for at, row in groups if row["rows"]]
        early = keys.start is not None and any(row["first"] < keys.start for _, row in mine)
        late = keys.end is not None and any(row["last"] > keys.end for _, row in mine)
        if not early and not late:
            return 0
        table = self._in_period(self.engine.table("spend"))
        tests = [table["day"] < keys.start] if keys.start else []
        tests += [ended(table, table["day"]) > keys.end] if keys.end else []
        table = table.filter(_any(tests), _any([_is(table, at) for at, _ in mine]))
        count: int = self.engine.execute(table.aggregate(n=table.count())).to_pylist()[0]["n"]
        return count

    def _in_period(self, table: ibis.Table) -> ibis.Table:
        last = ended(table, table["day"])
        return table.filter((table["day"] >= self.period.start) & (last <= self.period.end))

    def _groups(self, name: str, found: ibis.Table) -> list[Group]:
        rows = self.engine.execute(found).to_pylist()
        return sorted(((_identity(name, row), row) for row in rows), key=lambda each: repr(each[0]))


def _identity(table: str, row: Mapping[str, Any]) -> Identity:
    origin = row["source"] if table in ("spend", "email") else row.get("traffic_source")
    return Identity(
        table, row["source"], row.get("campaign"), row.get("campaign_id"), row.get("promo_code"), origin
    )


def _is(table: ibis.Table, identity: Identity) -> Any:
    tests = [table["source"] == identity.source]
    for name, value in (("campaign", identity.campaign), ("campaign_id", identity.campaign_id)):
        tests.append(table[name].isnull() if value is None else table[name] == value)
    return reduce(lambda a, b: a & b, tests)


def _any(tests: list[Any]) -> Any:
    return reduce(lambda a, b: a | b, tests)


def _total(rows: list[dict[str, Any]], name: str) -> Any:
    values = [row[name] for row in rows if row.get(name) is not None]
    return sum(values[1:], values[0]) if values else None


def _orphans(loose: list[Group]) -> tuple[Orphan, ...]:
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for identity, row in loose:
        if row["rows"] and row["cost"]:
            by_name.setdefault((identity.source, identity.campaign or ""), []).append(row)
    found = [
        Orphan(
            source,
            campaign,
            sum((row["cost"] for row in rows), _ZERO),
            min(row["first"] for row in rows),
            max(row["last"] for row in rows),
        )
        for (source, campaign), rows in by_name.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.amount, each.source, each.campaign)))


def _orphan_sales(loose: list[Group]) -> tuple[OrphanSales, ...]:
    by_name: dict[tuple[str, str], OrphanSales] = {}
    for identity, row in loose:
        key = (identity.source, identity.campaign or "")
        before = by_name.get(key, OrphanSales(*key, 0, _ZERO))
        by_name[key] = OrphanSales(
            *key, before.conversions + row["count"], before.revenue + (row["value"] or _ZERO)
        )
    return tuple(sorted(by_name.values(), key=lambda each: (-each.revenue, each.source, each.campaign)))


def _silent(keys: ActionKeys, found: ActionMatch, period: Period) -> bool:
    begun = keys.start is None or keys.start <= period.end
    running = keys.end is None or keys.end >= period.start
    return bool(keys.keys) and begun and running and not found.rows


def _owned(owners: Owners, groups: Mapping[str, list[Group]]) -> tuple[tuple[str, str, str], ...]:
    owned: dict[tuple[str, str], str] = {}
    for rows in groups.values():
        for identity, _ in rows:
            action = owners.of(identity)
            if action and identity.campaign:
                owned.setdefault((identity.source, identity.campaign), action)
    return tuple(sorted((source, campaign, action) for (source, campaign), action in owned.items()))
