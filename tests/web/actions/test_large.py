"""The actions' pages with far more actions than one can look over: a page builds and sends its own, and counts them all."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from gouvernail.plan.model import Action, Plan
from gouvernail.web.actions import board, calendar, coverage, views
from gouvernail.web.actions.rows import ActionRow, Actions
from gouvernail.web.actions.wanted import Wanted
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

MANY = 700
HEAVIEST = 400_000
"""Bytes of the heaviest page, however many there are."""


def _plan(count: int = MANY) -> Plan:
    return Plan.model_validate(
        {
            "organisation": {"currency": "CHF"},
            "objectives": [{"id": "leads", "title": "Leads", "level": "marketing"}],
            "segments": [{"id": "buyers", "title": "Buyers"}],
            "actions": [
                {
                    "id": f"a{number}",
                    "title": f"Campaign {number}",
                    "status": "planned" if number % 2 else "running",
                    "serves": [{"id": "leads"}],
                    "audience": {"segments": ["buyers"]},
                    "stage": "decision",
                    "budget": 10,
                    "start": "2026-06-05" if number % 2 else "2026-01-01",
                    "end": "2026-06-20" if number % 2 else "2026-12-31",
                }
                for number in range(count)
            ],
        }
    )


@pytest.fixture
def large(workspace: Workspace) -> Workspace:
    store.commit(workspace, None, store.replacement(workspace, _plan()).changes)
    return workspace


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the actions of which a row was built."""
    found: list[str] = []
    row = Actions.row

    def counted(self: Actions, action: Action) -> ActionRow:
        found.append(action.id)
        return row(self, action)

    monkeypatch.setattr(Actions, "row", counted)
    return found


@pytest.mark.parametrize(
    ("shape", "most"),
    [
        ("table", views.A_PAGE),
        ("board", 2 * board.CARDS),
        ("calendar", 2 * calendar.ON_A_DAY + calendar.RUNNING),
        ("timeline", calendar.BARS),
    ],
)
def test_a_shape_builds_and_sends_what_it_shows_and_counts_everything(
    large: Workspace, owner: Client, built: list[str], shape: str, most: int
) -> None:
    page = owner.get(reverse("actions", args=[large.slug]), {"as": shape, "month": "2026-06"})

    assert len(built) == most
    assert len(page.content) < HEAVIEST
    assert page.context["count"] == MANY
    assert page.context["totals"].planned.amount == 10 * MANY


def test_no_row_is_built_for_totals_or_filters(built: list[str]) -> None:
    found = Actions(_plan(), None, Wanted(status="running", text="campaign"))

    assert (len(found), found.totals().left.amount) == (MANY // 2, Decimal(10 * MANY // 2))
    assert built == []


def test_the_table_is_leafed_through_and_the_filters_stay(large: Workspace, owner: Client) -> None:
    address = reverse("actions", args=[large.slug])
    page = owner.get(address, {"status": "planned", "page": "2"})

    assert [row.action.id for row in page.context["page"]][:2] == ["a201", "a203"]
    assert "status=planned&amp;page=3" in page.content.decode()
    tabs = {str(tab.url) for tab in page.context["tabs"]}
    assert not any("page=" in url for url in tabs)


def test_the_file_holds_all_that_the_filters_leave(large: Workspace, owner: Client) -> None:
    for query in ({"status": "planned"}, {"status": "planned", "as": "timeline", "page": "2"}):
        text = owner.get(reverse("actions-csv", args=[large.slug]), query).content.decode("utf-8-sig")
        assert len(text.splitlines()) == 1 + MANY // 2
    shown = owner.get(reverse("actions", args=[large.slug]), {"as": "timeline", "page": "2"})
    assert 'actions.csv?as=timeline&amp;page=2" download' in shown.content.decode()


@pytest.mark.parametrize(
    ("shape", "link"),
    [
        ("board", {"status": "planned"}),
        ("calendar", {"on": "2026-06-05"}),
        ("calendar", {"through": "2026-06"}),
    ],
)
def test_what_has_no_room_is_a_link_to_the_table_with_just_that(
    large: Workspace, owner: Client, shape: str, link: dict[str, str]
) -> None:
    address = reverse("actions", args=[large.slug])
    page = owner.get(address, {"as": shape, "month": "2026-06"}).content.decode()
    (name, value), *_ = link.items()

    assert f"as=table&amp;{name}={value}" in page
    assert owner.get(address, link).context["count"] == MANY // 2
    assert owner.get(address, {"as": "table"}).context["count"] == MANY


def test_the_filter_that_has_no_field_is_said_kept_and_taken_back(large: Workspace, owner: Client) -> None:
    page = owner.get(reverse("actions", args=[large.slug]), {"on": "2026-06-05", "public": "buyers"})
    text = page.content.decode()

    assert "begins or ends in" in text
    assert "Only what speaks to “Buyers”." in text
    assert '<input type="hidden" name="on" value="2026-06-05">' in text


def test_audience_names_a_few_in_a_field_and_leads_to_the_others(large: Workspace, owner: Client) -> None:
    page = owner.get(reverse("audience", args=[large.slug]))
    text = page.content.decode()

    assert text.count('class="event"') == coverage.SHOWN + 1
    assert f"{MANY - coverage.SHOWN} more" in text
    query = {"public": "buyers", "stage": "decision"}
    assert "public=buyers&amp;stage=decision" in text
    assert owner.get(reverse("actions", args=[large.slug]), query).context["count"] == MANY


def test_audience_builds_the_publics_of_its_page(
    workspace: Workspace, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publics = [{"id": f"s{number}", "title": f"Public {number}"} for number in range(3 * views.PUBLICS)]
    plan = Plan.model_validate({"segments": publics})
    store.commit(workspace, None, store.replacement(workspace, plan).changes)
    built: list[str] = []
    row = coverage.Coverage._row
    monkeypatch.setattr(
        coverage.Coverage, "_row", lambda self, one: (built.append(one.id), row(self, one))[1]
    )

    page = owner.get(reverse("audience", args=[workspace.slug]), {"page": "2"}).content.decode()

    assert built == [f"s{number}" for number in range(views.PUBLICS, 2 * views.PUBLICS)]
    assert "page=3" in page


def test_one_action_builds_one_row(large: Workspace, owner: Client, built: list[str]) -> None:
    owner.get(reverse("action", args=[large.slug, "a5"]))

    assert built == ["a5"]


def test_the_calendar_keeps_the_filters_from_month_to_month(large: Workspace, owner: Client) -> None:
    query = {"as": "calendar", "month": "2026-06", "status": "planned"}
    page = owner.get(reverse("actions", args=[large.slug]), query).content.decode()

    assert "as=calendar&amp;month=2026-07&amp;status=planned" in page
