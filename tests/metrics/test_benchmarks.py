"""Benchmarks: complete, sourced, and offered only to whom they are about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouvernail.base.channels import CHANNELS
from gouvernail.base.units import Unit
from gouvernail.metrics.benchmarks import Benchmark, covers, fitting, nearest, shipped
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.industries import INDUSTRIES, industry_of

PLAUSIBLE = {
    Unit.ratio: (Decimal("0.0001"), Decimal(1)),
    Unit.money: (Decimal("0.01"), Decimal(100_000)),
    Unit.hours: (Decimal("0.01"), Decimal(1000)),
}


def one(metric: str = "ctr", value: str = "0.02", **told: object) -> Benchmark:
    return Benchmark(metric, Decimal(value), "A survey", 2025, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "benchmark", shipped(), ids=lambda b: f"{b.metric}-{b.channel}-{b.industry}-{b.region}"
)
def test_every_shipped_benchmark_is_complete_and_plausible(benchmark: Benchmark) -> None:
    unit = METRICS[benchmark.metric].unit
    low, high = PLAUSIBLE[unit]

    assert benchmark.source
    assert 2010 <= benchmark.year <= 2026
    assert benchmark.url.startswith("http")
    assert low <= benchmark.value <= high
    assert bool(benchmark.currency) == (unit is Unit.money)
    assert benchmark.industry in ("", *INDUSTRIES)
    assert benchmark.channel is None or benchmark.channel in CHANNELS


def test_no_two_shipped_benchmarks_say_the_same_thing() -> None:
    keys = [(b.metric, b.channel, b.industry, b.region, b.currency, b.year) for b in shipped()]

    assert len(keys) == len(set(keys))


def test_nearest_prefers_the_industry_to_all_industries() -> None:
    general, industrial = one(), one(industry="industrial")

    found = nearest(
        [general, industrial], "ctr", industry="Capteurs et instruments de mesure pour l’industrie"
    )
    assert found is industrial


def test_nearest_without_a_word_for_the_industry_takes_all_industries() -> None:
    general, industrial = one(), one(industry="industrial")

    assert nearest([general, industrial], "ctr", industry="Watchmaking") is general
    assert nearest([industrial], "ctr", industry="Watchmaking") is None


def test_nearest_takes_the_country_before_its_group_and_its_group_before_the_world() -> None:
    world, europe, germany = one(), one(region="europe"), one(region="de")

    assert nearest([world, europe, germany], "ctr", region="DE") is germany
    assert nearest([world, europe, germany], "ctr", region="CH") is europe
    assert nearest([world, europe, germany], "ctr", region="US") is world


def test_nearest_takes_ones_own_before_all_others() -> None:
    own, exact = one(own=True), one(industry="industrial", region="ch")

    assert nearest([exact, own], "ctr", industry="industrial", region="CH") is own


def test_nearest_never_offers_a_figure_of_another_channel_or_currency() -> None:
    paid = one("cpc", "5", channel="search_paid", currency="USD")

    assert nearest([paid], "cpc", currency="USD") is None
    assert nearest([paid], "cpc", channel="search_paid", currency="CHF") is None
    assert nearest([paid], "cpc", channel="search_paid", currency="USD") is paid


def test_fitting_keeps_every_metric_and_channel() -> None:
    paid, mail, american = one(channel="search_paid"), one("email_click_rate"), one(region="us")

    assert fitting([paid, mail, american], region="FR") == (paid, mail)


@pytest.mark.parametrize(
    ("region", "place", "said"),
    [
        ("", "CH", True),
        ("ch", "CH", True),
        ("europe", "CH", True),
        ("eu", "CH", False),
        ("us", "CH", False),
        ("eu", "", False),
    ],
)
def test_covers(region: str, place: str, said: bool) -> None:
    assert covers(region, place) is said


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Capteurs et instruments de mesure pour l’industrie", "industrial"),
        ("sensors and measuring instruments for industry", "industrial"),
        ("Machines-outils", "industrial"),
        ("Industrie alimentaire", "food"),
        ("Mode éco-responsable", "fashion"),
        ("Boutique en ligne de vêtements", "fashion"),
        ("Boutique en ligne", "ecommerce"),
        ("Cabinet d’avocats", "legal"),
        ("Agence immobilière", "real_estate"),
        ("Logiciels de gestion", "business_services"),
        ("Construction et bâtiment", "construction"),
        ("pharma", "pharma"),
        ("Watchmaking", ""),
        ("Location de modes de transport doux", ""),
        ("Mode de transport", ""),
        ("Beauté et mode", ""),
        ("Party supplies", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_industry_of_a_companys_own_words(words: str, slug: str) -> None:
    assert industry_of(words) == slug


def test_a_slug_is_its_own_industry() -> None:
    assert [industry_of(slug) for slug in INDUSTRIES] == list(INDUSTRIES)
