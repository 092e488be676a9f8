"""What a forecast tells: sums, levels and ceilings, what lacks, and refusals as sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import Text
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.model import Bearing, ObjectiveStatus
from gouvernail.report.foreseeing import HEADINGS, Told, along, of_objective, told
from tests.report.sample import antoine


@pytest.fixture(scope="module")
def status() -> ObjectiveStatus:
    bearing: Bearing = antoine("en")
    return bearing.objectives[0]


def _words(one: Told | Text | None, language: str) -> str:
    assert isinstance(one, Told), one
    said = (one.lead, *((one.against,) if one.against else ()), *one.trust, *one.more)
    return " ".join(each.render(language) for each in said).replace("\xa0", " ").replace("\u202f", " ")


def test_a_sum_says_what_is_there_what_comes_and_what_lacks(status: ObjectiveStatus) -> None:
    english, french = (_words(of_objective(status, "CHF"), language) for language in ("en", "fr"))

    assert english.startswith(
        "CHF 14,200,000 are to be expected by December 31, 2026, between CHF 13,400,000 and CHF 15,000,000 nine times "
        "out of ten; CHF 10,100,000 are there already. That is CHF 1,400,000 short of the target of CHF 15,600,000: 21% "
        "chance. Tried on 10 earlier dates, 3 months ahead, it missed by 5.1% on average."
    )
    assert (
        "Il manque 1 400 000 CHF pour la cible de 15 600 000 CHF : 21 % de chances de l’atteindre." in french
    )
    assert "la prévision s’est trompée de 5,1 % en moyenne" in french


def test_rates_lack_points_and_ceilings_stand_above(status: ObjectiveStatus) -> None:
    one = status.forecast
    assert one
    rate = replace(
        one, kind="rate", so_far=None, target=0.076, missing=0.004, at_due=replace(one.at_due, value=0.072)
    )

    short = _words(told(rate, Unit.ratio, Direction.up, "CHF"), "en")
    above = _words(told(rate, Unit.ratio, Direction.down, "CHF"), "en")
    reached = _words(told(replace(rate, missing=0.0), Unit.ratio, Direction.up, "CHF"), "en")

    assert "7.2% is to be expected on December 31, 2026" in short
    assert "points short of the target of 7.6%" in short
    assert "points above the target" in above
    assert "The forecast reaches the target" in reached


def test_a_chance_is_never_none_nor_sure(status: ObjectiveStatus) -> None:
    one = status.forecast
    assert one
    for chance, shown in ((0.0002, "1% chance"), (0.9999, "99% chance")):
        assert shown in _words(told(replace(one, probability=chance), Unit.money, Direction.up, "CHF"), "en")


def test_a_refusal_is_its_reason_and_a_date_gone_by_is_nothing(status: ObjectiveStatus) -> None:
    refused = replace(status, forecast=None, probability=Refusal("too_short", Text("Too short.")))

    assert of_objective(refused, "CHF") == Text("Too short.")
    assert of_objective(replace(status, forecast=None), "CHF") is None


def test_the_band_begins_where_the_last_value_stands(status: ObjectiveStatus) -> None:
    expected, low, high = along(status)
    last = max(i for i, point in enumerate(status.points) if point.actual is not None)

    assert expected[last] == low[last] == high[last] == status.points[last].actual
    assert expected[:last] == [None] * last
    assert all(
        a <= b <= c for a, b, c in zip(low[last:], expected[last:], high[last:], strict=True) if a and b and c
    )
    assert len(HEADINGS) == 4
