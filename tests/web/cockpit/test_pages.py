"""The pages with no plan, a plan alone, and lists of any length."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace
from tests.web.cockpit.conftest import Elements

PAGES = ("", "chain", "chain?view=diagram", "objectives", "search?q=a", "provenance/coherence")
FIGURES = ("coherence", "aligned_spend", "on_course", "return")


def text(answer) -> str:
    """Return the words of a page, tags and spaces put together."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_without_a_plan_the_cockpit_says_where_to_begin(owner: Client) -> None:
    words = text(owner.get("/o/acme/"))

    assert "Take the guided audit" in words
    assert "Bring your data" in words


@pytest.mark.parametrize("page", ["chain", "objectives", "search", "objectives?level=business"])
def test_without_a_plan_every_page_opens(owner: Client, page: str) -> None:
    assert owner.get(f"/o/acme/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_with_a_plan_alone_every_page_opens(
    owner: Client, workspace: Workspace, plan: Plan, page: str, language: str
) -> None:
    owner.post("/language", {"language": language, "next": "/"})
    answer = owner.get(f"/o/acme/{page}")

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_tells_where_it_comes_from(
    owner: Client, workspace: Workspace, plan: Plan, figure: str
) -> None:
    assert owner.get(f"/o/acme/provenance/{figure}").status_code == 200


def test_a_plan_alone_is_told_as_such(owner: Client, workspace: Workspace, plan: Plan) -> None:
    assert "This is what the plan alone says" in text(owner.get("/o/acme/"))


def test_the_deductions_and_the_score_add_up_to_a_hundred(
    owner: Client, workspace: Workspace, plan: Plan
) -> None:
    shown = owner.get("/o/acme/provenance/coherence").context["page"].deductions
    bearing = shelf.look(shelf.question(workspace))
    assert bearing

    assert sum(one.cost for one in shown) == 100 - bearing.figures.coherence.score


@pytest.mark.parametrize(
    "address", ["objectives/never-was", "provenance/never-was", "provenance/metric:never-was"]
)
def test_what_is_not_there_is_not_found(
    owner: Client, workspace: Workspace, plan: Plan, address: str
) -> None:
    assert owner.get(f"/o/acme/{address}").status_code == 404


def test_an_objective_has_its_seven_letters(owner: Client, workspace: Workspace, plan: Plan) -> None:
    objective = plan.objectives[0]
    page = owner.get(f"/o/acme/objectives/{objective.id}").context["page"]

    assert "".join(one.letter.letter for one in page.letters) == "SMARTER"


# Session, user, membership, organisations of the switcher; scenarios, head, record; what the page itself asks.
QUERIES = {"": 12, "chain": 9, "objectives": 9, "search?q=objective": 9, "objectives/o0": 9}


@pytest.mark.parametrize("count", [1, 3, 300])
def test_no_page_asks_more_because_there_is_more(
    owner: Client, workspace: Workspace, many: Elements, count: int
) -> None:
    many(count)
    for page, most in QUERIES.items():
        owner.get(f"/o/acme/{page}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert owner.get(f"/o/acme/{page}").status_code == 200
        assert len(asked) <= most, page


def test_a_long_chain_is_paged(owner: Client, workspace: Workspace, many: Elements) -> None:
    many(300)
    first = owner.get("/o/acme/chain").context["page"]
    last = owner.get("/o/acme/chain?page=7&layer=").context["page"]

    assert (len(first.lines), first.total) == (100, 601)
    assert [one.id for one in last.lines] == ["a299"]


def test_the_chain_narrows_to_a_layer_and_a_word(owner: Client, workspace: Workspace, many: Elements) -> None:
    many(30)

    def ids(query: str) -> list[str]:
        return [one.id for one in owner.get(f"/o/acme/chain?{query}").context["page"].lines]

    assert ids("layer=values") == ["care"]
    assert ids("layer=execution&q=action+29") == ["a29"]
    assert ids("q=nothing+like+it") == []


def test_a_layer_that_is_empty_is_told(owner: Client, workspace: Workspace, many: Elements) -> None:
    many(1)
    page = owner.get("/o/acme/chain").context["page"]

    assert {one.id for one in page.empty} == {"vision", "mission", "strategy"}
    assert all(one.missing for one in page.empty if one.id != "strategy")


def test_search_finds_in_titles_first_without_accents_or_capitals(
    owner: Client, workspace: Workspace
) -> None:
    made = Plan.model_validate(
        {
            "values": [
                {"id": "b", "title": "Other", "text": "Sécurité avant tout"},
                {"id": "a", "title": "SÉCURITÉ"},
            ]
        }
    )
    store.commit(workspace, None, store.replacement(workspace, made).changes)
    groups = owner.get("/o/acme/search?q=securite").context["groups"]

    assert [hit.title for hit in groups[0].hits] == ["SÉCURITÉ", "Other"]


def test_search_answers_htmx_with_the_hits_alone(owner: Client, workspace: Workspace, plan: Plan) -> None:
    answer = owner.get("/o/acme/search?q=a", headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert b'id="hits"' in answer.content


def test_titles_are_escaped(owner: Client, workspace: Workspace) -> None:
    bad = "<script>alert(1)</script>"
    made = Plan.model_validate(
        {"objectives": [{"id": "x", "title": bad}], "actions": [{"id": "y", "title": bad}]}
    )
    store.commit(workspace, None, store.replacement(workspace, made).changes)
    for page in ("", "chain", "chain?view=diagram", "objectives", "objectives/x", "search?q=script"):
        assert bad.encode() not in owner.get(f"/o/acme/{page}").content, page


def test_an_objective_shows_a_page_of_its_actions_and_names_a_few_of_those_below(
    owner: Client, workspace: Workspace
) -> None:
    objectives = [{"id": "top", "title": "Top", "level": "business"}]
    objectives += [
        {"id": f"o{n}", "title": f"Below {n}", "level": "marketing", "serves": ["top"]} for n in range(60)
    ]
    acting = [
        {
            "id": f"a{n}",
            "title": f"Act {n}",
            "serves": [f"o{n % 60}"],
            "budget": 1000 * n,
            "start": "2020-01-01",
            "end": "2030-12-31",
        }
        for n in range(120)
    ]
    large = Plan.model_validate(
        {"organisation": {"currency": "CHF"}, "objectives": objectives, "actions": acting}
    )
    store.commit(workspace, None, store.replacement(workspace, large).changes)
    owner.get("/o/acme/objectives/top")
    first, last = (owner.get("/o/acme/objectives/top", {"page": n}) for n in (1, 3))

    assert first.context["page"].acting.paginator.count == 120
    assert (len(first.context["page"].actions), len(last.context["page"].actions)) == (50, 20)
    assert first.context["page"].actions[0].status.id == "a119"
    assert all(len(one.through) == 1 for one in first.context["page"].actions)
    assert (len(first.context["page"].below), first.context["page"].more_below) == (20, 40)
    assert "40 more" in first.content.decode()


def test_search_is_laid_out_by_the_style_of_its_lists(owner: Client, workspace: Workspace) -> None:
    assert "bearings/bearings" in owner.get("/o/acme/search?q=leads").content.decode()
