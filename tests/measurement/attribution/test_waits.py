"""Days from the first touch to the sale."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gouvernail.base.periods import parse_period
from gouvernail.measurement.attribution.batches import Window
from gouvernail.measurement.attribution.stream import Asked
from gouvernail.measurement.attribution.waits import waits
from tests.metrics.engines import MemoryEngine, Row, money

NOON = datetime(2026, 1, 20, 12)
ASKED = Asked(parse_period("2026-01"), window=Window(30), currency="CHF")


def _row(person: str | None, hours_before: float, **more: Any) -> Row:
    at = NOON - timedelta(hours=hours_before)
    return {"source": "ga4", "person": person, "instant": at, "day": at.date(), **more}


def _sale(person: str | None, order: str, kind: str = "order") -> Row:
    return _row(person, 0, kind=kind, order_id=order, value=money("10"), currency="CHF")


def test_the_first_touch_in_the_window_counts() -> None:
    engine = MemoryEngine(
        conversions=[_sale("p", "1"), _sale("q", "2"), _sale("r", "3"), _sale("s", "4"), _sale(None, "5")],
        touchpoints=[
            _row("p", 5),
            _row("p", 80),
            _row("q", 1),
            _row("r", 24 * 31),
            _row("s", 24 * 29),
            _row("s", 24 * 40),
            _row("p", -3),
        ],
    )

    found = waits(engine, ASKED)

    # p after 3 days, q within the day, s after 29; r's only touch lies before the window.
    assert {start: count for start, _, count in found if count} == {0: 1, 3: 1, 14: 1}
    assert found[-1][:2] == (60, None)


def test_lines_of_an_order_are_one_sale_and_refunds_are_none() -> None:
    engine = MemoryEngine(
        conversions=[_sale("p", "1"), _sale("p", "1"), _sale("p", "1", "refund")], touchpoints=[_row("p", 50)]
    )

    assert sum(count for _, _, count in waits(engine, ASKED)) == 1


def test_nothing_sold_is_nothing_told() -> None:
    assert waits(MemoryEngine(touchpoints=[_row("p", 5)]), ASKED) == ()
