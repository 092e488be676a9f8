"""Real data sets, brought to the canonical shape by hand: totals as their INDEX states them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.periods import Grain, Period, parse_period
from gouvernail.measurement.attribution.touch import Credit, Share, credit
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.compare import two_sources
from gouvernail.metrics.facts import Facts
from gouvernail.metrics.keys import ActionKeys, Key
from gouvernail.metrics.matching import match
from tests.metrics.engines import MemoryEngine

HOUSE = "'i1' AS import_id, row_number() OVER () AS source_row, 'main' AS account"


def _read(sql: str, **files: Path) -> pa.Table:
    for name, path in files.items():
        sql = sql.replace(name, f"'{path}'")
    return duckdb.sql(sql).to_arrow_table()


def _exact(outcome: Outcome) -> Decimal:
    assert isinstance(outcome, Estimate), outcome
    return Decimal(outcome.options["exact"])


def _value(outcome: Outcome) -> float:
    assert isinstance(outcome, Estimate), outcome
    return outcome.value


@pytest.fixture
def crm(shared_data: Path) -> MemoryEngine:
    path = shared_data / "datasets" / "crm-sales-opportunities" / "sales_pipeline.csv"
    deals = _read(
        f"""SELECT 'crm' AS source, {HOUSE}, 'deals' AS cut, opportunity_id AS deal_id, 'USD' AS currency,
        coalesce(strptime(close_date, '%m/%d/%Y'), strptime(engage_date, '%m/%d/%Y'), DATE '2017-12-31')::DATE AS day,
        strptime(close_date, '%m/%d/%Y')::DATE AS closed, strptime(engage_date, '%m/%d/%Y')::DATE AS created,
        close_value::DECIMAL(20, 6) AS amount,
        CASE deal_stage WHEN 'Won' THEN 'won' WHEN 'Lost' THEN 'lost' ELSE 'opportunity' END AS stage
        FROM read_csv(FILE, all_varchar = true)""",
        FILE=path,
    )
    return MemoryEngine(deals=deals)


def test_crm_sales_opportunities(crm: MemoryEngine) -> None:
    facts, always = Facts(crm, METRICS, "USD"), Period(date(2016, 1, 1), date(2017, 12, 31))

    assert _exact(facts.value("revenue", always)) == 10_005_534
    assert _value(facts.value("won_deals", always)) == 4238
    assert _value(facts.value("win_rate", always)) == 4238 / (4238 + 2473)


def test_crm_months_sum_to_the_whole(crm: MemoryEngine) -> None:
    facts, always = Facts(crm, METRICS, "USD"), Period(date(2017, 3, 1), date(2017, 12, 31))

    months = facts.series("revenue", always, Grain.month)

    assert sum(_exact(each) for _, each in months) == _exact(facts.value("revenue", always))


@pytest.fixture
def zoo(shared_data: Path) -> MemoryEngine:
    folder = shared_data / "datasets" / "attribution-sandbox-zoo"
    spend = _read(
        f"""SELECT *, {HOUSE}, day AS until, 'AUD' AS currency FROM (
        SELECT 'google_ads' AS source, date::DATE AS day, campaign_name AS campaign, cost::DECIMAL(20, 6) AS cost,
        1 AS clicks, reported_conversion::DOUBLE AS conversions FROM read_csv(GOOGLE, all_varchar = true)
        UNION ALL SELECT 'meta_ads', date_start::DATE, campaign_name, spend::DECIMAL(20, 6), clicks::BIGINT,
        reported_sales::DOUBLE FROM read_csv(META, all_varchar = true))""",
        GOOGLE=folder / "google_ads_clicks.csv",
        META=folder / "meta_ads_insights.csv",
    )
    sales = _read(
        f"""SELECT 'crm' AS source, {HOUSE}, backend_user_id AS person, 'order' AS kind, order_id, 'AUD' AS currency,
        sale_at::TIMESTAMP AS instant, sale_at::DATE AS day, revenue::DECIMAL(20, 6) AS value,
        margin::DECIMAL(20, 6) AS margin FROM read_csv(FILE, all_varchar = true) WHERE status = 'won'""",
        FILE=folder / "backend_outcomes.csv",
    )
    touches = _read(
        f"""SELECT 'ga4' AS source, {HOUSE}, user_id_ui AS person, event_timestamp::TIMESTAMP AS instant,
        event_date::DATE AS day, source AS traffic_source, medium FROM read_csv(FILE, all_varchar = true)
        WHERE user_id_ui IS NOT NULL""",
        FILE=folder / "ga4_events.csv",
    )
    return MemoryEngine(spend=spend, conversions=sales, touchpoints=touches)


ZOO = parse_period("2026")


def test_zoo_totals(zoo: MemoryEngine) -> None:
    facts = Facts(zoo, METRICS, "AUD")

    by_source = facts.breakdown("spend", ZOO, "source")

    assert {source: _exact(each) for source, each in by_source.items()} == {
        "google_ads": Decimal("1212.55"),
        "meta_ads": Decimal("7994.08"),
    }
    assert _exact(facts.value("revenue", ZOO)) == Decimal("28353.55")
    assert _exact(facts.value("gross_margin", ZOO)) == Decimal("11582.44")
    assert _value(facts.value("orders", ZOO)) == 75


def test_zoo_platforms_claim_more_sales_than_there_are(zoo: MemoryEngine) -> None:
    """Meta claims 61, Google 37: 98 of 75 sales."""
    claims = [each for each in two_sources(zoo, ZOO, "AUD") if each.first == "google_ads+meta_ads"]

    assert [(each.first_value <= 98, each.first_value > each.second_value) for each in claims] == [
        (True, True)
    ]


def test_zoo_actions_and_orphans_sum_to_the_spend(zoo: MemoryEngine) -> None:
    found = match(zoo, [ActionKeys("google", (Key("google |", match="prefix"),))], ZOO, "AUD")

    assert found.actions["google"].spend == Decimal("1212.55")
    assert found.orphan_spend == Decimal("7994.08")


def test_zoo_credits_sum_to_the_revenue(zoo: MemoryEngine) -> None:
    keys = [ActionKeys("meta", (Key("meta", "source"),)), ActionKeys("google", (Key("google", "source"),))]

    found = credit(zoo, keys, ZOO, "last", currency="AUD")

    assert isinstance(found, Credit)
    assert found.basis == "touchpoints"
    assert found.total == Share(Decimal("28353.55"), 75)
    assert sum(found.by_action.values(), found.unmatched + found.untraced) == found.total
    assert 0 < (found.coverage or 0) < 1


def test_online_retail(shared_data: Path) -> None:
    """Cancellations are refunds; lines of one invoice are one order."""
    path = shared_data / "datasets" / "uci-online-retail" / "online_retail.parquet"
    lines = _read(
        f"""SELECT 'shop' AS source, {HOUSE}, CAST(CustomerID AS VARCHAR) AS person, InvoiceNo AS order_id,
        CASE WHEN InvoiceNo LIKE 'C%' THEN 'refund' ELSE 'order' END AS kind, 'GBP' AS currency,
        CAST(InvoiceDate AS DATE) AS day, CAST(InvoiceDate AS TIMESTAMP) AS instant,
        CAST(CAST(UnitPrice AS DECIMAL(12, 3)) * Quantity AS DECIMAL(20, 6)) AS value FROM read_parquet(FILE)""",
        FILE=path,
    )
    facts = Facts(MemoryEngine(conversions=lines), METRICS, "GBP")
    year = Period(date(2010, 12, 1), date(2011, 12, 9))

    assert lines.num_rows == 541_909
    assert round(_exact(facts.value("revenue", year)), 2) == Decimal("9747747.93")
    assert _value(facts.value("orders", year)) == 25_900 - 3_836
