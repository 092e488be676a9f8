"""Landings, keywords and what has no source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from gouvernail.base.money import Money
from gouvernail.bearing.gathering.keywords import keyword_gaps, plain_domain
from gouvernail.bearing.gathering.landings import landings
from gouvernail.bearing.gathering.tracing import revenue, tracing
from gouvernail.checks.campaign_evidence import KeywordGap, Landing
from gouvernail.checks.measuring_evidence import Tracing
from tests.bearing.gathering.world import HEAD, Row, day, francs, stand

PLAN = (
    HEAD
    + """\
competitors: [{id: rival, title: Rival SA, domain: "https://www.Rival.ch/"}]
actions:
  - {id: letter, title: Letter, channel: email, tracking: [{value: letter, field: utm_campaign}]}
"""
)


def visits(cut: str, sessions: int, **told: object) -> Row:
    return {"day": day(9, 1), "cut": cut, "sessions": sessions, **told}


def test_each_visit_is_told_once_a_page_and_once_a_campaign(tmp_path: Path) -> None:
    rows = [
        visits("landing_page", 10, landing_page="/", engaged_sessions=4, key_events=1.0),
        visits("landing_page", 5, landing_page="/blog"),
        visits("landing_page", 3, landing_page="(not set)"),
        visits("source_medium_campaign", 12, campaign="letter", traffic_source="mail", bounces=2),
        visits("source_medium_campaign", 6, campaign="(direct)"),
        # Raw events tell the same visits again.
        visits("events", 18, landing_page="/", campaign="letter"),
    ]

    found = landings(stand(tmp_path, ("ga4", "web", rows), plan=PLAN))

    assert found == (
        Landing("campaign", "letter", 12, 2, None, "letter"),
        Landing("page", "/", 10, 6, Decimal(1)),
        # Neither bounces nor engaged visits are told: no rate.
        Landing("page", "/blog", 5),
    )


def position(site: str, word: str, place: float, **told: object) -> Row:
    return {"day": day(9, 1), "domain": site, "keyword": word, "position": place, **told}


def test_gaps_are_keywords_where_a_rival_is_found_and_we_are_not(tmp_path: Path) -> None:
    rows = [
        position("www.rival.ch", "sensor", 3, volume=500, cpc=francs(2), currency="CHF"),
        position("rival.ch", "probe", 8, volume=90),
        position("rival.ch", "gauge", 15),
        position("rival.ch", "valve", 2),
        position("zoe.ch", "sensor", 25),
        position("zoe.ch", "valve", 9),
        # An old position is none.
        {**position("rival.ch", "old", 1), "day": day(1, 1)},
    ]

    assert keyword_gaps(stand(tmp_path, ("semrush", "keywords", rows), plan=PLAN)) == (
        KeywordGap("sensor", "Rival SA", 3.0, 25.0, 500, Money(Decimal(2), "CHF")),
        KeywordGap("probe", "Rival SA", 8.0, None, 90),
    )


def test_our_positions_may_come_from_the_search_report(tmp_path: Path) -> None:
    rows = [position("rival.ch", "sensor", 3), position("rival.ch", "probe", 4)]
    seen = [
        {"day": day(9, 1), "cut": "query", "query": "Sensor", "impressions": n, "position": place}
        for n, place in ((30, 4.0), (10, 8.0))
    ]

    found = keyword_gaps(
        stand(tmp_path, ("semrush", "keywords", rows), ("search_console", "search", seen), plan=PLAN)
    )

    assert found == (KeywordGap("probe", "Rival SA", 4.0),)


def test_gaps_are_not_told_where_we_cannot_be_seen(tmp_path: Path) -> None:
    rivals = [position("rival.ch", "sensor", 3)]
    strangers = [*rivals, position("a.ch", "sensor", 3), position("b.ch", "sensor", 3)]

    assert keyword_gaps(stand(tmp_path, ("semrush", "keywords", rivals), plan=PLAN)) is None
    (tmp_path / "more").mkdir()
    assert keyword_gaps(stand(tmp_path / "more", ("semrush", "keywords", strangers), plan=PLAN)) is None


def test_domain_is_bare() -> None:
    assert [plain_domain(words) for words in ("https://www.A.ch/fr", "a.ch", " WWW.a.ch ")] == ["a.ch"] * 3


def order(number: int, value: int, **told: object) -> Row:
    return {"day": day(9, number), "kind": "order", "order_id": f"o{number}", "value": francs(value),
            "currency": "CHF", "person": f"p{number}", **told}  # fmt: skip


def test_orders_without_any_source_are_counted_with_their_value(tmp_path: Path) -> None:
    rows = [
        order(1, 100, traffic_source="google"),
        order(2, 50),
        order(3, 30, campaign="(not set)"),
        order(4, 20),
        order(5, 10, promo_code="ZOE"),
    ]
    touches = [{"day": day(9, 3), "person": "p4", "channel": "email", "touch": "visit"}]

    ground = stand(tmp_path, ("shopify", "conversions", rows), ("ga4", "touchpoints", touches), plan=PLAN)

    assert tracing(ground) == (
        Tracing("order", 5, 2, Money(Decimal(210), "CHF"), Money(Decimal(80), "CHF")),
    )  # fmt: skip


def test_revenue_that_no_action_is_credited_with(tmp_path: Path) -> None:
    rows = [order(1, 100, campaign="letter"), order(2, 50, campaign="other"), order(3, 30)]

    ground = stand(tmp_path, ("shopify", "conversions", rows), plan=PLAN)

    assert revenue(ground) == (Money(Decimal(180), "CHF"), Money(Decimal(80), "CHF"))


def test_nothing_imported_nothing_told(tmp_path: Path) -> None:
    ground = stand(tmp_path, plan=PLAN)

    assert (landings(ground), keyword_gaps(ground), tracing(ground), revenue(ground)) == (
        (),
        None,
        (),
        (None, None),
    )
