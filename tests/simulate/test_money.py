"""The rules on money, on the simulated companies: what their facts say, reckoned again from the bearing's evidence."""

from __future__ import annotations

from decimal import Decimal

from tests.simulate.conftest import Taker


def test_first_plan_of_antoine_asks_for_more_leads_than_its_money_pays(bearing: Taker) -> None:
    """Three actions work for 2,120 leads: 54,000 + 38,400 + 24,000 = 116,400."""
    taken = bearing("antoine", 1)

    (found,) = (each.finding for each in taken.findings if each.finding.code == "BUD02")
    cost, need = found.evidence["cost"], found.evidence["need"].amount

    assert found.element == "leads-2026"
    assert found.evidence["means"].amount == 116_400
    assert need == (2120 * cost).quantize(Decimal("0.01"))
    assert found.money is not None
    assert found.money.amount == need - 116_400
    # The plan alone knew no cost; the facts do, so that nothing is left unchecked.
    assert "BUD02" not in {gap.code for gap in taken.not_checked}


def test_second_plan_of_antoine_has_the_money_that_its_targets_cost(bearing: Taker) -> None:
    taken = bearing("antoine", 2)

    assert "BUD02" not in {each.finding.code for each in taken.findings}
    assert "BUD02" not in {gap.code for gap in taken.not_checked}


def test_growth_that_antoine_wants_is_set_beside_his_past(bearing: Taker) -> None:
    (found,) = (each.finding for each in bearing("antoine", 1).findings if each.finding.code == "OBJ03")

    assert found.evidence["as_much"] <= 0.1 * found.evidence["spans"]
    assert found.evidence["spans"] >= 12
