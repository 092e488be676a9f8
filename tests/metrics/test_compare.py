"""Two sources that tell one thing are set side by side, over the days that both cover."""

from __future__ import annotations

from decimal import Decimal

from gouvernail.base.periods import Period, parse_period
from gouvernail.metrics.compare import two_sources
from gouvernail.metrics.two_sources import TwoSources
from tests.metrics.engines import MemoryEngine, Row, day, money

YEAR = parse_period("2026")


def test_shop_and_analytics_are_compared_over_common_days() -> None:
    orders: list[Row] = [
        {
            "source": "shopify",
            "person": "p",
            "kind": "order",
            "day": day(month, 5),
            "value": money("100"),
            "currency": "CHF",
        }
        for month in (1, 2, 3)
    ]
    seen: list[Row] = [
        {
            "source": "ga4",
            "day": day(month, 5),
            "cut": "date",
            "transactions": 1,
            "revenue": money("90") - 10 * (month == 2),
            "currency": "CHF",
        }
        for month in (2, 3, 4)
    ]

    pairs = two_sources(MemoryEngine(conversions=orders, web=seen), YEAR, "CHF")

    days = Period(day(2, 5), day(3, 5))
    assert pairs == (
        TwoSources(
            "revenue",
            "shopify",
            "ga4",
            days,
            Decimal(200),
            Decimal(170),
            "CHF",
            worst=Period(day(2, 5), day(2, 28)),
            worst_first=Decimal(100),
            worst_second=Decimal(80),
        ),
        TwoSources("orders", "shopify", "ga4", days, Decimal(2), Decimal(2)),
    )


def test_clicks_are_compared_with_visits_of_the_platform() -> None:
    spend: list[Row] = [
        {"source": source, "day": day(1, n), "clicks": 10, "conversions": 3.0}
        for source in ("google_ads", "meta_ads")
        for n in (1, 2)
    ]
    visits: list[Row] = [
        {
            "source": "ga4",
            "day": day(1, n),
            "cut": "source_medium_campaign",
            "traffic_source": "google",
            "medium": medium,
            "sessions": 8,
        }
        for n in (1, 2)
        for medium in ("cpc", "organic")
    ]

    pairs = two_sources(MemoryEngine(spend=spend, web=visits), YEAR, "CHF")

    assert pairs == (
        TwoSources("clicks", "google_ads", "ga4", Period(day(1, 1), day(1, 2)), Decimal(20), Decimal(16)),
    )


def test_link_clicks_are_compared_where_the_platform_tells_them() -> None:
    spend: list[Row] = [{"source": "meta_ads", "day": day(1, 1), "clicks": 30, "link_clicks": 10}]
    visits: list[Row] = [
        {
            "source": "ga4",
            "day": day(1, 1),
            "cut": "source_medium_campaign",
            "traffic_source": "instagram",
            "medium": "paid_social",
            "sessions": 9,
        }
    ]

    (pair,) = two_sources(MemoryEngine(spend=spend, web=visits), YEAR, "CHF")

    assert (pair.metric, pair.first_value, pair.second_value) == ("clicks", Decimal(10), Decimal(9))


def test_platforms_that_claim_no_more_than_there_is_disagree_with_nothing() -> None:
    orders: list[Row] = [
        {"source": "shopify", "kind": "order", "order_id": str(n), "day": day(1, 1), "value": money("10")}
        for n in range(4)
    ]

    def claims(count: float) -> tuple[TwoSources, ...]:
        spend: list[Row] = [{"source": "meta_ads", "day": day(1, 1), "conversions": count}]
        return two_sources(MemoryEngine(spend=spend, conversions=orders), YEAR, "CHF")

    assert claims(3.0) == ()
    assert [(pair.metric, pair.first_value, pair.second_value) for pair in claims(6.0)] == [
        ("orders", Decimal(6), Decimal(4))
    ]


def test_analytics_that_never_saw_a_sale_says_nothing_about_sales() -> None:
    deal: Row = {
        "source": "hubspot",
        "deal_id": "1",
        "stage": "won",
        "day": day(1, 5),
        "created": day(1, 1),
        "closed": day(1, 5),
        "amount": money("900"),
        "currency": "CHF",
    }
    seen: list[Row] = [
        {
            "source": "ga4",
            "day": day(1, n),
            "cut": "date",
            "sessions": 5,
            "revenue": money("0"),
            "currency": "CHF",
        }
        for n in (1, 5)
    ]

    assert two_sources(MemoryEngine(deals=[deal], web=seen), YEAR, "CHF") == ()


def test_one_source_alone_makes_no_pair() -> None:
    assert two_sources(MemoryEngine(), YEAR, "CHF") == ()
