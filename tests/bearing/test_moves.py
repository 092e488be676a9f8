"""A finding keeps its identity: what is new, still there, and gone between two revisions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.bearing.checking import CheckedPlan, check_loaded
from gouvernail.bearing.moves import Gone, Moves, compare
from gouvernail.bearing.worth import worthwhile
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Plan
from tests.bearing.company import PLAN, TODAY
from tests.plan.strategies import plans


def checked(text: str) -> CheckedPlan:
    return check_loaded(load_text(text), today=TODAY)


def moves(before: str, after: str) -> Moves:
    return compare(checked(after), checked(before), "HEAD")


def ids(found: Any) -> set[str]:
    return {one.finding.identity for one in found}


def test_finding_put_right_is_solved_and_the_others_are_still_there() -> None:
    found = moves(
        PLAN, PLAN.replace("channel: instagram_organic\n", "channel: instagram_organic\n    serves: grow\n")
    )

    assert "ACT01:posts" in ids(found.of(Gone.solved))
    assert "ACT01:posts" not in ids(found.still)
    assert ids(found.still) <= ids(checked(PLAN).findings)


def test_finding_whose_element_was_removed_is_told_as_such() -> None:
    start, end = PLAN.index("  - id: posts"), PLAN.index("  - id: letter")
    found = moves(PLAN, PLAN[:start] + PLAN[end:])

    assert "ACT01:posts" in ids(found.of(Gone.removed))
    assert "ACT01:posts" not in ids(found.of(Gone.solved))


def test_finding_set_aside_is_not_solved_and_not_new_once_taken_up_again() -> None:
    aside = PLAN + "\nrules:\n  ignore: [{rule: ACT01, elements: [posts], reason: on purpose}]\n"

    assert ids(moves(PLAN, aside).of(Gone.set_aside)) == {"ACT01:posts"}
    assert "ACT01:posts" in ids(moves(aside, PLAN).still)


def test_new_element_brings_new_findings() -> None:
    found = moves(PLAN, PLAN.replace("  - id: posts", "  - id: blog\n    title: Blog\n  - id: posts"))

    assert "ACT01:blog" in found.new_ids
    assert "ACT01:posts" not in found.new_ids


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A plan, and the same with its elements in another order."""
    plan = draw(plans())
    return plan, plan.model_copy(
        update={name: tuple(draw(st.permutations(getattr(plan, name)))) for name in SECTIONS}
    )


@settings(max_examples=40, deadline=None)
@given(shuffled(), st.integers(0, 5))
def test_identity_survives_another_order_and_other_lines(pair: tuple[Plan, Plan], lines: int) -> None:
    plan, other = pair
    before = check_loaded(load_text(dump_plan(plan)), today=TODAY)
    after = check_loaded(load_text("# moved\n" * lines + dump_plan(other)), today=TODAY)
    found = compare(after, before, "HEAD")

    assert (found.new, found.gone) == ((), ())


def test_identity_survives_another_title() -> None:
    after = PLAN.replace("title: Pretty posts", "title: Posts that please").replace(
        "title: Ads in Switzerland", "title: Swiss ads"
    )
    found = moves(PLAN, "\n\n# moved down\n" + after)

    assert (found.new, found.gone) == ((), ())


@settings(max_examples=30, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_first_three_do_not_depend_on_the_order_of_the_findings(plan: Plan, random: Any) -> None:
    found = list(check_loaded(load_text(dump_plan(plan)), today=TODAY).findings)
    first = worthwhile(found)
    random.shuffle(found)

    assert worthwhile(found) == first
    assert len(first) <= 3
    assert (
        len({one.finding.code for one in first}) == len({one.finding.element for one in first}) == len(first)
    )


def test_stake_is_the_money_behind_and_worth_its_part_by_gravity_and_confidence() -> None:
    found = {one.finding.identity: one for one in checked(PLAN).findings}
    posts = found["ACT01:posts"]

    assert posts.stake is not None
    assert (posts.stake.amount, posts.worth) == (Decimal(730), Decimal(730))
    for one in found.values():
        money = one.stake.amount if one.stake else Decimal(0)
        assert 0 <= one.worth <= money


def test_money_of_actions_below_counts_half_of_what_it_does_on_the_action() -> None:
    serving = PLAN.replace("channel: instagram_organic\n", "channel: instagram_organic\n    serves: grow\n")
    found = {one.finding.identity: one for one in checked(serving).findings}
    action, objective = found["ACT02:ads"], found["OBJ04:grow"]

    assert action.stake
    assert objective.stake
    assert (action.stake.amount, action.worth) == (Decimal(3650), Decimal(1825))
    assert (objective.stake.amount, objective.worth) == (Decimal(4380), Decimal(1095))
