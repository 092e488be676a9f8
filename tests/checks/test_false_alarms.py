"""How often each statistical rule speaks where nothing is wrong: simulated, seeded; the rules' pages state these figures."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import parse_period
from gouvernail.checks.campaign_evidence import (
    ActionFacts,
    AdWeek,
    CampaignFacts,
    ChannelFacts,
    Creative,
    Landing,
)
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding
from gouvernail.checks.index import Index
from gouvernail.checks.rule import Scene
from gouvernail.checks.sales_evidence import Buyers, Funnel, FunnelStage
from gouvernail.checks.settings import merged
from gouvernail.measurement.student import quantile
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Plan

MONTH, TODAY = parse_period("2026-08"), date(2026, 9, 15)


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(20260915)


def findings(code: str, plan: Plan, tuned: dict[str, Any] | None = None, **evidence: Any) -> list[Finding]:
    rule = RULES[code]
    facts = Evidence(period=MONTH, today=TODAY, **evidence)
    scene = Scene(plan, Graph(plan), Index(plan), TODAY, facts, None, merged(rule, plan, {code: tuned or {}}))
    assert rule.run is not None
    return [answer for answer in rule.run(scene) if isinstance(answer, Finding)]


def test_bounce_of_pages_that_are_alike_never_speaks(chance: np.random.Generator) -> None:
    spoken = 0
    for _ in range(1000):
        sessions = chance.integers(200, 5000, 6)
        bounces = chance.binomial(sessions, 0.6)
        pages = tuple(
            Landing("page", f"/{k}", int(n), int(x))
            for k, (n, x) in enumerate(zip(sessions, bounces, strict=True))
        )
        spoken += bool(findings("PER02", Plan(), landings=pages))

    assert spoken == 0


def test_bounce_exactly_at_the_margin_speaks_in_one_of_a_hundred(chance: np.random.Generator) -> None:
    spoken = sum(
        bool(
            findings(
                "PER02",
                Plan(),
                landings=(
                    Landing("page", "/a", 1000, int(chance.binomial(1000, 0.65))),
                    Landing("page", "/b", 4000, int(chance.binomial(4000, 0.55))),
                ),
            )
        )
        for _ in range(2000)
    )

    assert spoken / 2000 <= 0.01


def test_forms_that_convert_alike_hardly_ever_speak(chance: np.random.Generator) -> None:
    spoken = 0
    for _ in range(1000):
        pages = tuple(
            Landing("page", f"/contact/{k}", 1000, None, Decimal(int(chance.binomial(1000, 0.03))))
            for k in range(6)
        )
        spoken += bool(findings("PER03", Plan(), landings=pages))

    assert spoken == 0


def test_campaigns_that_differ_by_nature_hardly_ever_speak(chance: np.random.Generator) -> None:
    told = campaigns = 0
    for _ in range(500):
        rates = 0.01 * chance.gamma(16, 1 / 16, 6)  # a quarter up or down
        facts = tuple(
            CampaignFacts(
                "google_ads", str(k), None, "search_paid", 20000, int(chance.binomial(20000, min(rate, 1)))
            )
            for k, rate in enumerate(rates)
        )
        told += len(findings("PER04", Plan(), campaigns=facts))
        campaigns += 6

    assert told / campaigns < 0.01


def test_funnel_on_target_speaks_in_three_of_a_hundred_for_each_stage(chance: np.random.Generator) -> None:
    plan = Plan.model_validate(
        {
            "objectives": [
                {"id": "a", "metric": "lead_to_mql_rate", "target": 0.3},
                {"id": "b", "metric": "mql_to_sql_rate", "target": 0.5},
                {"id": "c", "metric": "sql_to_win_rate", "target": 0.2},
            ]
        }
    )
    spoken = 0
    for _ in range(1000):
        mql = int(chance.binomial(1000, 0.3))
        sql = int(chance.binomial(mql, 0.5))
        won = int(chance.binomial(sql, 0.2))
        stages = (
            FunnelStage("lead", 1000, mql),
            FunnelStage("mql", mql, sql),
            FunnelStage("sql", sql, won),
            FunnelStage("won", won),
        )
        spoken += bool(findings("PER05", plan, funnel=Funnel(stages, MONTH)))

    assert spoken / 1000 <= 3 * 0.03


@pytest.mark.parametrize(("margin", "most"), [(0.0, 0.03), (0.1, 0.01)])
def test_rate_at_its_benchmark_hardly_speaks(chance: np.random.Generator, margin: float, most: float) -> None:
    plan = Plan.model_validate(
        {
            "objectives": [{"id": "a", "metric": "ecommerce_conversion_rate"}],
            "benchmarks": [
                {
                    "id": "b",
                    "metric": "ecommerce_conversion_rate",
                    "value": 0.02,
                    "source": "Own",
                    "year": 2026,
                }
            ],
        }
    )
    spoken = 0
    for _ in range(2000):
        sold = int(chance.binomial(20000, 0.02))
        values = {"transactions": float(sold), "sessions": 20000.0, "ecommerce_conversion_rate": sold / 20000}
        spoken += bool(
            findings(
                "PER06", plan, {"margin": margin}, yearly={k: Estimate(v, "count") for k, v in values.items()}
            )
        )

    assert spoken / 2000 <= most


def test_channel_at_the_limit_speaks_in_five_of_a_hundred(chance: np.random.Generator) -> None:
    spoken, t = 0, quantile(0.95, 50)
    for _ in range(1000):
        spend = chance.normal(8, 0.4, 52)
        results = 0.5 * spend + chance.normal(0, 0.3, 52)
        centred = spend - spend.mean()
        slope = float(centred @ results / (centred @ centred))
        rest = results - results.mean() - slope * centred
        error = float(np.sqrt(rest @ rest / 50 / (centred @ centred)))
        elasticity = Estimate(slope, "ols", slope - t * error, slope + t * error)
        facts = ChannelFacts("search_paid", Money(Decimal(9000), "EUR"), Decimal(300), None, elasticity)
        spoken += bool(findings("PER07", Plan(), channels={"search_paid": facts}))

    assert spoken / 1000 == pytest.approx(0.05, abs=0.02)


def test_action_that_just_pays_speaks_in_five_of_a_hundred(chance: np.random.Generator) -> None:
    plan = Plan.model_validate({"actions": [{"id": "a"}]})
    values = {"average_order_value": Estimate(100.0, "mean"), "gross_margin_rate": Estimate(0.4, "typed")}
    spoken = 0
    for sold in chance.poisson(20, 2000):
        facts = ActionFacts(
            "a", Money(Decimal(800), "EUR"), last_touch_revenue=Money(Decimal(100 * int(sold)), "EUR")
        )
        spoken += bool(findings("PER09", plan, actions={"a": facts}, values=values))

    assert 0.02 < spoken / 2000 <= 0.05


def test_steady_ad_that_scatters_hardly_ever_speaks(chance: np.random.Generator) -> None:
    spoken, monday = 0, date(2026, 6, 1)
    for _ in range(2000):
        rates = 0.01 * chance.gamma(16, 1 / 16, 10)  # a quarter up or down from week to week
        weeks = tuple(
            AdWeek(monday + timedelta(weeks=k), 20000, int(chance.binomial(20000, min(rate, 1))), Decimal(10))
            for k, rate in enumerate(rates)
        )
        spoken += bool(findings("PER11", Plan(), creatives=(Creative("meta_ads", "c", "ad", None, weeks),)))

    assert spoken / 2000 < 0.01


def test_ad_that_halves_is_told_nearly_always(chance: np.random.Generator) -> None:
    spoken, monday = 0, date(2026, 6, 1)
    for _ in range(200):
        weeks = tuple(
            AdWeek(
                monday + timedelta(weeks=k),
                20000,
                int(chance.binomial(20000, 0.02 - 0.0012 * k)),
                Decimal(10),
            )
            for k in range(10)
        )
        spoken += bool(findings("PER11", Plan(), creatives=(Creative("meta_ads", "c", "ad", None, weeks),)))

    assert spoken / 200 > 0.95


@pytest.mark.parametrize("young", [0.25, 0.4, 0.5])
def test_buyers_from_the_public_aimed_at_hardly_ever_speak(chance: np.random.Generator, young: float) -> None:
    plan = Plan.model_validate(
        {
            "segments": [
                {"id": "a", "age": {"low": 25, "high": 40}},
                {"id": "b", "age": {"low": 45, "high": 60}},
            ],
            "actions": [
                {"id": "x", "budget": 10000 * young, "audience": {"segments": ["a"]}},
                {"id": "y", "budget": 10000 * (1 - young), "audience": {"segments": ["b"]}},
            ],
        }
    )
    spoken = 0
    for _ in range(1000):
        first, second = chance.integers(25, 41, 30), chance.integers(45, 61, 30)
        ages = np.where(chance.random(30) < young, first, second)
        known, counts = np.unique(ages, return_counts=True)
        by_age = {int(age): int(n) for age, n in zip(known, counts, strict=True)}
        spoken += bool(findings("AUD04", plan, buyers=Buyers(30, by_age=by_age)))

    assert spoken / 1000 <= 0.01
