"""The catalogue holds every metric of the domain, and nothing in it hangs in the air."""

from __future__ import annotations

from gouvernail.base.formula import names, parse
from gouvernail.metrics.catalogue import METRICS, inputs, with_own
from gouvernail.metrics.drivers import Tree
from gouvernail.metrics.metric import Metric
from gouvernail.warehouse.tables import TABLES

DOMAIN = [
    "revenue",
    "new_customer_revenue",
    "gross_margin",
    "market_share",
    "customers",
    "new_customers",
    "average_order_value",
    "average_deal_value",
    "customer_lifetime_value",
    "churn_rate",
    "retention_rate",
    "repeat_purchase_rate",
    "cac",
    "ltv_cac_ratio",
    "payback_months",
    "marketing_cost_ratio",
    "romi",
    "roas",
    "pipeline_value",
    "win_rate",
    "sales_cycle_days",
    "lead_response_hours",
    "leads",
    "mql",
    "sql",
    "lead_to_mql_rate",
    "mql_to_sql_rate",
    "sql_to_win_rate",
    "lead_to_customer_rate",
    "cost_per_lead",
    "cost_per_mql",
    "cost_per_acquisition",
    "marketing_sourced_revenue",
    "marketing_influenced_revenue",
    "share_of_voice",
    "brand_awareness",
    "brand_search_volume",
    "csat",
    "nps",
    "ces",
    "first_contact_resolution",
    "response_time_hours",
    "event_registrations",
    "sessions",
    "users",
    "new_users",
    "engaged_session_rate",
    "bounce_rate",
    "pages_per_session",
    "visit_to_lead_rate",
    "form_conversion_rate",
    "ecommerce_conversion_rate",
    "cart_abandonment_rate",
    "impressions*",
    "reach*",
    "clicks",
    "ctr",
    "cpc",
    "cpm",
    "frequency",
    "followers*",
    "likes*",
    "engagement_rate*",
    "video_view_rate",
    "email_open_rate*",
    "email_click_rate",
    "click_to_open_rate",
    "unsubscribe_rate",
    "deliverability_rate",
    "list_growth_rate",
    "organic_clicks",
    "organic_impressions*",
    "average_position",
    "keywords_top10",
    "referring_domains",
    "domain_authority*",
    "page_views*",
]


def test_catalogue_holds_every_metric_of_the_domain() -> None:
    missing = [word for word in DOMAIN if word.rstrip("*") not in METRICS]

    assert missing == []


def test_vanity_is_as_the_domain_marks_it() -> None:
    wrong = [word for word in DOMAIN if METRICS[word.rstrip("*")].vanity != word.endswith("*")]

    assert wrong == []


def test_formulas_and_parents_name_metrics_that_exist() -> None:
    strangers = {
        (id, name)
        for id, metric in METRICS.items()
        for name in (*inputs(id, METRICS), *metric.parents)
        if name not in METRICS
    }

    assert strangers == set()


def test_formulas_have_no_cycle() -> None:
    formulas = {id: metric.formula for id, metric in METRICS.items() if metric.formula}

    assert Tree.faults(formulas, METRICS) == ()


def test_measures_name_columns_that_exist() -> None:
    measures = [each for metric in METRICS.values() for each in metric.measures if each.table]
    wrong = []
    for measure in measures:
        columns = {column.name for column in TABLES[measure.table].columns}
        asked = {measure.day, *(name for name, _ in (*measure.where, *measure.without, *measure.at_most))}
        asked |= {name for name in (measure.column, measure.weight, measure.since) if name}
        wrong += [(str(measure), name) for name in asked - columns]

    assert wrong == []


def test_ratios_are_never_additive() -> None:
    assert [id for id, metric in METRICS.items() if metric.unit == "ratio" and metric.additive] == []


def test_every_metric_has_a_name_and_a_meaning_in_french() -> None:
    silent = [
        id for id, metric in METRICS.items() if metric.meaning.render("fr") == metric.meaning.render("en")
    ]

    assert silent == []


def test_own_metric_takes_the_place_of_ours() -> None:
    ours = METRICS["leads"]
    own = Metric("leads", ours.name, ours.meaning, ours.unit, "plan", formula="mql * 2")

    merged = with_own([own])

    assert merged["leads"] is own
    assert names(parse(merged["leads"].formula or "")) == ("mql",)
