"""The worked tables of docs/methods/attribution.md, worked out anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate
from gouvernail.measurement.attribution import markov
from gouvernail.measurement.attribution.holdouts import incremental
from gouvernail.measurement.attribution.models import MODELS, credit
from gouvernail.measurement.attribution.paths import gathered
from gouvernail.measurement.attribution.study import Incremental, Study


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "methods" / "attribution.md").read_text(encoding="utf-8")


def _row(page: str, name: str) -> list[float]:
    line = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
    return [float(cell) for cell in line.split("|")[2:-1]]


def test_the_worked_table(page: str) -> None:
    paths = gathered([(("search", "mail"), 3, 0, 1), (("search", "ads"), 1, 0, 1)])
    places = [paths.channels.index(name) for name in ("search", "mail", "ads")]

    for model in ("first", "last", "linear", "markov_1", "shapley"):
        told = _row(page.split("## Worked table")[1], model)
        assert told == pytest.approx(credit(paths, model)[0][places].tolist(), abs=1e-12), model
    assert _row(page, "removal effect") == pytest.approx(markov.removal(paths).conversions[places].tolist())


def test_the_worked_holdout(page: str) -> None:
    held = np.arange(400)[:, None] < 100
    buyer = np.concatenate((np.arange(30), np.arange(100, 220)))

    found = incremental(Study(("radio",), held, buyer, np.ones(150)))

    assert isinstance(found, Incremental)
    told = found.channels["radio"].conversions
    assert isinstance(told, Estimate)
    assert f"= **{told.value:.0f}** sales, 90 % interval {told.low:.1f} to {told.high:.1f}" in page


def test_every_model_is_told(page: str) -> None:
    for model in MODELS:
        assert model.removesuffix("_2").removesuffix("_3") in page
