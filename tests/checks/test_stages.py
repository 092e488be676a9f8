"""The stages of the journey stand in order."""

from itertools import pairwise, product

from gouvernail.checks.stages import STAGES, steps
from gouvernail.plan.model import Stage


def test_every_stage_has_a_name() -> None:
    assert list(STAGES) == list(Stage)


def test_steps_are_a_distance() -> None:
    assert {(one, other) for one, other in product(Stage, Stage) if steps(one, other) == 0} == {
        (s, s) for s in Stage
    }
    assert [steps(one, other) for one, other in pairwise(Stage)] == [1, 1, 1, 1]
    assert all(steps(one, other) == steps(other, one) for one, other in product(Stage, Stage))
