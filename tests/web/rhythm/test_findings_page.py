"""The findings page: filtered, grouped, given, set aside and taken back; who may do what; how many queries it makes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.rhythm import finding_views, findings
from gouvernail.web.rhythm.models import Assignment
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

HERE = "/o/acme/findings/"
Late = Callable[[int], list[str]]


def shown(client: Client, query: str = "") -> list[str]:
    """Return the identities of the findings in the list."""
    page = client.get(f"{HERE}{query}")
    return [row.identity for group in page.context["groups"] for row in group.rows]


def test_without_a_plan_the_page_teaches(workspace: Workspace, owner: Client) -> None:
    page = owner.get(HERE)

    assert page.status_code == 200
    assert "No plan yet" in page.content.decode()


def test_every_finding_stands_there_with_its_sentence_what_to_do_and_its_rule(
    owner: Client, late: Late
) -> None:
    late(1)
    page = owner.get(HERE).content.decode()

    assert "“Decision late-0” was to be done by March 1, 2026" in page
    assert "Do it and write the day under “done”" in page
    assert "/o/acme/findings/rules/REV02" in page


def test_filters_keep_what_was_asked_for(owner: Client, late: Late, plan: Plan) -> None:
    late(3)
    everything = shown(owner)

    assert {"REV02:late-0", "REV02:late-1", "REV02:late-2"} <= set(everything)
    assert shown(owner, "?element=late-1") == ["REV02:late-1"]
    assert shown(owner, "?text=decision+LATE-2") == ["REV02:late-2"]
    assert "REV02:late-0" in shown(owner, f"?owner={plan.people[0].id}&family=REV&layer=around")
    assert shown(owner, "?severity=advice&element=late-1") == []
    assert set(shown(owner, "?group=nonsense")) == set(everything)


@pytest.mark.parametrize("group", ["severity", "layer", "element", "owner", "family"])
def test_every_grouping_holds_every_finding_once(owner: Client, late: Late, group: str) -> None:
    late(7)
    found = shown(owner, f"?group={group}")

    assert len(found) == len(set(found))
    assert set(found) == set(shown(owner))


def test_three_stand_first_only_where_there_are_many(owner: Client, late: Late) -> None:
    late(8)
    page = owner.get(HERE)

    assert page.context["count"] > 5
    # One a rule: three decisions of one rule say the same thing three times.
    assert {row.located.finding.code for row in page.context["first"]} >= {"REV02"}
    assert owner.get(f"{HERE}?element=late-1").context["first"] == ()


@pytest.mark.parametrize("n", [1, 3, 300])
def test_the_page_makes_as_many_queries_for_many_findings_as_for_one(
    owner: Client, late: Late, n: int, django_assert_num_queries: Callable
) -> None:
    late(n)
    owner.get(HERE)
    with django_assert_num_queries(12):
        owner.get(HERE)


def test_many_findings_are_paged(owner: Client, late: Late) -> None:
    late(90)
    first, second = shown(owner), shown(owner, "?page=2")

    assert len(first) == 40
    assert not set(first) & set(second)


def test_a_finding_is_given_to_somebody_by_a_day(
    owner: Client, late: Late, join: Join, workspace: Workspace
) -> None:
    late(1)
    who = join(Role.contributor)
    owner.post(f"{HERE}assign", {"id": "REV02:late-0", "assignee": who.pk, "due": "2026-06-20"})

    given = Assignment.objects.get(workspace=workspace)
    assert (given.finding, given.assignee, given.due) == ("REV02:late-0", who, date(2026, 6, 20))
    assert shown(owner, "?state=given") == ["REV02:late-0"]
    assert "REV02:late-0" not in shown(owner, "?state=free")
    owner.post(f"{HERE}assign", {"id": "REV02:late-0", "assignee": "", "due": ""})
    assert not Assignment.objects.exists()


def test_a_finding_can_be_given_only_to_who_may_work_on_it(owner: Client, late: Late, join: Join) -> None:
    late(1)
    for who in (join(Role.reader), join(Role.partner), User.objects.create_user("far@away.example")):
        owner.post(f"{HERE}assign", {"id": "REV02:late-0", "assignee": who.pk})

    assert not Assignment.objects.exists()


def test_who_says_that_it_is_worked_on_has_it(
    late: Late, join: Join, signed_in: SignedIn, workspace: Workspace
) -> None:
    late(1)
    who = join(Role.contributor)
    client = signed_in(who)
    client.post(f"{HERE}work", {"id": "REV02:late-0"})
    given = Assignment.objects.get(workspace=workspace)

    assert (given.assignee, given.begun is not None) == (who, True)
    assert shown(client, "?state=begun") == shown(client, "?state=mine") == ["REV02:late-0"]
    client.post(f"{HERE}work", {"id": "REV02:late-0"})
    assert shown(client, "?state=begun") == []


def test_set_aside_it_stands_in_the_plan_with_who_when_and_why_and_can_be_taken_back(
    owner: Client, late: Late, workspace: Workspace, today: date
) -> None:
    late(2)
    owner.post(f"{HERE}aside", {"id": "REV02:late-0", "reason": "The supplier decides in autumn."})
    entry = store.read(workspace).rules.ignore[0]

    assert (entry.rule, entry.elements) == ("REV02", ("late-0",))
    assert (entry.reason, entry.by, entry.day) == ("The supplier decides in autumn.", "Owner", today)
    assert "REV02:late-0" not in shown(owner)
    assert "REV02:late-1" in shown(owner)
    page = owner.get(HERE)
    assert [one.one.element for one in page.context["aside"]] == ["late-0"]
    owner.post(f"{HERE}back", {"id": "REV02:late-0"})
    assert store.read(workspace).rules.ignore == ()
    assert "REV02:late-0" in shown(owner)


def test_without_a_reason_nothing_is_set_aside(owner: Client, late: Late, workspace: Workspace) -> None:
    late(1)
    owner.post(f"{HERE}aside", {"id": "REV02:late-0", "reason": " "})

    assert store.read(workspace).rules.ignore == ()


def test_two_who_set_aside_at_once_both_have_their_way(
    owner: Client, late: Late, workspace: Workspace
) -> None:
    late(3)
    for id in ("late-0", "late-1", "late-0"):
        owner.post(f"{HERE}aside", {"id": f"REV02:{id}", "reason": "Not ours."})

    assert [one.elements for one in store.read(workspace).rules.ignore] == [("late-0",), ("late-1",)]


def test_a_rule_turned_off_as_a_whole_is_turned_on_as_a_whole(
    owner: Client, late: Late, workspace: Workspace
) -> None:
    late(2)
    rules = {"ignore": [{"rule": "REV02", "reason": "Not now."}]}
    store.commit(workspace, None, [store.Change("rules", "rules", rules)])
    page = owner.get(HERE)

    assert all(one.whole for one in page.context["aside"])
    assert not any(one.startswith("REV02") for one in shown(owner))
    owner.post(f"{HERE}back", {"id": "REV02:late-0"})
    assert {"REV02:late-0", "REV02:late-1"} <= set(shown(owner))


def test_in_a_scenario_a_finding_is_set_aside_there_alone(
    owner: Client, late: Late, workspace: Workspace
) -> None:
    late(1)
    scenario = Scenario.objects.create(workspace=workspace, name="Less", base=store.head(workspace))
    owner.post(f"{HERE}aside", {"id": "REV02:late-0", "reason": "Not here.", "scenario": scenario.pk})

    assert store.read(workspace).rules.ignore == ()
    assert len(store.read(workspace, scenario=scenario).rules.ignore) == 1


def test_a_bearing_that_lags_behind_shows_nothing_that_is_set_aside_meanwhile(
    owner: Client, late: Late, settings: object
) -> None:
    late(1)
    assert "REV02:late-0" in shown(owner)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # type: ignore[attr-defined]
    owner.post(f"{HERE}aside", {"id": "REV02:late-0", "reason": "Not ours."})
    page = owner.get(HERE)

    assert page.context["current"].older
    assert "REV02:late-0" not in shown(owner)
    assert [one.one.element for one in page.context["aside"]] == ["late-0"]


def test_what_was_set_aside_comes_page_by_page(
    owner: Client, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_views, "BESIDE", 2)
    late(3)
    for n in range(3):
        owner.post(f"{HERE}aside", {"id": f"REV02:late-{n}", "reason": "Not this year."})
    first, second = owner.get(HERE), owner.get(f"{HERE}?aside=2")

    assert [len(page.context["aside"]) for page in (first, second)] == [2, 1]
    assert first.context["aside"].paginator.count == 3
    assert "aside=2#aside" in first.content.decode()


def test_new_and_solved_since_a_revision_are_told_apart(
    owner: Client, late: Late, workspace: Workspace
) -> None:
    late(2)
    before = store.head(workspace)
    done = {"title": "Decision late-0", "date": "2026-01-05", "due": "2026-03-01", "done": "2026-05-01"}
    fresh = {"title": "Another", "date": "2026-01-05", "due": "2026-03-01"}
    store.commit(
        workspace,
        None,
        [store.Change("decisions", "late-0", done), store.Change("decisions", "another", fresh)],
    )
    page = owner.get(f"{HERE}?since=r{before}")

    assert [one.finding.identity for one in page.context["since"].moves.new] == ["REV02:another"]
    assert [[one.finding.identity for one in several] for _, several, _ in page.context["gone"]] == [
        ["REV02:late-0"]
    ]
    assert shown(owner, f"?since=r{before}&state=new") == ["REV02:another"]


def test_the_sheet_runs_no_formula(owner: Client, late: Late, workspace: Workspace) -> None:
    late(1)
    body = {"title": "=HYPERLINK(1)", "date": "2026-01-05", "due": "2026-03-01"}
    store.commit(workspace, None, [store.Change("decisions", "evil", body)])
    answer = owner.get(f"{HERE}findings.csv?element=evil")
    text = answer.content.decode("utf-8-sig")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    assert len(text.strip().splitlines()) == 2


def test_a_rules_page_speaks_the_readers_language(join: Join, signed_in: SignedIn) -> None:
    user = join(Role.reader)
    english = signed_in(user).get(f"{HERE}rules/rev02").content.decode()
    User.objects.update(language="fr")
    french = signed_in(user).get(f"{HERE}rules/REV02").content.decode()

    assert "<h2>Why it matters</h2>" in english
    assert "<h2>Pourquoi c’est important</h2>" in french
    assert signed_in(user).get(f"{HERE}rules/XXX99").status_code == 404


def test_one_finding_has_a_page_of_its_own_and_none_that_is_not_there(owner: Client, late: Late) -> None:
    late(1)

    assert "Why it matters" in owner.get(f"{HERE}one?id=REV02:late-0").content.decode()
    assert owner.get(f"{HERE}one?id=REV02:nobody").status_code == 404
    assert owner.get(f"{HERE}one").status_code == 404


@pytest.mark.parametrize(
    ("role", "assign", "work", "aside"),
    [
        (Role.owner, 302, 302, 302),
        (Role.marketing, 302, 302, 302),
        (Role.contributor, 302, 302, 302),
        (Role.reader, 403, 403, 403),
        (Role.partner, 403, 403, 403),
    ],
)
def test_who_may_deal_with_findings(
    role: str, assign: int, work: int, aside: int, late: Late, join: Join, signed_in: SignedIn
) -> None:
    late(1)
    client = signed_in(join(role))
    finding = {"id": "REV02:late-0", "reason": "Because."}

    assert client.post(f"{HERE}assign", finding).status_code == assign
    assert client.post(f"{HERE}work", finding).status_code == work
    assert client.post(f"{HERE}aside", finding).status_code == aside
    assert client.post(f"{HERE}back", finding).status_code == aside


def test_going_back_leads_nowhere_else(owner: Client, late: Late) -> None:
    late(1)
    answer = owner.post(f"{HERE}work", {"id": "REV02:late-0", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == HERE


def test_every_change_stands_in_the_trail(owner: Client, late: Late, workspace: Workspace) -> None:
    late(1)
    owner.post(f"{HERE}work", {"id": "REV02:late-0"})
    owner.post(f"{HERE}aside", {"id": "REV02:late-0", "reason": "Because."})
    what = list(workspace.trail.values_list("what", flat=True))

    assert what[:3] == ["finding.set_aside", "plan.changed", "finding.begun"]


def test_a_list_makes_each_finding_once_and_addresses_only_for_its_page(
    owner: Client, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    late(3 * finding_views.PAGE + 1)
    made: list[str] = []
    led: list[str] = []
    row, link = findings.row, findings.finding_link
    monkeypatch.setattr(
        findings,
        "row",
        lambda told, one: (made.append(one.finding.identity), row(told, one))[1],
    )
    monkeypatch.setattr(
        findings, "finding_link", lambda slug, identity: (led.append(identity), link(slug, identity))[1]
    )
    page = owner.get(HERE)

    assert len(made) == len(set(made)) == page.context["all_count"] > 3 * finding_views.PAGE
    assert len(set(led)) <= finding_views.PAGE + 3


def test_a_filter_offers_no_more_than_one_can_choose_from(
    owner: Client, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    late(9)
    monkeypatch.setattr(findings, "OFFERED", 4)
    page = owner.get(f"{HERE}?element=late-8")
    offered = {field.name: field for field in page.context["filter_fields"]}["element"]

    assert len(offered.choices) in (4, 5)
    assert "late-8" in [one.value for one in offered.choices]
    assert offered.more > 0
    assert "more: search for their words" in page.content.decode()


def test_a_finding_whose_figures_are_being_worked_out_is_no_missing_page(
    owner: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Letters and minutes lead to findings at any time, also just after a change.
    ready = finding_views.current
    monkeypatch.setattr(finding_views, "current", lambda request: replace(ready(request), bearing=None))

    answer = owner.get(f"{HERE}one?id=VAL01:values")

    assert answer.status_code == 200
    assert "The findings are on their way" in answer.content.decode()
