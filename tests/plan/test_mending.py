"""Putting right what is mechanical: each kind of fault, what is left, and the laws."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.errors import PlanError
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.plan.mending import mend, mend_texts
from gouvernail.plan.model import Plan
from tests.plan.strategies import plans

ROOT = Path(__file__).parents[2]


def mended(text: str) -> str:
    (after,), _ = mend_texts([("plan.yaml", text)], {"win_rate"})
    return after


def left(text: str) -> list[tuple[int, str]]:
    _, found = mend_texts([("plan.yaml", text)], {"win_rate"})
    return [(one.line, one.message.render("en").split("”")[0].removeprefix("“")) for one in found]


def test_missing_ids_are_made_of_titles_each_one_free() -> None:
    text = """\
actions:
  # the big one
  - title: Été à Genève  # summer
    budget: 5
  - {title: Fair}
  - id:
    title: Fair
  - budget: 3
metrics:
  - title: Reply rate
objectives:
  - {id: fair-2, serves: ete-a-geneve}
"""
    after = mended(text)

    assert [one.id for one in load_text(after).plan.actions] == ["ete-a-geneve", "fair", "fair-3", "action"]
    assert load_text(after).plan.metrics[0].id == "reply_rate"
    assert "  - id: ete-a-geneve\n    title: Été à Genève  # summer\n" in after
    assert "  - {id: fair, title: Fair}\n  - id: fair-3\n" in after


@pytest.mark.parametrize("written", ["15.03.2026", '"15/03/2026"', "2026/3/15", "15 mars 2026", "2026-3-15"])
def test_days_that_can_be_read_in_one_way_are_written_year_first(written: str) -> None:
    text = f"objectives:\n  - id: o\n    due: {written}  # end\n"

    assert mended(text) == "objectives:\n  - id: o\n    due: 2026-03-15  # end\n"


def test_day_that_can_be_read_in_two_ways_is_left_and_told() -> None:
    text = "objectives:\n  - {id: o, due: 03/04/2026}\n"

    assert mended(text) == text
    assert left(text) == [(2, "03/04/2026")]


@pytest.mark.parametrize(
    ("written", "number"),
    [("1'200'000", "1200000"), ("1'200,50", "1200.50"), ("0,5", "0.5"), ("12 000", "12000")],
)
def test_numbers_that_can_be_read_in_one_way_are_written_with_a_point(written: str, number: str) -> None:
    assert (
        mended(f"actions:\n  - id: a\n    budget: {written}\n")
        == f"actions:\n  - id: a\n    budget: {number}\n"
    )


@pytest.mark.parametrize("written", ["1,200", "CHF 1'200", "20 %", "about 12", "12k"])
def test_numbers_whose_meaning_would_be_guessed_are_left(written: str) -> None:
    text = f"actions:\n  - id: a\n    budget: {written}\n"

    assert mended(text) == text


def test_percentage_is_a_fraction_only_where_the_field_holds_a_share() -> None:
    text = """\
objectives:
  - {id: a, metric: win_rate, target: 20 %}
  - {id: b, metric: revenue, target: 20 %}
  - {id: c, metric: own, target: 2.5%}
metrics:
  - {id: own, unit: ratio}
actions:
  - {id: d, promotion: {discount: 20 %}}
"""
    after = mended(text)

    assert "metric: win_rate, target: 0.2}" in after
    assert "metric: revenue, target: 20 %}" in after
    assert "metric: own, target: 0.025}" in after
    assert left(text) == [(3, "20 %")]


def test_sections_go_into_the_order_of_the_chain_with_their_comments() -> None:
    text = """\
# Our plan, 2026

# ---- what we do
actions:
  - id: a
    # indented: of this section
people:
  - id: zoe

# ---- why
values:
  - id: courage  # ours

organisation: {name: Acme}
# the end
"""

    assert (
        mended(text)
        == """\
# Our plan, 2026

organisation: {name: Acme}

# ---- why
values:
  - id: courage  # ours

# ---- what we do
actions:
  - id: a
    # indented: of this section
people:
  - id: zoe
# the end
"""
    )


def test_alias_never_comes_before_its_anchor() -> None:
    text = "actions:\n  - &a {id: a, title: x}\nvalues:\n  - <<: *a\n    id: b\n"

    assert mended(text) == text


@pytest.mark.parametrize(
    "text", ["", "a: [", "- list\n", "values: 3\n", "titel: x\n", "version: 99\nactions: []\n"]
)
def test_what_is_not_mechanical_stays(text: str) -> None:
    assert mended(text) == text


def test_folder_names_elements_across_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("values:\n  - title: Care\n", "utf-8")
    (tmp_path / "b.yaml").write_text("missions:\n  - title: Care\n", "utf-8")

    files = mend(tmp_path).files

    assert [one.after for one in files] == [
        "values:\n  - id: care\n    title: Care\n",
        "missions:\n  - id: care-2\n    title: Care\n",
    ]


def test_plan_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError):
        mend(tmp_path / "none.yaml")


SHIPPED = sorted((ROOT / "src/gouvernail/plan/templates").glob("*.yaml")) + sorted(
    (ROOT / "src/gouvernail/simulate/plans").rglob("*.yaml")
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_plans_that_we_ship_have_nothing_to_mend(path: Path) -> None:
    assert mend(path).files == ()


@st.composite
def disordered(draw: st.DrawFn) -> tuple[Plan, str]:
    """A plan, and its text with sections in any order and comments between them."""
    plan = draw(plans())
    parts: list[str] = []
    for line in dump_plan(plan).splitlines(keepends=True):
        if (line[0] not in " -#\n" and ":" in line) or not parts:
            parts.append(line)
        else:
            parts[-1] += line
    shuffled = draw(st.permutations(parts))
    between = st.sampled_from(["", "# note\n", "\n", "\n# note\n"])
    return plan, "".join(draw(between) + part for part in shuffled)


@settings(max_examples=60, deadline=None)
@given(disordered())
def test_mending_changes_no_meaning_and_twice_is_once(written: tuple[Plan, str]) -> None:
    plan, text = written
    try:
        readable = load_text(text).plan == plan
    except PlanError:
        readable = False
    after = mended(text)

    assert mended(after) == after
    assert sorted(line for line in after.splitlines() if line) == sorted(
        line for line in text.splitlines() if line
    )
    if readable:
        assert load_text(after).plan == plan


@settings(max_examples=40, deadline=None)
@given(plans(), st.sampled_from(["15.03.2026", "2026/3/15", "03/04/2026", "1'200", "20 %", "x"]))
def test_mending_twice_is_once_in_plans_with_faults_too(plan: Plan, words: str) -> None:
    text = dump_plan(plan) + f"\nactions:\n  - title: {words}\n    start: {words}\n    budget: {words}\n"
    after = mended(text)

    assert mended(after) == after
