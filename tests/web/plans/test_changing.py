"""Keeping, deleting, copying, moving, bringing back, undoing; two people on one element."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.plans.store import Change
from gouvernail.web.workspaces.models import AuditEntry, Role, Workspace
from tests.web.conftest import Join, SignedIn


def _at(name: str, *args: object) -> str:
    return reverse(name, args=["acme", *args])


def _value(plan: Plan) -> str:
    return plan.values[0].id


def test_an_element_page_shows_everything_beside(workspace: Workspace, plan: Plan, owner: Client) -> None:
    objective = plan.objectives[-1]
    page = owner.get(_at("element", "objectives", objective.id))

    assert page.status_code == 200
    words = page.content.decode()
    assert objective.name in words
    assert _at("element-edit", "objectives", objective.id) in words
    for link in objective.serves:
        assert plan.by_id[link.id].name in words


def test_two_people_choose_field_by_field(
    workspace: Workspace, plan: Plan, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    other = signed_in(join(Role.marketing))
    address, base = _at("element-edit", "values", _value(plan)), store.head(workspace)
    owner.post(address, {"title": "First", "text": "Same", "base": base})

    answer = other.post(address, {"title": "Second", "text": "Mine", "base": base})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Owner changed it while you wrote" in page
    assert "First" in page
    assert "Second" in page
    mine = re.search(r'name="mine" value="([^"]*)"', page)[1].replace("&quot;", '"')  # type: ignore[index]

    other.post(
        _at("element-merge", "values", _value(plan)),
        {"mine": mine, "theirs": store.head(workspace), "pick.title": "theirs", "pick.text": "mine"},
    )
    kept = store.read(workspace).by_id[_value(plan)]
    assert (kept.title, kept.text) == ("First", "Mine")


def test_their_version_may_be_left(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = _value(plan)
    store.commit(workspace, None, [Change("values", id, {"title": "Theirs"})])
    owner.post(
        _at("element-merge", "values", id),
        {"mine": '{"title": "Mine"}', "theirs": store.head(workspace), "whole": "theirs"},
    )

    assert store.read(workspace).by_id[id].title == "Theirs"


def test_one_deletes_what_the_other_changed(
    workspace: Workspace, plan: Plan, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    other, id, base = signed_in(join(Role.marketing)), _value(plan), store.head(workspace)
    owner.post(_at("element-edit", "values", id), {"title": "Changed", "base": base})

    answer = other.post(_at("element-delete", "values", id), {"base": base})

    assert answer.status_code == 409
    assert "You take the element out; they changed it." in answer.content.decode()
    assert id in store.read(workspace).by_id


def test_a_third_change_meets_the_second_choice(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = _value(plan)
    store.commit(workspace, None, [Change("values", id, {"title": "One"})])
    seen = store.head(workspace)
    store.commit(workspace, None, [Change("values", id, {"title": "Two"})])

    answer = owner.post(
        _at("element-merge", "values", id),
        {"mine": '{"title": "Mine"}', "theirs": seen, "pick.title": "mine"},
    )
    assert answer.status_code == 409


def test_deleting_tells_who_names_it(workspace: Workspace, plan: Plan, owner: Client) -> None:
    named = next(link.id for one in plan.elements() for link in one.serves)
    section = next(section for section, id in store.bodies_of(plan) if id == named)
    page = owner.get(_at("element-delete", section, named)).content.decode()
    assert re.search(r"elements? names? it, and would name nothing", page)

    owner.post(_at("element-delete", section, named), {"base": store.head(workspace)})
    assert named not in store.read(workspace).by_id
    gone = owner.get(_at("element", section, named))
    assert gone.status_code == 200
    assert "Bring it back" in gone.content.decode()


def test_a_copy_an_order_and_a_version_brought_back(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = _value(plan)
    before = [one.id for one in plan.values]
    owner.post(_at("element-duplicate", "values", id))
    ids = [one.id for one in store.read(workspace).values]
    assert len(ids) == len(before) + 1

    owner.post(_at("element-move", "values", ids[-1]), {"to": "up"})
    assert [one.id for one in store.read(workspace).values] == [*ids[:-2], ids[-1], ids[-2]]
    assert PlanRevision.objects.latest("number").elements.count() == 1

    first = store.head(workspace)
    owner.post(_at("element-edit", "values", id), {"title": "Another", "base": first})
    owner.post(_at("element-restore", "values", id), {"number": first, "base": store.head(workspace)})
    assert store.read(workspace).by_id[id] == plan.by_id[id]


def test_a_revision_is_undone_by_another(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = _value(plan)
    owner.post(_at("element-edit", "values", id), {"title": "Another", "base": store.head(workspace)})
    number = store.head(workspace)
    owner.post(_at("plan-undo", number))

    assert store.read(workspace) == plan
    assert store.head(workspace) == number + 1


def test_what_was_changed_again_is_not_undone(workspace: Workspace, plan: Plan, owner: Client) -> None:
    id = _value(plan)
    for title in ("One", "Two"):
        owner.post(_at("element-edit", "values", id), {"title": title, "base": store.head(workspace)})
    head = store.head(workspace)
    page = owner.post(_at("plan-undo", head - 1), follow=True).content.decode()

    assert "was changed again since" in page
    assert store.head(workspace) == head


def test_the_whole_plan_comes_back_order_included(workspace: Workspace, plan: Plan, owner: Client) -> None:
    then = store.head(workspace)
    moved = [*plan.values[1:], plan.values[0]]
    other = plan.model_copy(update={"values": tuple(moved), "actions": ()})
    store.commit(workspace, None, store.replacement(workspace, other).changes)
    owner.post(_at("plan-bring-back", then), {"head": store.head(workspace)})

    assert store.read(workspace) == plan


def test_a_state_is_named_and_the_trail_knows(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post(_at("plan-label", 1), {"label": "Approved by management"})

    assert "Approved by management" in owner.get(_at("plan-history")).content.decode()
    assert AuditEntry.objects.filter(what="revision.labelled").count() == 1


@pytest.mark.parametrize("name", ["plan-undo", "plan-bring-back", "plan-label"])
def test_a_reader_changes_nothing(
    name: str, workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    reader = signed_in(join(Role.reader))

    assert reader.post(_at(name, 1)).status_code == 403
    assert reader.get(_at("element", "values", _value(plan))).status_code == 200
    assert reader.get(_at("element-edit", "values", _value(plan))).status_code == 403


def test_a_revision_and_a_comparison_are_told_in_words(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    id = plan.objectives[0].id
    body = store.bodies_of(plan)["objectives", id]
    store.commit(
        workspace, None, [Change("objectives", id, {**body, "evaluated": "weekly", "budget": "5000"})]
    )
    for page in (owner.get(_at("plan-revision", 2)), owner.get(_at("plan-compare") + "?a=1&b=2")):
        words = page.content.decode()
        assert "every week" in words
        assert "CHF 5,000" in words or "CHF\xa05,000" in words


def test_only_members_of_the_section_are_found(workspace: Workspace, plan: Plan, owner: Client) -> None:
    for section, id in (
        ("values", "nobody"),
        ("nonsense", "x"),
        ("actions", _value(plan)),
        ("rules", "rules"),
    ):
        assert owner.get(_at("element", section, id)).status_code == 404
        assert owner.get(_at("element-edit", section, id)).status_code == 404


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999999"])
def test_numbers_of_nothing_are_not_found(
    number: str, workspace: Workspace, plan: Plan, owner: Client
) -> None:
    id = _value(plan)
    for address in (
        _at("plan-history") + f"{number}/",
        _at("plan-compare") + f"?a=1&b={number}",
        _at("scenarios") + f"{number}/",
        _at("plan-import") + f"{number}/",
        _at("plan-export") + f"?revision={number}",
    ):
        assert owner.get(address).status_code == 404 or number == "0", address
    for name in ("element-restore", "element-merge"):
        answer = owner.post(
            _at(name, "values", id), {"number": number, "theirs": number, "mine": "{}", "base": number}
        )
        assert answer.status_code in (302, 404, 409)


def test_an_element_is_judged_without_asking_about_the_others(
    workspace: Workspace, plan: Plan, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules that judge one by one are given the one: a plan of ten thousand is judged while one types."""
    from gouvernail.checks import focus

    lengths: list[int] = []
    alone = focus._alone
    monkeypatch.setattr(focus, "_alone", lambda *given: lengths.append(1) or alone(*given))
    monkeypatch.setattr("gouvernail.checks.runner._run", _never)
    action = plan.actions[0]
    for address in ("element", "element-edit"):
        assert owner.get(_at(address, "actions", action.id)).status_code == 200
    answer = owner.post(reverse("element-verdict", args=["acme", "actions"]), {"element": action.id})
    assert "ACT" in answer.content.decode()
    assert lengths


def _never(*_given: object) -> None:
    raise AssertionError("everything was asked")
