"""The guided audit on a page: one question, what the answer solved, left and taken up."""

import re

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.models import AuditProgress
from gouvernail.web.plans.store import Change
from gouvernail.web.plans.wizard import PARTS, topics_of
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

AUDIT = "/o/acme/plan/audit/"


def _step(page: str) -> str:
    found = re.search(r'name="step" value="([^"]*)"', page)
    return found[1] if found else ""


def _base(page: str) -> str:
    return re.search(r'name="base" value="(\d+)"', page)[1]  # type: ignore[index]


def _say(client: Client, page: str, answer: str | list[str], **others: str) -> str:
    data = {"step": _step(page), "base": _base(page), "answer": answer, "action": "answer", **others}
    return client.post(AUDIT, data).content.decode()


def test_an_organisation_without_a_plan_is_asked_from_the_start(workspace: Workspace, owner: Client) -> None:
    page = owner.get(AUDIT).content.decode()
    assert _step(page) == "organisation::name"

    page = _say(owner, page, "Acme Instruments")
    assert store.read(workspace).organisation.name == "Acme Instruments"
    assert _step(page) != "organisation::name"


def test_an_answer_says_at_once_what_it_solved(workspace: Workspace, owner: Client) -> None:
    page = owner.get(AUDIT + "?part=values").content.decode()
    page = _say(owner, page, "We repair before we sell", part="values")

    assert [one.title for one in store.read(workspace).values] == ["We repair before we sell"]
    assert "solved:" in page
    assert re.search(r"Coherence [\d.]+ → [\d.]+", page)
    assert _step(page).startswith("values:we-repair-before-we-sell:")


def test_what_is_passed_over_is_kept_for_the_person_and_may_be_asked_again(
    workspace: Workspace, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    page = owner.get(AUDIT).content.decode()
    first = _step(page)
    page = owner.post(AUDIT, {"step": first, "base": 0, "action": "skip"}).content.decode()
    assert _step(page) != first
    assert _step(owner.get(AUDIT).content.decode()) != first
    assert _step(signed_in(join(Role.marketing)).get(AUDIT).content.decode()) == first

    assert _step(owner.post(AUDIT, {"action": "again"}).content.decode()) == first


def test_back_asks_the_last_question_with_what_was_said(workspace: Workspace, owner: Client) -> None:
    page = _say(owner, owner.get(AUDIT).content.decode(), "Acme")
    page = owner.post(AUDIT, {"step": _step(page), "action": "back"}).content.decode()

    assert _step(page) == "organisation::name"
    assert 'value="Acme"' in page


def test_what_cannot_be_read_is_asked_again_with_what_was_typed(workspace: Workspace, owner: Client) -> None:
    page = owner.get(AUDIT + "?step=organisation::budget").content.decode()
    page = _say(owner, page, "a lot")

    assert "not a number" in page
    assert 'value="a lot"' in page
    assert _step(page) == "organisation::budget"


def test_the_same_answer_sent_twice_makes_one_element(workspace: Workspace, owner: Client) -> None:
    page = owner.get(AUDIT + "?part=values").content.decode()
    _say(owner, page, "Repair first")
    _say(owner, page, "Repair first")

    assert len(store.read(workspace).values) == 1


def test_several_may_be_chosen(workspace: Workspace, plan: Plan, owner: Client) -> None:
    teams = [one.id for one in plan.teams][:2]
    objective = next(one.id for one in plan.objectives if one.level == "marketing")
    page = owner.get(AUDIT + f"?step=marketing_objectives:{objective}:shared_with").content.decode()
    _say(owner, page, teams)

    assert list(store.read(workspace).by_id[objective].shared_with) == teams  # type: ignore[attr-defined]


def test_somebody_elses_change_is_told(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = plan.values[0].id
    page = owner.get(AUDIT + f"?step=values:{id}:text").content.decode()
    store.commit(workspace, None, [Change("values", id, {"title": "Changed"})])
    page = _say(owner, page, "In full")

    assert "has just changed this element" in page


def test_every_topic_belongs_to_one_part() -> None:
    from gouvernail.checks.guide.topics import TOPICS

    assert [id for part in PARTS for id in topics_of(part)] == [topic.id for topic in TOPICS]


def test_htmx_is_given_the_step_alone(workspace: Workspace, owner: Client) -> None:
    page = owner.get(AUDIT, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert AuditProgress.objects.count() == 1


def test_a_large_plan_is_asked_about_first_and_scored_once_the_page_is_shown(
    workspace: Workspace, plan: Plan, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gouvernail.web.plans import standing

    monkeypatch.setattr(standing, "LARGE", 0)
    monkeypatch.setattr(standing, "check", _never)
    monkeypatch.setattr(standing, "_done", set())
    scored = f"{AUDIT}score/"
    page = owner.get(AUDIT, {"part": "objectives"})
    assert f'hx-get="{scored}"' in page.content.decode()

    step = page.context["asked"].step
    told = owner.post(AUDIT, {"step": step.key, "answer": "42", "action": "answer", "part": "objectives"})
    assert told.status_code == 200
    monkeypatch.undo()
    assert "/ 100" in owner.get(scored).content.decode()


def _never(*_given: object, **_named: object) -> None:
    raise AssertionError("everything was asked")
