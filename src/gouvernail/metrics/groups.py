"""Facts grouped by what they say of themselves (campaign, code, source): only the distinct identities come to Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import Period
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.cells import EVENTS_CUT
from gouvernail.metrics.conditions import dated, ended, holds
from gouvernail.metrics.keys import ActionKeys, Identity
from gouvernail.metrics.rates import Rate, converted
from gouvernail.metrics.stock import Chosen, Stock

if TYPE_CHECKING:
    import ibis

BY_CAMPAIGN = ("source_medium_campaign", EVENTS_CUT)
"""Cuts of `web` whose rows name the campaign, better first; they tell the same visits, so one of them counts."""
Group = tuple[Identity, dict[str, Any]]
"""What facts say of themselves, and their sums."""


class Groups:
    """The questions of one matching to the engine."""

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
        self.starts = sorted({each.start for each in actions if each.start})
        measures = [measure for metric in METRICS.values() for measure in metric.measures]
        self.stock = Stock(engine, measures, of_record)

    def spend(self) -> list[Group]:
        """Return spend up to the end of the period, by campaign and by how many of the actions had begun."""
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
        """Return visits of record that name a campaign, by the better cut alone."""
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
        """Return clicks of e-mails by campaign."""
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
        """Return rows of spend left out for want of an exchange rate, by currency."""
        table = self._in_period(self.engine.table("spend"))
        cost = converted(table, "cost", table["day"], self.currency, self.rates)
        lost = table.filter(table["cost"].notnull() & cost.isnull())
        rows = self.engine.execute(lost.group_by("currency").aggregate(n=lost.count())).to_pylist()
        return {row["currency"]: row["n"] for row in sorted(rows, key=lambda row: str(row["currency"]))}

    def outside(self, keys: ActionKeys, groups: list[Group]) -> int:
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
