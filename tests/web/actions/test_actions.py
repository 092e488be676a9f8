"""The actions' pages: four shapes of one list, one action, the board's move."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gouvernail.base.periods import parse_period
from gouvernail.plan.model import Plan, Status
from gouvernail.web.actions.calendar import month_sheet, timeline, timeline_page
from gouvernail.web.actions.rows import Actions
from gouvernail.web.actions.wanted import Wanted
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

PLAN = Plan.model_validate(
    {
        "organisation": {"currency": "CHF"},
        "people": [{"id": "ann", "title": "Ann"}],
        "objectives": [{"id": "leads", "title": "Leads", "level": "marketing"}],
        "actions": [
            {
                "id": "fair",
                "title": "Fair",
                "owner": "ann",
                "serves": [{"id": "leads"}],
                "channel": "events",
                "budget": 1000,
                "committed": 700,
                "start": "2026-09-07",
                "end": "2026-09-09",
            },
            {"id": "blog", "title": "Blog", "status": "running", "start": "2026-01-01", "end": "2026-12-31"},
            {"id": "idea", "title": "Someday", "status": "idea", "budget": 50},
        ],
    }
)


@pytest.fixture
def acting(workspace: Workspace) -> Workspace:
    store.commit(workspace, None, store.replacement(workspace, PLAN).changes)
    return workspace


def test_money_left_is_what_is_planned_less_the_larger_of_committed_and_spent() -> None:
    fair, blog, _ = found = Actions(PLAN, None)

    assert fair.money.left is not None
    assert (fair.money.left.amount, fair.money.left.currency) == (300, "CHF")
    assert blog.money.left is None
    together = found.totals()
    assert (together.planned.amount, together.committed.amount, together.left.amount) == (1050, 700, 350)
    assert together.spent is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["fair", "blog", "idea"]),
        (Wanted(status="running"), ["blog"]),
        (Wanted(owner="ann"), ["fair"]),
        (Wanted(owner="-"), ["blog", "idea"]),
        (Wanted(channel="events"), ["fair"]),
        (Wanted(objective="leads"), ["fair"]),
        (Wanted(text="SOME"), ["idea"]),
        (Wanted(on="2026-09-09"), ["fair"]),
        (Wanted(on="2026-09"), ["fair"]),
        (Wanted(on="some day"), []),
        (Wanted(through="2026-09"), ["blog"]),
        (Wanted(public="fair"), []),
    ],
)
def test_filters_keep_what_is_wanted(wanted: Wanted, found: list[str]) -> None:
    assert [row.action.id for row in Actions(PLAN, None, wanted)] == found


def test_month_shows_starts_ends_and_what_runs_through() -> None:
    sheet = month_sheet(Actions(PLAN, None), parse_period("2026-09"), date(2026, 9, 8))

    assert [(cell.day.day, [event.row.action.id for event in cell.events]) for cell in sheet.days] == [
        (7, ["fair"]),
        (9, ["fair"]),
    ]
    assert [row.action.id for row in sheet.running] == ["blog"]
    assert (str(sheet.before), str(sheet.after)) == ("2026-08", "2026-10")
    assert sum(cell.inside for week in sheet.weeks for cell in week) == 30


def test_timeline_stacks_bars_from_their_first_day() -> None:
    chart = timeline(list(timeline_page(Actions(PLAN, None), "1")), date(2026, 9, 8))

    assert chart is not None
    offsets, bars = chart.option["series"]
    assert offsets["data"] == [0, 249]
    assert [bar["value"] for bar in bars["data"]] == [365, 3]
    assert [row[0] for row in chart.rows] == ["Blog", "Fair"]


@pytest.mark.parametrize("shape", ["table", "board", "calendar", "timeline", "nonsense"])
def test_every_shape_shows_the_actions(acting: Workspace, owner: Client, shape: str) -> None:
    answer = owner.get(reverse("actions", args=[acting.slug]), {"as": shape, "month": "2026-09"})

    assert answer.status_code == 200
    assert "Fair" in answer.content.decode()


def test_pages_teach_where_there_is_nothing_yet(workspace: Workspace, owner: Client) -> None:
    for name in ("actions", "audience"):
        assert "empty-state" in owner.get(reverse(name, args=[workspace.slug])).content.decode()


def test_action_page_tells_it_all_and_an_unknown_one_is_not_found(acting: Workspace, owner: Client) -> None:
    page = owner.get(reverse("action", args=[acting.slug, "fair"])).content.decode()

    assert "CHF" in page
    assert "Ann" in page
    for id in ("nobody", "ann"):
        assert owner.get(reverse("action", args=[acting.slug, id])).status_code == 404


def test_a_card_moved_is_a_revision_of_the_plan(acting: Workspace, owner: Client) -> None:
    before = store.head(acting)
    answer = owner.post(reverse("action-status", args=[acting.slug, "fair"]), {"status": "done"})

    assert answer.status_code == 302
    assert store.head(acting) == before + 1
    assert store.read(acting).by_id["fair"].status is Status.done  # type: ignore[attr-defined]
    owner.post(reverse("action-status", args=[acting.slug, "fair"]), {"status": "planned"})
    assert store.read(acting) == PLAN


def test_a_reader_moves_nothing_and_no_state_is_made_up(
    acting: Workspace, join: Join, signed_in: SignedIn, owner: Client
) -> None:
    reader = signed_in(join(Role.reader))

    assert (
        reader.post(reverse("action-status", args=[acting.slug, "fair"]), {"status": "done"}).status_code
        == 403
    )
    assert (
        owner.post(reverse("action-status", args=[acting.slug, "fair"]), {"status": "flying"}).status_code
        == 404
    )
    assert store.read(acting) == PLAN


def test_csv_holds_the_filtered_actions(acting: Workspace, owner: Client) -> None:
    answer = owner.get(reverse("actions-csv", args=[acting.slug]), {"status": "running"})
    text = answer.content.decode("utf-8-sig")

    assert "Blog" in text
    assert "Fair" not in text


@pytest.mark.parametrize("count", [1, 3, 300])
def test_queries_do_not_grow_with_the_actions(
    workspace: Workspace, owner: Client, count: int, django_assert_max_num_queries
) -> None:
    many = Plan.model_validate({"actions": [{"id": f"a{i}", "title": f"Action {i}"} for i in range(count)]})
    store.commit(workspace, None, store.replacement(workspace, many).changes)
    owner.get(reverse("actions", args=[workspace.slug]))

    with django_assert_max_num_queries(15):
        owner.get(reverse("actions", args=[workspace.slug]))
