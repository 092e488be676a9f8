"""The same numbers on Spark as on DuckDB: metrics and attribution of the demonstration, holdouts of simulated people.

Run by `make test-spark`: takes minutes, and needs Java and PySpark.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, parse_period
from gouvernail.bearing.attributed import Attributed, Question, ask
from gouvernail.bearing.attributed_json import to_dict
from gouvernail.bearing.held_out_json import caused_to_dict
from gouvernail.measurement.attribution.batches import Window
from gouvernail.measurement.attribution.stream import Asked
from gouvernail.measurement.attribution.waits import waits
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.facts import Facts
from gouvernail.plan.load import load_text
from gouvernail.simulate.causal.demand import DEMANDS
from gouvernail.simulate.causal.files import write
from gouvernail.simulate.causal.people import play
from gouvernail.sources.files.generic import find_mapping
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake
from tests.simulate.conftest import Imported, Importer

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.filterwarnings("default")]
pytest.importorskip("pyspark", reason="PySpark is not installed: make test-spark")

QUARTER = parse_period("2026-Q3")
FEW = ("first", "last", "time_decay", "markov_1", "markov_2", "shapley", "shapley_rate")
On = Callable[[str], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Choose the engine."""

    def choose(name: str) -> None:
        monkeypatch.setenv("GOUVERNAIL_ENGINE", name)
        monkeypatch.setenv("GOUVERNAIL_SPARK", "local[2]")

    return choose


@pytest.fixture
def demo(imported: Importer) -> Imported:
    return imported("antoine")


def _same(here: Any, there: Any, where: str = "") -> None:
    """Floats to 1e-9, all else exactly."""
    if isinstance(here, dict):
        assert here.keys() == there.keys(), where
        for key in here:
            _same(here[key], there[key], f"{where}/{key}")
    elif isinstance(here, (list, tuple)):
        assert len(here) == len(there), where
        for place, (one, other) in enumerate(zip(here, there, strict=True)):
            _same(one, other, f"{where}/{place}")
    elif isinstance(here, float):
        assert math.isclose(here, there, rel_tol=1e-9, abs_tol=1e-9), (where, here, there)
    else:
        assert here == there, (where, here, there)


def _plain(outcome: Outcome) -> Any:
    return (outcome.value, outcome.options.get("exact")) if isinstance(outcome, Estimate) else outcome.code


def test_every_metric_of_the_demonstration(demo: Imported, on: On) -> None:
    told = []
    for name in ("duckdb", "spark"):
        on(name)
        facts = Facts(Engine(demo.lake), METRICS, "CHF")
        told.append(
            {
                metric: [
                    _plain(facts.value(metric, QUARTER)),
                    [_plain(one) for _, one in facts.series(metric, QUARTER, Grain.month)],
                ]
                for metric in METRICS
            }
        )

    _same(told[0], told[1])
    assert sum(not isinstance(value, str) for value, _ in told[0].values()) >= 50


@pytest.mark.parametrize(
    "question",
    [
        Question(QUARTER, "channel", models=FEW, intervals=True),
        Question(QUARTER, "action", Window(30.0, restart=False), models=FEW),
    ],
    ids=["channel", "action"],
)
def test_attribution_of_the_demonstration(demo: Imported, on: On, question: Question) -> None:
    plan = demo.plans[-1].plan
    told = []
    for name in ("duckdb", "spark"):
        on(name)
        found = ask(plan, demo.lake, question)
        assert isinstance(found, Attributed), found
        assert found.paths is not None
        told.append(to_dict(found, "en") | {"steps": found.paths.steps.tolist()})

    _same(told[0], told[1])


def test_days_to_a_sale(demo: Imported, on: On) -> None:
    told = []
    for name in ("duckdb", "spark"):
        on(name)
        told.append(waits(Engine(demo.lake), Asked(QUARTER, currency="CHF")))

    assert told[0] == told[1] != ()


def test_holdouts_of_simulated_people(tmp_path: Path, on: On) -> None:
    lake = _people(tmp_path)
    plan = load_text("version: 1\norganisation: {name: Zoé, currency: EUR}\n").plan
    question = Question(parse_period("2026-07-01..2026-08-12"), models=("last", "markov_1", "shapley"))
    told = []
    for name in ("duckdb", "spark"):
        on(name)
        found = ask(plan, lake, question)
        assert isinstance(found, Attributed), found
        assert not isinstance(found.caused, Refusal)
        told.append([caused_to_dict(found.caused, "en"), to_dict(found, "en")])

    _same(told[0], told[1])


def _people(folder: Path) -> Lake:
    """Return a lake of 4,000 people who met channels, some held out."""
    lake = Lake.open(folder / "lake")
    context = Context("EUR", "UTC", b"k" * 32, date(2026, 12, 1))
    for path in write(play(DEMANDS["mixed"], 4_000, 3), folder / "files", date(2026, 7, 1)):
        run(path, lake, context, find_mapping(path))
    return lake
