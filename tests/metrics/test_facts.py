"""Values from rows: no data is a refusal, nothing counts twice, ratios are ratios of sums."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, parse_period
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.metrics.catalogue import METRICS, with_own
from gouvernail.metrics.facts import Facts
from gouvernail.metrics.metric import Metric
from tests.metrics.engines import MemoryEngine, Row, day, money

JANUARY, FEBRUARY = parse_period("2026-01"), parse_period("2026-02")


def _facts(currency: str = "CHF", **tables: list[Row]) -> Facts:
    return Facts(MemoryEngine(**tables), METRICS, currency)


def _value(outcome: Outcome) -> float:
    assert isinstance(outcome, Estimate), outcome
    return outcome.value


def _code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def _spend(cost: str, when: object = day(1, 3), **more: object) -> Row:
    return {"day": when, "cost": money(cost), "currency": "CHF", "clicks": 10, "impressions": 100, **more}


def _order(person: str, value: str, when: object = day(1, 5), **more: object) -> Row:
    return {
        "source": "shopify",
        "person": person,
        "kind": "order",
        "day": when,
        "value": money(value),
        "currency": "CHF",
        **more,
    }


def _deal(id: str, stage: str, amount: str, created: object, closed: object = None, **more: object) -> Row:
    return {
        "source": "hubspot",
        "deal_id": id,
        "day": closed or created,
        "created": created,
        "closed": closed,
        "stage": stage,
        "amount": money(amount),
        "currency": "CHF",
        "cut": "deals",
        **more,
    }


def test_value_without_rows_is_refused() -> None:
    outcome = _facts().value("revenue", JANUARY)

    assert _code(outcome) == "no_data"


def test_value_adds_exactly() -> None:
    outcome = _facts(spend=[_spend("0.10"), _spend("0.20", day(1, 31)), _spend("9", day(2, 1))]).value(
        "spend", JANUARY
    )

    assert isinstance(outcome, Estimate)
    assert outcome.options["exact"] == "0.30"


def test_value_of_a_gap_in_a_daily_table_is_refused() -> None:
    facts = _facts(spend=[_spend("1", day(1, 3)), _spend("1", day(3, 3))])

    assert _code(facts.value("spend", FEBRUARY)) == "no_data"


def test_value_of_a_month_without_order_is_zero_between_orders() -> None:
    facts = _facts(conversions=[_order("a", "10"), _order("b", "10", day(3, 3))])

    assert _value(facts.value("revenue", FEBRUARY)) == 0
    assert _code(facts.value("revenue", parse_period("2026-04"))) == "no_data"


def test_row_over_two_months_counts_in_the_quarter_only() -> None:
    facts = _facts(spend=[_spend("6", day(1, 1), until=day(2, 28)), _spend("1", day(1, 1))])

    assert _value(facts.value("spend", JANUARY)) == 1
    assert _value(facts.value("spend", parse_period("2026-Q1"))) == 7
    monthly = dict(facts.series("spend", parse_period("2026-Q1"), Grain.month))
    assert _value(monthly[JANUARY]) == 1


def test_coverage_of_a_month_under_way_is_told() -> None:
    outcome = _facts(spend=[_spend("1", day(1, 1)), _spend("1", day(1, 15))]).value("spend", JANUARY)

    assert isinstance(outcome, Estimate)
    assert outcome.options["covered"] == round(15 / 31, 4)


def test_ratio_is_a_ratio_of_sums() -> None:
    facts = _facts(
        spend=[
            _spend("1", clicks=1, impressions=10),
            _spend("1", clicks=1, impressions=990),
        ]
    )

    assert _value(facts.value("ctr", JANUARY)) == 2 / 1000


def test_ratio_over_nothing_is_refused() -> None:
    assert _code(_facts(spend=[_spend("1", clicks=0)]).value("cpc", JANUARY)) == "no_denominator"


def test_position_is_weighted_by_impressions() -> None:
    rows: list[Row] = [
        {"source": "gsc", "day": day(1, 1), "cut": "date", "position": 2.0, "impressions": 10, "clicks": 1},
        {"source": "gsc", "day": day(1, 2), "cut": "date", "position": 4.0, "impressions": 30, "clicks": 1},
    ]

    assert _value(_facts(search=rows).value("average_position", JANUARY)) == 3.5


def test_raw_events_count_only_where_no_report_of_the_tool_is_there() -> None:
    report: list[Row] = [
        {"source": "ga4", "account": "Shop", "day": day(1, 1), "cut": "date", "sessions": 11}
    ]
    events: list[Row] = [
        {"source": "ga4", "account": "2100", "day": day(month, 1), "cut": "events", "sessions": 4}
        for month in (1, 2)
    ]
    facts = _facts(web=[*report, *events])
    assert [_value(facts.value("sessions", month)) for month in (JANUARY, FEBRUARY)] == [11, 4]


def test_best_cut_alone_is_read() -> None:
    rows: list[Row] = [
        {"source": "ga4", "day": day(1, 1), "cut": "channel_group", "sessions": 10},
        {"source": "ga4", "day": day(1, 1), "cut": "date", "sessions": 11},
        {"source": "ga4", "account": "other", "day": day(1, 1), "cut": "date", "sessions": 5},
    ]

    assert _value(_facts(web=rows).value("sessions", JANUARY)) == 15


def test_two_analytics_tools_are_not_added() -> None:
    rows: list[Row] = [
        {"source": "ga4", "day": day(1, n), "cut": "date", "sessions": 10} for n in range(1, 6)
    ] + [{"source": "matomo", "day": day(1, 2), "cut": "date", "sessions": 12}]

    outcome = _facts(web=rows).value("sessions", JANUARY)

    assert isinstance(outcome, Estimate)
    assert outcome.value == 50
    assert outcome.options["sources_left_out"] == ["matomo"]


def test_revenue_is_orders_less_refunds_and_never_deals_beside() -> None:
    facts = _facts(
        conversions=[_order("a", "100"), _order("a", "-30", kind="refund")],
        deals=[_deal("d", "won", "500", day(1, 1), day(1, 9))],
    )

    assert _value(facts.value("revenue", JANUARY)) == 70
    assert _value(facts.value("orders", JANUARY)) == 1
    assert _value(facts.value("won_amount", JANUARY)) == 500


def test_revenue_is_deals_where_no_order_is_imported() -> None:
    facts = _facts(deals=[_deal("d", "won", "500", day(1, 1), day(1, 9))])

    assert _value(facts.value("revenue", JANUARY)) == 500
    assert _value(facts.value("new_customers", JANUARY)) == 1


def test_revenue_of_record_can_be_said() -> None:
    engine = MemoryEngine(
        conversions=[_order("a", "100")], deals=[_deal("d", "won", "500", day(1, 1), day(1, 9))]
    )

    facts = Facts(engine, METRICS, "CHF", of_record={"revenue": "deals"})

    assert _value(facts.value("revenue", JANUARY)) == 500


def test_payment_service_is_left_out_where_the_shop_tells() -> None:
    facts = _facts(conversions=[_order("a", "100"), _order("a", "100", source="stripe")])

    outcome = facts.value("revenue", JANUARY)

    assert isinstance(outcome, Estimate)
    assert outcome.value == 100
    assert outcome.options["sources_left_out"] == ["stripe"]


def test_platform_claims_are_no_revenue() -> None:
    facts = _facts(spend=[_spend("1", conversions=5.0, conversion_value=money("999"))])

    assert _code(facts.value("revenue", JANUARY)) == "no_data"


def test_customers_are_counted_anew_in_each_period() -> None:
    facts = _facts(conversions=[_order("a", "1"), _order("a", "1", day(2, 1)), _order("b", "1", day(2, 2))])

    monthly = [
        _value(each) for _, each in facts.series("customers", parse_period("2026-01..2026-02"), Grain.month)
    ]

    assert monthly == [1, 2]
    assert _value(facts.value("customers", parse_period("2026-01..2026-02"))) == 2
    assert _value(facts.value("new_customers", FEBRUARY)) == 1


def test_reach_of_several_rows_is_refused() -> None:
    facts = _facts(spend=[_spend("1", reach=10), _spend("1", day(1, 4), reach=12)])

    assert _code(facts.value("reach", JANUARY)) == "not_additive"
    assert _value(facts.value("reach", parse_period("2026-01-03"))) == 10


def test_foreign_amounts_are_converted_at_the_rate_of_their_day() -> None:
    engine = MemoryEngine(
        spend=[
            _spend("100", currency="EUR"),
            _spend("100", day(2, 3), currency="EUR"),
            _spend("5", day(2, 4)),
        ]
    )
    rates = [("EUR", day(1, 1, 2025), Decimal("0.95")), ("EUR", day(2, 1), Decimal("0.90"))]
    facts = Facts(engine, METRICS, "CHF", rates)

    assert _value(facts.value("spend", JANUARY)) == 95
    assert _value(facts.value("spend", FEBRUARY)) == 95


def test_foreign_amounts_without_rate_are_left_out_and_told() -> None:
    facts = _facts(spend=[_spend("100", currency="USD"), _spend("5"), _spend("7", day(2, 3), currency="USD")])

    january = facts.value("spend", JANUARY)

    assert isinstance(january, Estimate)
    assert (january.value, january.options["rows_without_rate"]) == (5, 1)
    assert _code(facts.value("spend", FEBRUARY)) == "mixed_currencies"


def test_pipeline_is_what_is_open_at_the_end() -> None:
    facts = _facts(
        deals=[
            _deal("a", "won", "10", day(1, 5), day(2, 10)),
            _deal("b", "opportunity", "20", day(1, 6)),
            _deal("c", "lost", "40", day(1, 7), day(1, 20)),
        ]
    )

    monthly = [
        _value(each)
        for _, each in facts.series("pipeline_value", parse_period("2026-01..2026-02"), Grain.month)
    ]

    assert monthly == [30, 20]


def test_sales_cycle_and_win_rate() -> None:
    facts = _facts(
        deals=[
            _deal("a", "won", "10", day(1, 5), day(1, 15)),
            _deal("c", "lost", "40", day(1, 7), day(1, 20)),
        ]
    )

    assert _value(facts.value("sales_cycle_days", JANUARY)) == 10
    assert _value(facts.value("win_rate", JANUARY)) == 0.5


def test_leads_are_contacts_counted_once() -> None:
    rows = [
        _deal("p", "lead", "0", day(1, 5), cut="contacts"),
        _deal("p", "mql", "0", day(1, 5), day(2, 1), cut="contacts"),
        _deal("q", "lead", "0", day(2, 6), cut="contacts"),
    ]
    facts = _facts(deals=rows)

    assert _value(facts.value("leads", JANUARY)) == 1
    assert _value(facts.value("leads", FEBRUARY)) == 1
    assert _value(facts.value("mql", FEBRUARY)) == 1


def test_nps_is_promoters_less_detractors() -> None:
    rows: list[Row] = [{"source": "survey", "day": day(1, 1), "nps": note} for note in (10.0, 9.0, 8.0, 3.0)]

    assert _value(_facts(surveys=rows).value("nps", JANUARY)) == 25


def test_observations_answer_where_no_table_does() -> None:
    rows: list[Row] = [
        {"source": "manual", "day": day(1, 31), "metric": "churn_rate", "value": 0.1},
        {"source": "manual", "day": day(1, 31), "metric": "brand_search_volume", "value": 100.0},
        {"source": "manual", "day": day(2, 28), "metric": "brand_search_volume", "value": 120.0},
    ]
    facts = _facts(observations=rows)

    assert _value(facts.value("retention_rate", JANUARY)) == 0.9
    assert _value(facts.value("brand_search_volume", parse_period("2026-Q1"))) == 220


def test_observed_rates_of_two_months_make_no_quarter() -> None:
    rows: list[Row] = [
        {"source": "manual", "day": day(month, 28), "metric": "churn_rate", "value": 0.1} for month in (1, 2)
    ]

    assert _code(_facts(observations=rows).value("churn_rate", parse_period("2026-Q1"))) == "not_additive"


def test_influenced_revenue_is_of_people_touched_before() -> None:
    touched: list[Row] = [
        {
            "source": "ga4",
            "person": "a",
            "instant": datetime(2025, 12, 20),
            "day": day(12, 20, 2025),
            "channel": "email",
        },
        {
            "source": "ga4",
            "person": "b",
            "instant": datetime(2025, 12, 20),
            "day": day(12, 20, 2025),
            "channel": "direct",
        },
        {
            "source": "ga4",
            "person": "c",
            "instant": datetime(2026, 1, 20),
            "day": day(1, 20),
            "channel": "email",
        },
    ]
    sold = [_order(who, "10", instant=datetime(2026, 1, 5)) for who in "abc"]
    facts = _facts(conversions=[{**row, "channel": "email"} for row in sold], touchpoints=touched)

    assert _value(facts.value("marketing_influenced_revenue", JANUARY)) == 10


def test_breakdown_gives_ratios_of_the_parts() -> None:
    facts = _facts(spend=[_spend("10", campaign="a"), _spend("30", campaign="b", clicks=5)])

    assert {key: _value(each) for key, each in facts.breakdown("cpc", JANUARY, "campaign").items()} == {
        "a": 1.0,
        "b": 6.0,
    }


def test_breakdown_by_action_takes_the_owners() -> None:
    engine = MemoryEngine(
        spend=[_spend("10", campaign="a"), _spend("30", campaign="b"), _spend("1", campaign="z")]
    )
    owners = [("google_ads", "a", "launch"), ("google_ads", "b", "launch")]

    parts = Facts(engine, METRICS, "CHF", actions=owners).breakdown("spend", JANUARY, "action")

    assert {key: _value(each) for key, each in parts.items()} == {"launch": 40.0}


def test_breakdown_where_no_fact_has_the_dimension_is_empty() -> None:
    assert _facts(spend=[_spend("10")]).breakdown("spend", JANUARY, "channel") == {}


def test_own_metric_of_the_plan_is_worked_out() -> None:
    own = Metric("double", T("Double"), T("Twice the spend."), Unit.money, "plan", formula="spend * 2")
    facts = Facts(MemoryEngine(spend=[_spend("10")]), with_own([own]), "CHF")

    assert _value(facts.value("double", JANUARY)) == 20


def test_metric_defined_by_itself_is_refused() -> None:
    own = Metric("x", T("X"), T("X."), Unit.count, "plan", formula="x + 1")

    assert _code(Facts(MemoryEngine(), with_own([own]), "CHF").value("x", JANUARY)) == "circular"


def test_unknown_metric_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match="Did you mean “revenue”"):
        _facts().value("revenu", JANUARY)


def test_all_metrics_over_two_years_cost_few_questions() -> None:
    engine = MemoryEngine(
        spend=[_spend("10")],
        conversions=[_order("a", "1")],
        deals=[_deal("d", "won", "5", day(1, 1), day(1, 9))],
    )
    facts = Facts(engine, METRICS, "CHF")

    for metric in METRICS:
        facts.series(metric, parse_period("2024-01..2026-01"), Grain.month)

    assert engine.questions <= 24


def test_month_of_a_series_is_the_month_asked_alone() -> None:
    rows = [_spend("1", day(1, 3)), _spend("6", day(1, 20), until=day(2, 10)), _spend("2", day(2, 3))]
    alone = _facts(spend=rows).value("spend", FEBRUARY)
    engine = MemoryEngine(spend=rows)
    facts = Facts(engine, METRICS, "CHF")
    facts.series("spend", parse_period("2026-01..2026-03"), Grain.month)
    asked = engine.questions

    assert facts.value("spend", FEBRUARY) == alone
    assert engine.questions == asked


def test_visits_of_a_report_by_event_are_not_sessions() -> None:
    rows: list[Row] = [
        {"source": "ga4", "day": day(1, 1), "cut": cut, "event": name, "sessions": 9, "key_events": 2.0}
        for cut, name in (("event", "form_submit"), ("event", "page_view"), ("other", None))
    ]
    facts = _facts(web=rows)

    assert _code(facts.value("sessions", JANUARY)) == "no_data"
    assert _value(facts.value("key_events", JANUARY)) == 4


def test_part_larger_than_its_whole_is_refused() -> None:
    """The shop tells one lead, the CRM two qualified ones: “200 % of the leads qualify” would be nonsense."""
    told = [
        {"source": "shopify", "kind": "lead", "person": "p1", "day": day(1, 2)},
        {"source": "shopify", "kind": "mql", "person": "p2", "day": day(1, 3)},
        {"source": "shopify", "kind": "mql", "person": "p3", "day": day(1, 4)},
    ]

    assert _code(_facts(conversions=told).value("lead_to_mql_rate", JANUARY)) == "more_than_whole"
