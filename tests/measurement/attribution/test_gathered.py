"""Paths gathered inside the engine are those of the sorted stream: in the same order, with the same counts."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pyarrow as pa
import pytest

from gouvernail.measurement.attribution.batches import CONVERSION, Batch, Window
from gouvernail.measurement.attribution.gathered import gathered
from gouvernail.measurement.attribution.journeys import Journeys, of_counts, walked

DAY = 86_400
NAMES = ("a", "b", "c")
GROUPS = 3
Event = tuple[str, int, int, float]
"""person, instant, channel or CONVERSION, worth"""


def _events(seed: int, count: int = 600) -> list[Event]:
    """Forty people, half-day instants so that many fall together, sales of a few sums."""
    rng = np.random.default_rng(seed)
    step = rng.integers(CONVERSION, len(NAMES), count)
    worth = np.where(step == CONVERSION, rng.choice([5.0, 7.0, 12.5], count), 0.0)
    who, at = rng.integers(0, 40, count), rng.integers(0, 60, count) * 43_200
    return [
        (f"p{p}", a, s, w)
        for p, a, s, w in zip(who.tolist(), at.tolist(), step.tolist(), worth.tolist(), strict=True)
    ]


class _Engine:
    """What `gathered` asks of an engine."""

    def __init__(self) -> None:
        self.connection = ibis.duckdb.connect()

    def execute(self, expression: ibis.Table) -> pa.Table:
        return self.connection.to_pyarrow(expression)


@pytest.fixture(scope="module")
def engine() -> _Engine:
    return _Engine()


def _streamed(found: Sequence[Event], window: Window) -> Journeys:
    rows = sorted(found, key=lambda one: (one[0], one[1], one[2] == CONVERSION, one[2], one[3]))
    numbers = {name: place for place, name in enumerate(sorted({one[0] for one in rows}))}
    batch = Batch(
        np.array([numbers[one[0]] for one in rows], dtype=np.int64),
        np.array([one[1] for one in rows], dtype=np.int64),
        np.array([one[2] for one in rows], dtype=np.int32),
        np.array([one[3] for one in rows], dtype=np.float64),
    )
    return walked([batch], NAMES, window, groups=GROUPS)


def _gathered(engine: _Engine, found: Sequence[Event], window: Window) -> Journeys:
    columns = zip(*found, strict=True) if found else ([], [], [], [])
    table = pa.table(
        {
            name: pa.array(list(column), kind)
            for name, column, kind in zip(
                ("person", "at", "step", "worth"),
                columns,
                (pa.string(), pa.int64(), pa.int32(), pa.float64()),
                strict=True,
            )
        }
    )
    rows = engine.connection.create_table("rows", table, overwrite=True, temp=True)
    return of_counts(gathered(engine, rows, NAMES, window, groups=GROUPS, half_life_days=7.0), NAMES)


@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("days", [0.5, 3.0, 90.0])
def test_gathered_is_streamed(engine: _Engine, days: float, *, restart: bool) -> None:
    found = _events(int(days * 2))
    window = Window(days, restart)
    here, there = _streamed(found, window), _gathered(engine, found, window)

    for name in ("steps", "bounds", "conversions", "nulls", "value"):
        assert getattr(here.paths, name).tolist() == pytest.approx(getattr(there.paths, name).tolist()), name
    for name in ("path", "group", "conversions", "nulls", "value"):
        assert getattr(here.tally, name).tolist() == pytest.approx(getattr(there.tally, name).tolist()), name
    for name in ("untraced", "untraced_value", "people", "touches"):
        assert getattr(here, name) == pytest.approx(getattr(there, name)), name
    assert here.aged is not None
    assert there.aged is not None
    assert there.aged.conversions == pytest.approx(here.aged.conversions, abs=1e-12)
    assert there.aged.value == pytest.approx(here.aged.value, abs=1e-9)


def test_nobody_walked_anywhere(engine: _Engine) -> None:
    assert len(_gathered(engine, [], Window()).paths) == 0
    only = _gathered(engine, [("p", 5, CONVERSION, 3.0), ("p", 5, CONVERSION, 4.0)], Window())
    assert (only.untraced, only.untraced_value, only.people, only.touches) == (2, 7.0, 1, 0)
