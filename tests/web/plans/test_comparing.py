"""Two states of the plan beside each other: counted by layer, filtered, a page at a time, texts as one."""

import pytest
from django.test import Client

from gouvernail.base.text import verbatim
from gouvernail.plan.diff import ChangeKind
from gouvernail.plan.model import Plan
from gouvernail.web.plans import comparing, store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.plans.store import Change
from gouvernail.web.plans.wording import Stretch, difference
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

COMPARE = "/o/acme/plan/compare/"


def _change(workspace: Workspace, plan: Plan) -> tuple[int, int]:
    a = store.head(workspace)
    first, second = plan.values[0], plan.actions[0]
    store.commit(workspace, None, [Change("values", first.id, {"title": "Else"})])
    store.commit(workspace, None, [Change("actions", second.id, None)])
    store.commit(workspace, None, [Change("objectives", "fresh", {"title": "Fresh"})])
    store.commit(workspace, None, [Change("needs", "brief", {"title": "Brief"})])
    store.commit(workspace, None, [Change("needs", "brief", None)])
    return a, store.head(workspace)


def test_what_came_changed_and_went_is_counted_by_layer(workspace: Workspace, plan: Plan) -> None:
    a, b = _change(workspace, plan)
    found = comparing.comparison(comparing.between(workspace, a, b, None), {}, plan)

    counts = {line.part: (line.added, line.changed, line.removed) for line in found.parts}
    assert counts["layer-values"] == counts["values"] == (0, 1, 0)
    assert counts["layer-execution"] == (0, 0, 1)
    assert counts["layer-objectives"] == (1, 0, 0)
    assert "needs" not in counts  # came and went
    assert [line.part for line in found.lines if not line.whole] == []
    assert (found.total.added, found.total.changed, found.total.removed) == (1, 1, 1)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"part": "layer-values"}, ["values"]),
        ({"part": "objectives"}, ["objectives"]),
        ({"kind": "removed"}, ["actions"]),
        ({"kind": "added", "part": "values"}, []),
        ({"who": "7"}, []),
    ],
)
def test_a_part_of_it_can_be_asked_for(
    query: dict[str, str], ids: list[str], workspace: Workspace, plan: Plan
) -> None:
    pairs = comparing.between(workspace, *_change(workspace, plan), None)
    assert [one.section for one in comparing.comparison(pairs, query, plan).page] == ids


def test_who_changed_it_is_offered_where_several_did(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    a, (one, two) = store.head(workspace), (join(Role.owner), join(Role.marketing))
    store.commit(workspace, one, [Change("values", "x", {"title": "X"})])
    store.commit(workspace, two, [Change("values", "y", {"title": "Y"})])
    page = signed_in(one).get(COMPARE, {"a": a, "b": a + 2, "who": two.pk}).content.decode()

    assert f'value="{two.pk}" selected' in page
    assert "/element/values/y/" in page
    assert "/element/values/x/" not in page


def test_many_elements_come_page_by_page(workspace: Workspace, plan: Plan, owner: Client) -> None:
    a = store.head(workspace)
    store.commit(workspace, None, [Change("values", f"v{i:03}", {"title": f"Value {i}"}) for i in range(300)])
    first = owner.get(COMPARE, {"a": a, "b": a + 1}).content.decode()
    last = owner.get(f"/o/acme/plan/history/{a + 1}/", {"page": "12"}).content.decode()

    assert first.count('<details class="element-move"') == last.count('<details class="element-move"') == 25
    assert "300" in first
    assert "/element/values/v299/" in last


def test_what_is_no_element_is_told_too(workspace: Workspace, plan: Plan, owner: Client) -> None:
    a = store.head(workspace)
    changes = [
        Change("organisation", "organisation", {"name": "Acme", "currency": "EUR"}),
        Change("vocabulary", "vocabulary", {"objective": "key result"}),
        Change("rules", "rules", {"ignore": [{"rule": "VAL01", "reason": "So it is."}]}),
        Change("plan", "plan", {"revised": "2026-03-04"}),
    ]
    store.commit(workspace, None, changes)
    page = owner.get(COMPARE, {"a": a, "b": a + 1}).content.decode()
    for words in ("EUR", "key result", "So it is.", "2026-03-04"):
        assert words in page, words


def test_within_a_scenario_an_earlier_plan_is_the_plan_of_then(workspace: Workspace, plan: Plan) -> None:
    a, b = _change(workspace, plan)
    scenario = Scenario.objects.create(workspace=workspace, name="Bolder", base=b)
    store.commit(workspace, None, [Change("values", "bold", {"title": "Bold"})], scenario=scenario)

    assert store.read(workspace, number=a, scenario=scenario) == store.read(workspace, number=a)
    own = comparing.between(workspace, b, store.head(workspace, scenario), scenario)
    assert [(one.element, one.kind) for one in own] == [("bold", ChangeKind.added)]
    assert len(comparing.between(workspace, a, store.head(workspace, scenario), scenario)) == 4


def test_long_texts_are_one_text_with_what_changed() -> None:
    old = "Valves that tell when they wear, made in Yverdon since 1954."
    found = difference(old, old.replace("wear", "will wear out"))

    assert Stretch("same", "Valves that tell when they ") in found
    assert "".join(one.text for one in found if one.kind != "new") == old
    assert {one.kind for one in found} == {"same", "new"}


def test_far_from_a_change_the_text_is_left_out() -> None:
    old = " ".join(f"word{n}" for n in range(200))
    found = difference(old, old.replace("word100", "another"))

    assert sum(len(one.text) for one in found) < 300
    assert found[0].text.startswith(" … ")


@pytest.mark.parametrize(
    ("old", "new"),
    [("Short", "Shorter"), ("x" * 30, "Something else altogether, and long."), (None, "x" * 40), (1, 2)],
)
def test_what_is_easier_to_read_side_by_side_stays_so(old: object, new: object) -> None:
    assert difference(old, new) == ()


def test_lists_tell_the_lines_that_differ() -> None:
    one, two = verbatim("one"), verbatim("two")
    assert difference((one, "stays"), ("stays", two)) == (Stretch("gone", one), Stretch("new", two))
