"""Explanations as rows: typed values, signs, tones, and what each part is called."""

from __future__ import annotations

import pytest

from gouvernail.base.periods import parse_period
from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.explained import Driven, Explained, Lag, Mover, Shortfall
from gouvernail.measurement.explain.explanation import Explanation
from gouvernail.measurement.explain.tree import gap
from gouvernail.metrics.drivers import Tree
from gouvernail.report.explaining import mover, signed, told

SEPTEMBER, AUGUST = parse_period("2026-09"), parse_period("2026-08")


def funnel(target: float, leads: float) -> Explained:
    """The gap of deals = leads × rate, where the leads have a target of their own."""
    found = gap(
        Tree({"deals": "leads * rate"}),
        "deals",
        target,
        {"leads": 90, "rate": 0.25},
        {"leads": leads},
        {"leads": 80, "rate": 0.2},
    )
    assert isinstance(found, Explanation)
    units = {"deals": Unit.count, "leads": Unit.count, "rate": Unit.ratio}
    parts = tuple(
        Driven(part, T("{value}", value=part.metric.title()), units[part.metric], Direction.up)
        for part in found.parts
    )
    return Explained(
        "gap", "deals", T("Deals"), Unit.count, Direction.up, "grow", SEPTEMBER, AUGUST, found, parts
    )


def shown(one: Explained) -> list[tuple[str, ...]]:
    rows = told(one, "CHF").rows
    cells = [(row.title, row.before, row.now, row.added) for row in rows]
    return [
        tuple("–" if cell is None else format_value(cell, "en").replace("\u00a0", " ") for cell in row)
        for row in cells
    ]


def test_a_gap_names_what_was_asked_of_no_driver() -> None:
    assert shown(funnel(30, 100)) == [
        ("Leads", "100", "90", "−2.2"),
        ("Rate", "20%", "25%", "+4.7"),
        ("Deals: asked of none of its drivers", "–", "–", "−10"),
    ]


def test_drivers_that_were_asked_for_more_than_the_target_are_told() -> None:
    assert shown(funnel(15, 100))[-1] == ("Deals: asked of its drivers beyond its target", "–", "–", "+5")


def test_the_heading_tells_both_ends() -> None:
    words = told(funnel(30, 100), "CHF").title.render("en")

    assert words == "Deals: target 30, reached 22 (−7.5), September 2026"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.012, Unit.ratio, "+1.2 points"),
        (-0.0005, Unit.ratio, "−0.05 points"),
        (0.0, Unit.ratio, "unchanged"),
        (-1200.0, Unit.money, "−CHF 1,200"),
        (0.0, Unit.money, "CHF 0"),
    ],
)
def test_amounts_are_signed_and_rates_differ_in_points(value: float, unit: Unit, words: str) -> None:
    assert signed(value, unit, "CHF").render("en").replace("\u00a0", " ") == words


def test_an_action_is_named_with_what_it_falls_short_in() -> None:
    paused = Shortfall(Lag.paused, T("is paused"))

    assert mover(Mover("fair", "Autumn {fair}", ())).render("en") == "Autumn {fair}"
    assert (
        mover(Mover("fair", "Autumn fair", (paused, paused))).render("en")
        == "Autumn fair (is paused, is paused)"
    )
