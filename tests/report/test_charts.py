"""Charts: clean, deterministic SVG in CSS colours; axes that read well."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.report import charts
from gouvernail.report.drawing import draw
from tests.report.sample import antoine, hardly_begun


def test_drawing_is_the_same_whatever_was_drawn_before() -> None:
    bearing = antoine("fr")
    first = charts.draw_money(bearing, charts.money_flow(bearing), "fr")
    charts.draw_course(bearing.objectives[0], 1, "fr")

    assert charts.draw_money(bearing, charts.money_flow(bearing), "fr") == first


def test_drawing_follows_the_palette_and_serves_no_pointer() -> None:
    bearing = antoine("fr")
    inside = charts.draw_money(bearing, charts.money_flow(bearing), "fr")[0].inside

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
    assert charts.money_flow(hardly_begun()).flows == ()


def test_money_flow_without_spend_shows_what_is_planned() -> None:
    bearing = antoine()
    planned = replace(bearing, flows=tuple(replace(flow, spent=None) for flow in bearing.flows))

    flow = charts.money_flow(planned)

    assert not flow.spent
    assert flow.flows[0][1] == bearing.flows[0].planned


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
