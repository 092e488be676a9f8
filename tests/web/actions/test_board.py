"""The board in a real browser: a card dragged with the mouse, and moved with the keyboard alone."""

from typing import Any

import pytest
from django.test import Client

from gouvernail.plan.model import Plan, Status
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.workspaces.models import Workspace
from tests.web.conftest import Window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def board(workspace: Workspace, owner: Client, window: Window) -> Any:
    """The board of a plan with one planned action, open in a browser."""
    plan = Plan.model_validate({"actions": [{"id": "fair", "title": "Fair"}]})
    store.commit(workspace, None, store.replacement(workspace, plan).changes)
    page = window(owner, patience=90_000, viewport={"width": 1440, "height": 900})
    page.goto("/o/acme/actions/?as=board")
    page.wait_for_selector("[data-board-ready]")
    return page


def _state(workspace: Workspace) -> Status:
    (action,) = store.read(workspace).actions
    return action.status


def test_a_card_is_dragged_to_another_column(board: Any, workspace: Workspace) -> None:
    title, lane = (
        board.get_by_role("link", name="Fair").bounding_box(),
        _lane(board, "running").bounding_box(),
    )

    board.mouse.move(title["x"] + 10, title["y"] + 8)
    board.mouse.down()
    board.mouse.move(lane["x"] + 40, lane["y"] + 30, steps=12)
    board.wait_for_selector('[data-board-lane="running"] .sortable-ghost')
    with board.expect_response(lambda answer: answer.url.endswith("/fair/status")) as answered:
        board.mouse.up()

    assert answered.value.status == 204
    assert _lane(board, "running").locator(".card-action").count() == 1
    assert _state(workspace) is Status.running


def test_a_card_is_moved_with_the_keyboard_past_states_not_meant(board: Any, workspace: Workspace) -> None:
    choice = board.get_by_label("State of Fair")
    choice.focus()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowDown")
    assert _lane(board, "planned").locator(".card-action").count() == 1  # nothing is sent yet

    wanted = choice.input_value()
    with board.expect_response(lambda answer: answer.url.endswith("/fair/status")) as answered:
        board.keyboard.press("Enter")

    assert answered.value.status == 204
    assert _lane(board, wanted).locator(".card-action").count() == 1
    assert _state(workspace) == wanted != Status.running
    assert board.evaluate("document.activeElement.name") == "status"  # the keyboard stays on the card
    assert PlanRevision.objects.filter(workspace=workspace).count() == 2


def _lane(board: Any, state: str) -> Any:
    return board.locator(f'[data-board-lane="{state}"]')
