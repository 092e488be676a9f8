"""Charts: clean, deterministic SVG in CSS colours; axes that read well."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.report import charts, flowing
from gouvernail.report.drawing import draw
from tests.report.sample import antoine, hardly_begun


def test_drawing_is_the_same_whatever_was_drawn_before() -> None:
    bearing = antoine("fr")
    first = flowing.draw_money(bearing, flowing.money_flow(bearing), "fr")
    charts.draw_course(bearing.objectives[0], 1, "fr")

    assert flowing.draw_money(bearing, flowing.money_flow(bearing), "fr") == first


def test_drawing_follows_the_palette_and_serves_no_pointer() -> None:
    bearing = antoine("fr")
    inside = flowing.draw_money(bearing, flowing.money_flow(bearing), "fr")[0].inside

    assert {"var(--good)", "var(--warn)", "var(--bad)"} <= set(re.findall(r"var\(--\w+\)", inside))
    assert not re.search(r"#a1000|ecmeta|<style|class=|hover", inside)


def test_drawing_escapes_words() -> None:
    option = {
        "xAxis": {"type": "category", "data": ["<script>x</script>"]},
        "yAxis": {"type": "value"},
        "series": [{"type": "bar", "data": [1]}],
    }

    assert "<script" not in draw("x", option, 300, 200)


def test_course_needs_two_values() -> None:
    status = antoine().objectives[0]
    lonely = replace(status, points=status.points[:1])

    assert charts.draw_course(lonely, 1, "fr") == ()


def test_money_flow_of_nothing_is_empty() -> None:
    assert flowing.money_flow(hardly_begun()).flows == ()


def test_money_flow_without_spend_shows_what_is_planned() -> None:
    bearing = antoine()
    planned = replace(bearing, flows=tuple(replace(flow, spent=None) for flow in bearing.flows))

    flow = flowing.money_flow(planned)

    assert not flow.spent
    assert flow.flows[0][1] == bearing.flows[0].planned


def test_money_runs_over_as_many_columns_as_its_longest_way() -> None:
    flow = antoine().flows[0]
    ways = {"budget": "ad", "ad": "leads", "leads": "revenue", "fair": "revenue"}
    flows = [replace(flow, source=source, target=target) for source, target in ways.items()]

    assert flowing.columns(flows) == 4
    assert flowing.columns([*flows, replace(flow, source="revenue", target="ad")]) is None
    assert flowing.columns([]) == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_label_of_the_money_covers_another(language: str) -> None:
    """By the average width of letters: what stands on one line ends before the next bar begins."""
    bearing = antoine(language)
    for drawing in flowing.draw_money(bearing, flowing.money_flow(bearing), language):
        words = re.findall(r'translate\(([\d.]+) ([\d.]+)\)"[^>]*>([^<]+)</text>', drawing.inside)
        assert words
        assert 'text-anchor="end"' not in drawing.inside
        size = 11 if drawing.screen == "narrow" else 13
        spans = [
            (float(y), float(x), float(x) + len(said) * flowing.LETTER * size * 0.9) for x, y, said in words
        ]
        for y, start, end in spans:
            beside = [other for other in spans if abs(other[0] - y) < size and other[1] > start]
            assert all(end <= other[1] for other in beside), (language, drawing.screen)
            assert end <= drawing.width


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_scale_holds_its_values_in_few_steps(one: float, other: float) -> None:
    low, high = sorted((one, other))

    first, step, count = charts._scale(low, high)

    assert step > 0
    assert first <= low + step * 1e-6
    assert first + step * count >= high - step * 1e-6
    assert 1 <= count <= 12


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ([1.0, 2.0, 3.0], 1),
        ([1.0, 2.0, None, 3.0, 2.0], 2),
    ],
)
def test_sparkline_breaks_where_nothing_is_known(values: list[float | None], runs: int) -> None:
    assert len(charts.sparkline(values).split("|")) == runs


def test_sparkline_of_one_value_is_none() -> None:
    assert charts.sparkline([None, 4.0]) == ""
