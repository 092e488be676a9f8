"""Audience coverage: publics × moments, with the money shared between the moments of an action."""

from decimal import Decimal

from django.test import Client
from django.urls import reverse

from gouvernail.plan.model import Plan
from gouvernail.web.actions.coverage import Coverage, heat_map
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

PLAN = Plan.model_validate(
    {
        "organisation": {"currency": "CHF"},
        "segments": [
            {"id": "old", "title": "Old hands", "priority": "primary", "age": {"low": 50, "high": 64}},
            {"id": "left", "title": "Left alone"},
        ],
        "personas": [{"id": "max", "title": "Max", "segment": "old"}],
        "actions": [
            {"id": "insta", "channel": "instagram_paid", "budget": 900, "audience": {"segments": ["old"]}},
            {
                "id": "fair",
                "channel": "events",
                "stage": "decision",
                "budget": 500,
                "audience": {"segments": ["old"]},
            },
        ],
    }
)


def test_money_of_an_action_is_shared_between_its_moments_and_sums_to_it() -> None:
    old, persona, left = Coverage(PLAN)

    assert [row.section for row in (old, persona, left)] == ["segments", "personas", "segments"]
    assert sum((cell.money.amount for cell in old.cells if cell.money), Decimal(0)) == 1400
    assert [[one.id for one in cell.actions] for cell in old.cells][:3] == [["insta"], ["insta"], ["fair"]]
    assert not left.spoken_to


def test_a_channel_far_from_the_ages_is_told_with_its_source() -> None:
    reach = {one.channel.id: one for one in Coverage(PLAN)[0].reaches}

    assert reach["instagram_paid"].share is not None
    assert "Pew" in reach["instagram_paid"].source
    assert reach["events"].share is None


def test_heat_map_is_there_once_an_action_reaches_somebody() -> None:
    assert heat_map(Coverage(Plan())) is None
    chart = heat_map(Coverage(PLAN))

    assert chart is not None
    assert len(chart.rows) == 3


def test_page_shows_who_is_left_alone(workspace: Workspace, owner: Client) -> None:
    store.commit(workspace, None, store.replacement(workspace, PLAN).changes)
    page = owner.get(reverse("audience", args=[workspace.slug])).content.decode()

    assert "nobody speaks to it" in page
