"""The four data sets that must come out to the cent: imported by their mappings, told through the metrics.

The expected figures are those that the sources of the data publish or that were counted in the files; they are
restated here so that a wrong import cannot agree with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import Period
from gouvernail.checks.runner import check
from gouvernail.metrics.facts import Facts
from gouvernail.plan.load import load_plan
from gouvernail.sources.files.generic.finding import find_mapping
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context, Preview, Status
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake

CENT = Decimal("0.01")


class Workplace:
    """One example: its plan, its mappings, a fresh lake, and what each file brought."""

    def __init__(self, example: Path, data: Path, lake: Lake) -> None:
        self.plan = load_plan(example / "plan.yaml").plan
        self.lake = lake
        self.previews: dict[str, Preview] = {}
        self._mappings, self._data = example / "mappings", data

    def bring(self, name: str) -> Preview:
        """Import one file by its mapping."""
        organisation = self.plan.organisation
        context = Context(organisation.currency, organisation.time_zone, self.lake.secret, date(2026, 10, 1))
        file = self._data / name
        imported = run(file, self.lake, context, find_mapping(file, folder=self._mappings))
        assert imported.preview.status is Status.ready, str(imported.preview.message)
        return imported.preview

    def tell(self, metric: str, start: date, end: date) -> Decimal:
        """Return a metric over the days, rounded to the cent."""
        facts = Facts(Engine(self.lake), currency=self.plan.organisation.currency)
        outcome = facts.value(metric, Period(start, end))
        assert isinstance(outcome, Estimate), f"{metric}: {outcome}"
        return Decimal(str(outcome.value)).quantize(CENT)

    def count(self, table: str, column: str) -> int:
        """Return the number of different values of a column."""
        engine = Engine(self.lake)
        found = engine.table(table)
        return int(engine.execute(found.aggregate(n=found[column].nunique()))["n"][0].as_py())


@pytest.fixture
def at(root: Path, shared_data: Path, tmp_path: Path) -> Callable[[str], Workplace]:
    def open_example(name: str) -> Workplace:
        data = shared_data / "datasets" / name
        if not data.is_dir():
            pytest.skip(f"{name} is not on this machine")
        return Workplace(root / "examples" / name, data, Lake.open(tmp_path / "lake"))

    return open_example


def test_olist_leads_and_deals(at: Callable[[str], Workplace]) -> None:
    work = at("olist-marketing-funnel")
    leads = work.bring("olist_marketing_qualified_leads_dataset.csv").tables["conversions"]
    deals = work.bring("olist_closed_deals_dataset.csv").tables["deals"]
    assert (leads.rows, leads.rejected, deals.rows, deals.rejected) == (8000, 0, 842, 0)
    whole = date(2017, 6, 1), date(2018, 12, 31)
    assert work.tell("mql", *whole) == 8000
    assert work.tell("won_deals", *whole) == 842
    assert work.tell("won_amount", *whole) == Decimal("61784006.00")


def test_olist_leads_by_origin(at: Callable[[str], Workplace]) -> None:
    work = at("olist-marketing-funnel")
    work.bring("olist_marketing_qualified_leads_dataset.csv")
    engine = Engine(work.lake)
    leads = engine.table("conversions")
    counted = engine.execute(leads.group_by("traffic_source").aggregate(n=leads.count())).to_pylist()
    assert {row["traffic_source"] or "": row["n"] for row in counted} == {
        "organic_search": 2296, "paid_search": 1586, "social": 1350, "unknown": 1099, "direct_traffic": 499,
        "email": 493, "referral": 284, "other": 150, "display": 118, "other_publicities": 65, "": 60,
    }  # fmt: skip


def test_zoo_four_systems(at: Callable[[str], Workplace]) -> None:
    work = at("attribution-sandbox-zoo")
    events = work.bring("ga4_events.csv").tables["touchpoints"]
    google = work.bring("google_ads_clicks.csv").tables["spend"]
    meta = work.bring("meta_ads_insights.csv").tables["spend"]
    outcomes = work.bring("backend_outcomes.csv").tables["conversions"]
    assert (events.rows, google.rows, meta.rows, outcomes.rows) == (2189, 278, 91, 150 + 75)
    assert google.totals["cost"] == Decimal("1212.55")
    assert meta.totals["cost"] == Decimal("7994.08")
    assert (google.totals["conversions"], meta.totals["conversions"]) == (37, 61)
    spring = date(2026, 3, 1), date(2026, 4, 30)
    assert work.tell("leads", *spring) == 150
    assert work.tell("orders", *spring) == 75
    assert work.tell("revenue", *spring) == Decimal("28353.55")
    assert work.tell("gross_margin", *spring) == Decimal("11582.44")
    assert work.tell("spend", *spring) == Decimal("1212.55") + Decimal("7994.08")


def test_zoo_platforms_claim_more_sales_than_there_are(at: Callable[[str], Workplace]) -> None:
    work = at("attribution-sandbox-zoo")
    claimed = sum(
        work.bring(name).tables["spend"].totals["conversions"]
        for name in ("google_ads_clicks.csv", "meta_ads_insights.csv")
    )
    work.bring("backend_outcomes.csv")
    assert (claimed, work.tell("orders", date(2026, 3, 1), date(2026, 4, 30))) == (98, 75)


def test_crm_opportunities(at: Callable[[str], Workplace]) -> None:
    work = at("crm-sales-opportunities")
    deals = work.bring("sales_pipeline.csv").tables["deals"]
    assert (deals.rows, deals.rejected) == (8800, 0)
    whole = date(2016, 10, 1), date(2017, 12, 31)
    assert work.tell("won_deals", *whole) == 4238
    assert work.tell("lost_deals", *whole) == 2473
    assert work.tell("won_amount", *whole) == Decimal("10005534.00")
    assert work.tell("revenue", *whole) == Decimal("10005534.00")


def test_online_retail(at: Callable[[str], Workplace]) -> None:
    work = at("uci-online-retail")
    lines = work.bring("online_retail.parquet").tables["conversions"]
    assert (lines.rows, lines.rejected) == (541_909, 0)
    whole = date(2010, 12, 1), date(2011, 12, 31)
    assert work.tell("revenue", *whole) == Decimal("9747747.93")
    assert work.count("conversions", "order_id") == 25_900
    assert work.count("conversions", "person") == 4_372


@pytest.mark.parametrize(
    "name",
    ["olist-marketing-funnel", "attribution-sandbox-zoo", "crm-sales-opportunities", "uci-online-retail"],
)
def test_example_plan_loads_and_is_checked(root: Path, name: str) -> None:
    plan = load_plan(root / "examples" / name / "plan.yaml").plan
    assert {
        finding.code for finding in check(plan, today=plan.revised or date(2026, 1, 1)).findings
    }.isdisjoint({"REF01", "REF02", "REF03"})
