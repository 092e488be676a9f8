"""Which positioning an action stands under."""

from gouvernail.checks.index import Index
from gouvernail.checks.positionings import gap, positionings_of
from gouvernail.plan.model import Plan, Positioning, Tier

TWO = {
    "positionings": [{"id": "atelier", "tier": "luxury"}, {"id": "outlet", "tier": "value"}],
    "value_propositions": [{"id": "maker", "serves": "atelier"}],
    "segments": [{"id": "bargain-hunters", "serves": "outlet"}],
}


def _of(action: dict[str, object], **plan: object) -> list[str]:
    whole = Plan.model_validate({**plan, "actions": [{"id": "a", **action}]})
    return [one.id for one in positionings_of(Index(whole), whole.actions[0])]


def test_one_tier_holds_for_every_action() -> None:
    assert _of({}, positionings=[{"id": "p", "tier": "mid"}, {"id": "q", "tier": "mid"}]) == ["p", "q"]


def test_of_two_tiers_the_one_served_counts_directly_or_by_proposition_or_segment() -> None:
    assert _of({"serves": "outlet"}, **TWO) == ["outlet"]
    assert _of({"value_proposition": "maker"}, **TWO) == ["atelier"]
    assert _of({"audience": {"segments": ["bargain-hunters"]}}, **TWO) == ["outlet"]


def test_of_two_tiers_none_counts_where_none_is_served() -> None:
    assert _of({}, **TWO) == []


def test_positioning_without_tier_says_nothing() -> None:
    assert _of({"serves": "p"}, positionings=[{"id": "p"}]) == []


def test_gap_is_counted_in_tiers_and_signed() -> None:
    premium = Positioning(id="p", tier=Tier.premium)

    assert [gap(tier, premium) for tier in Tier] == [-2, -1, 0, 1]
