"""Facts of holdouts become a study: latest draws, lines for all channels, first exposures, and refusals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.measurement.attribution.drawn import EVERYTHING, Drawn, drawn
from gouvernail.measurement.attribution.stream import Asked, Level
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import fill

SEPTEMBER = parse_period("2026-09")
FIRST = date(2026, 9, 1)


def _line(who: str, channel: str | None, *, held: bool, **more: Any) -> dict[str, Any]:
    return {"person": who, "day": FIRST, "channel": channel, "held": held, **more}


def _sale(who: str, at: datetime | date, worth: int = 10) -> dict[str, Any]:
    when = {"instant": at, "day": at.date()} if isinstance(at, datetime) else {"day": at}
    return {
        **when,
        "person": who,
        "kind": "order",
        "order_id": f"{who} {at}",
        "value": Decimal(worth),
        "currency": "EUR",
    }


def _read(
    folder: Path,
    lines: list[dict[str, Any]],
    sold: list[dict[str, Any]] | None = None,
    level: Level = "channel",
) -> Drawn | Refusal:
    folder.mkdir(exist_ok=True)
    lake = Lake.open(folder / "lake")
    fill(lake, {"holdouts": lines, "conversions": sold or [_sale("a", datetime(2026, 9, 9, 12))]})
    return drawn(Engine(lake), Asked(SEPTEMBER, level))


def _study(*given: Any, **asked: Any) -> Drawn:
    found = _read(*given, **asked)
    assert isinstance(found, Drawn), found
    return found


def test_a_line_without_a_channel_speaks_for_all_and_the_latest_draw_counts(tmp_path: Path) -> None:
    found = _study(
        tmp_path,
        [
            _line("a", None, held=True),
            _line("b", None, held=False),
            _line("b", "email", held=True),
            _line("c", None, held=False),
            {**_line("c", "email", held=True), "day": date(2026, 1, 1)},
            _line("c", "email", held=False),
            _line("d", "radio", held=True),
            _line("e", None, held=False, ended=date(2026, 8, 31)),
            _line("f", None, held=True) | {"day": date(2026, 10, 1)},
        ],
    )

    assert found.study.channels == ("email", "radio")
    assert found.study.held.tolist() == [[True, True], [True, False], [False, False]]
    assert found.left_out == 1
    assert found.study.would is None


def test_sales_count_from_the_draw_to_its_end_and_exposures_by_their_first_hour(tmp_path: Path) -> None:
    at = datetime(2026, 9, 10, 12)
    mid = {"day": date(2026, 9, 5), "ended": date(2026, 9, 20)}
    found = _study(
        tmp_path,
        [
            _line("a", "email", held=True, exposed=True, instant=at) | mid,
            _line("b", "email", held=False, exposed=True) | mid,
            _line("c", "email", held=False, exposed=False) | mid,
        ],
        [
            _sale("a", datetime(2026, 9, 4, 23, 59, 59)),
            _sale("a", date(2026, 9, 10), 30),
            _sale("a", datetime(2026, 9, 20, 23, 59, 59), 40),
            _sale("a", datetime(2026, 9, 21)),
            _sale("x", at),
        ],
    )

    seconds = (at - datetime(1970, 1, 1)).total_seconds()
    drawn_at = (datetime(2026, 9, 5) - datetime(1970, 1, 1)).total_seconds()
    assert found.study.would is not None
    assert found.study.would.tolist() == [[seconds], [drawn_at], [np.inf]]
    assert (found.study.buyer.tolist(), found.study.value.tolist()) == ([0, 0], [30, 40])
    assert found.study.bought is not None
    assert (found.study.bought >= seconds).all()  # without an hour: after the exposure of its day


def test_people_held_out_of_everything_only_are_one_channel(tmp_path: Path) -> None:
    found = _study(
        tmp_path, [_line("a", None, held=True, planned=0.1), _line("b", None, held=False, planned=0.1)]
    )

    assert (found.study.channels, found.study.held.tolist()) == ((EVERYTHING,), [[True], [False]])
    assert found.study.shares == (0.1,)


def test_campaigns_stand_apart_from_channels(tmp_path: Path) -> None:
    lines = [
        _line("a", "email", held=True, campaign="Spring"),
        _line("b", "email", held=False, campaign="Spring"),
        _line("a", "email", held=False),
        _line("b", "email", held=True),
    ]

    channels, campaigns = _study(tmp_path / "1", lines), _study(tmp_path / "2", lines, level="campaign")

    assert (channels.study.channels, channels.study.held.tolist()) == (("email",), [[False], [True]])
    assert (campaigns.study.channels, campaigns.study.held.tolist()) == (("Spring",), [[True], [False]])


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("contradiction", [_line("a", "email", held=True), _line("a", "email", held=False)]),
        ("no_common_draw", [_line("a", "email", held=True), _line("b", "radio", held=False)]),
        ("no_control", [_line("a", "email", held=True), _line("b", "email", held=True)]),
        ("no_holdout", [_line("a", "email", held=True) | {"day": date(2027, 1, 1)}]),
        ("no_holdout", []),
        ("too_many", [_line("a", "email", held=True, campaign=str(n)) for n in range(65)]),
    ],
)
def test_refusals(tmp_path: Path, code: str, lines: list[dict[str, Any]]) -> None:
    found = _read(tmp_path, lines, level="campaign" if code == "too_many" else "channel")

    assert isinstance(found, Refusal)
    assert found.code == code
    assert isinstance(_read(tmp_path / "again", [_line("a", "x", held=True)], level="action"), Refusal)
