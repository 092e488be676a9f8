"""One thing told by two sources: what each says over the days that both cover.

Pairs:
  revenue, orders   the source of record against web analytics, and against every other seller of the
                    same sales (payment service, shop), where each covers common days;
  clicks            clicks that an ad platform bills (those that lead to the site, where it tells them
                    apart) against visits that analytics puts down to it (a visit needs consent and a
                    loaded page, so it counts fewer: 10 to 20 % is usual);
  claims            what ad platforms together claim against the orders of record, where they claim more
                    than there are: each claims the same sale; what none of them brought is no disagreement.

Nothing here is added to anything: disagreement is a fact of its own (rule DAT05).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.cells import Cells, Question
from gouvernail.metrics.kpis.rows import MONEY_IN, SALES, WON
from gouvernail.metrics.metric import Measure
from gouvernail.metrics.rates import rates_of
from gouvernail.metrics.stock import Chosen, Stock
from gouvernail.metrics.two_sources import TwoSources

PAID_MEDIUMS = (
    "cpc",
    "ppc",
    "paid",
    "paidsearch",
    "paid_search",
    "paidsocial",
    "paid_social",
    "paid-social",
    "cpm",
    "display",
    "banner",
)
PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "google_ads": ("google",),
    "microsoft_ads": ("bing",),
    "meta_ads": ("facebook", "instagram", "fb", "ig", "meta", "facebook.com", "instagram.com"),
    "linkedin_ads": ("linkedin", "linkedin.com"),
    "tiktok_ads": ("tiktok", "tiktok.com"),
    "x_ads": ("twitter", "x", "t.co"),
}
"""Ad platform → names under which analytics knows where its visits come from."""

_WEB = {
    "revenue": Measure("web", "sum", "revenue", record="web"),
    "orders": Measure("web", "sum", "transactions", record="web"),
}
_SOLD = {
    "revenue": (
        Measure("conversions", "sum", "value", where=MONEY_IN),
        Measure("deals", "sum", "amount", where=WON, day="closed"),
    ),
    "orders": (
        Measure("conversions", "count_distinct", "order_id", where=SALES),
        Measure("deals", "count_distinct", "deal_id", where=WON, day="closed"),
    ),
}
_CLICKS = Measure("spend", "sum", "clicks")
_LINK_CLICKS = Measure("spend", "sum", "link_clicks")
_CLAIMED = Measure("spend", "sum", "conversions")


def two_sources(
    engine: Any,
    period: Period,
    currency: str = "EUR",
    rates: Iterable[tuple[str, date, Decimal]] = (),
    of_record: Mapping[str, str] | None = None,
) -> tuple[TwoSources, ...]:
    """Return every pair of sources that tell one thing over common days of the period, agreeing or not."""
    work = _Work(engine, period, currency.upper(), rates, of_record or {})
    return (*work.sales("revenue"), *work.sales("orders"), *work.clicks(), *work.claims())


class _Work:
    def __init__(
        self,
        engine: Any,
        period: Period,
        currency: str,
        rates: Iterable[tuple[str, date, Decimal]],
        of_record: Mapping[str, str],
    ) -> None:
        visits = [_visits(names) for names in PLATFORMS.values()]
        extra = [
            *_WEB.values(),
            *_SOLD["revenue"],
            *_SOLD["orders"],
            _CLICKS,
            _LINK_CLICKS,
            _CLAIMED,
            *visits,
        ]
        known = [measure for metric in METRICS.values() for measure in metric.measures]
        self._stock = Stock(engine, [*known, *extra], of_record)
        self._cells = Cells(engine, currency, rates_of(rates))
        self._period, self._currency = period, currency

    def sales(self, metric: str) -> Iterator[TwoSources]:
        """Compare the source of record with analytics and with every other seller."""
        record = self._stock.choose(METRICS[metric].measures)
        if record is None:
            return
        # Beside a shop, the deals of a CRM are another trade (retailers, large accounts), not the same sales.
        told = [
            each
            for each in _SOLD[metric]
            if record.measure.table != "conversions" or each.table == "conversions"
        ]
        others = [each for measure in told for each in self._stock.each_source(measure)]
        others = [
            each
            for each in others
            if (each.measure.table, each.sources[0])
            not in {(record.measure.table, s) for s in record.sources}
        ]
        seen = self._stock.choose((_WEB[metric],))
        if seen and not self._total(seen, seen.span):
            seen = None  # analytics of a site that sells nothing online tells zero every day
        unit = self._currency if metric == "revenue" else None
        for other in (*others, *((seen,) if seen else ())):
            yield from self._pair(metric, record, other, unit)

    def clicks(self) -> Iterator[TwoSources]:
        """Compare billed clicks with visits put down to the platform."""
        # A click on a like or a profile leads to no visit: only a network that tells link clicks apart can be fair.
        links = {each.sources: each for each in self._stock.each_source(_LINK_CLICKS)}
        for clicks in self._stock.each_source(_CLICKS):
            billed = links.get(clicks.sources, clicks)
            names = PLATFORMS.get(billed.sources[0])
            seen = self._stock.choose((_visits(names),)) if names else None
            if seen:
                yield from self._pair("clicks", billed, seen, None)

    def claims(self) -> Iterator[TwoSources]:
        """Compare what the platforms together claim with the orders of record, where they claim more than there are."""
        claimed, record = self._stock.choose((_CLAIMED,)), self._stock.choose(METRICS["orders"].measures)
        # Where deals are what is sold, platforms claim forms sent, which are no deals.
        if claimed and record and record.measure.table == "conversions":
            pairs = self._pair("orders", claimed, record, None)
            yield from (pair for pair in pairs if pair.first_value > pair.second_value)

    def _pair(self, metric: str, first: Chosen, second: Chosen, currency: str | None) -> Iterator[TwoSources]:
        common = first.span.overlap(second.span)
        days = common.overlap(self._period) if common else None
        if days is None:
            return
        one, two = self._total(first, days), self._total(second, days)
        if one is not None and two is not None:
            worst = self._worst(first, second, days) if one != two else (None, None, None)
            names = "+".join(first.sources), "+".join(second.sources)
            yield TwoSources(metric, *names, days, one, two, currency, worst[0], worst[1], worst[2])

    def _worst(
        self, first: Chosen, second: Chosen, days: Period
    ) -> tuple[Period | None, Decimal | None, Decimal | None]:
        """Return the month in which the two lie furthest apart; a month that only one of them tells is none."""
        if bucket(days.start, Grain.month) == bucket(days.end, Grain.month):
            return None, None, None
        question = Question(days, Grain.month)
        one, two = (self._cells.ask([each], question)[each.measure] for each in (first, second))
        told = [
            (key[0], _decimal(one[key].total), _decimal(two[key].total))
            for key in one
            if key in two and key[0] is not None and one[key].rows and two[key].rows
        ]
        apart = [(abs(a - b) / max(abs(a), abs(b)), month, a, b) for month, a, b in told if a != b]
        if not apart:
            return None, None, None
        _, month, a, b = max(apart)
        return bucket(month, Grain.month).overlap(days), a, b

    def _total(self, chosen: Chosen, days: Period) -> Decimal | None:
        cell = self._cells.ask([chosen], Question(days))[chosen.measure].get((None, None))
        if cell is None or not cell.rows or cell.excluded:
            return None
        return _decimal(cell.total)


def _decimal(total: Decimal | float) -> Decimal:
    return total if isinstance(total, Decimal) else Decimal(str(total))


def _visits(names: tuple[str, ...]) -> Measure:
    return Measure(
        "web", "sum", "sessions", where=(("traffic_source", names), ("medium", PAID_MEDIUMS)), record="web"
    )
