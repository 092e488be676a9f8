"""What channels cause stands in the report beside their credit; without holdouts a sentence says what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.report.html import render
from gouvernail.warehouse.lake import Lake
from tests.bearing.company import bearing_of, fill
from tests.bearing.selling import shop


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The report before and after the holdouts were imported: of 100 held out 30 bought, of 300 shown 120."""
    folder = shop(tmp_path_factory.mktemp("shop"))
    lake = Lake.open(folder / ".gouvernail" / "lake")
    before = _report(folder, lake)
    drawn = [
        {"person": f"h{n}", "day": date(2026, 9, 1), "channel": "email", "held": n < 100} for n in range(400)
    ]
    sold = [
        {"person": f"h{n}", "day": date(2026, 9, 20), "kind": "order", "order_id": f"h{n}", "value": Decimal(10), "currency": "CHF"}
        for n in (*range(30), *range(100, 220))
    ]  # fmt: skip
    fill(lake, {"holdouts": drawn, "conversions": sold})
    return before, _report(folder, lake)


def _report(folder: Path, lake: Lake) -> str:
    return " ".join(render(bearing_of(folder / "plan.yaml", lake), "en").split())


def test_without_holdouts_the_report_says_what_is_missing(pages: tuple[str, str]) -> None:
    before, _ = pages

    assert "Nobody was held out of any channel" in before
    assert "What the channels cause" not in before


def test_with_holdouts_cause_stands_beside_credit(pages: tuple[str, str]) -> None:
    _, after = pages

    assert "What the channels cause, by people held out at random" in after
    assert "40 [5 … 75]" in after
    assert "Evidence: shown by an experiment" in after
