"""Holdouts end to end: people whose counterfactual is known, as files, imported, and read by `gouvernail attribute`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.bearing.attributed_json import json_schema
from gouvernail.measurement.attribution.holdouts import incremental
from gouvernail.measurement.attribution.study import Incremental, Study
from gouvernail.simulate.causal.demand import CHANNELS, DEMANDS
from gouvernail.simulate.causal.files import write
from gouvernail.simulate.causal.people import Played, play
from tests.cli.conftest import Run

PLAN = "version: 1\norganisation: {name: Atelier Zoé, currency: EUR, language: en}\n"
ASKED = ("attribute", "--period", "2026-07-01..2026-08-12", "--model", "last", "--model", "shapley")


def _company(run: Run, folder: Path, demand: str, people: int, seed: int) -> Played:
    """Make a workspace, and bring its files into the lake through the sources."""
    played = play(DEMANDS[demand], people, seed)
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    files = write(played, folder / "files", date(2026, 7, 1))
    brought = run("import", *files, cwd=folder)
    assert brought.code == 0, brought.words
    return played


def _directly(played: Played) -> Incremental:
    """Return what measurement says of the same people: the same cents, and no file between."""
    value = np.round(played.value, 2)
    shares = (0.1,) * len(CHANNELS)
    order = np.argsort(CHANNELS)
    study = Study(
        tuple(np.array(CHANNELS)[order]),
        played.held[:, order],
        played.buyer,
        value,
        played.bought,
        played.would[:, order],
        shares,
    )
    found = incremental(study)
    assert isinstance(found, Incremental)
    return found


def _same(told: dict[str, Any], direct: Outcome) -> None:
    if isinstance(direct, Estimate):
        numbers = [told[part] for part in ("estimate", "low", "high")]
        assert numbers == pytest.approx([direct.value, direct.low, direct.high], rel=1e-9)
        assert (told["level"], told["grade"]) == (0.9, "experiment")
    else:
        assert told["refusal"]["code"] == direct.code


def _all_the_same(told: dict[str, Any], direct: Incremental) -> None:
    assert set(told["channels"]) == set(direct.channels)
    for name, effect in direct.channels.items():
        for part in ("conversions", "value", "share", "value_share"):
            _same(told["channels"][name][part], getattr(effect, part))
        assert told["channels"][name]["held"] == effect.held
    _same(told["total"], direct.total)
    _same(told["total_value"], direct.total_value)
    assert (told["basis"], told["people"], told["left_out"]) == (direct.basis, direct.people, 0)


def test_the_command_tells_what_measurement_tells(run: Run, tmp_path: Path) -> None:
    played = _company(run, tmp_path, "mixed", 6_000, 3)

    found = run(*ASKED, "--json", cwd=tmp_path).json

    jsonschema.validate(found, json_schema(), jsonschema.Draft202012Validator)
    _all_the_same(found["holdouts"], _directly(played))
    assert (found["grade"], found["label"].split(":")[0]) == (
        "experiment",
        "Backed by people held out at random",
    )
    words = run(*ASKED, "--level", "campaign", cwd=tmp_path).words
    assert "All channels" in words
    assert "Backed by people held out" in words


@pytest.mark.slow
@pytest.mark.parametrize("demand", sorted(DEMANDS))
def test_two_hundred_thousand_people_against_the_truth(run: Run, tmp_path: Path, demand: str) -> None:
    played = _company(run, tmp_path, demand, 200_000, 61_000)

    found = run(*ASKED, "--json", cwd=tmp_path).json

    _all_the_same(found["holdouts"], _directly(played))
    # One run; the bars of the mean over many (.025, 12 %), and of coverage, are those of `make truth`.
    told = [found["holdouts"]["channels"][name]["share"]["estimate"] for name in CHANNELS]
    assert np.abs(np.array(told) - played.truth.shares).mean() <= 0.05
    total = found["holdouts"]["total"]
    assert abs(total["estimate"] / played.truth.total[0] - 1) <= 0.2
