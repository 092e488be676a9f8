"""Asked about one element, the rules say what they say of it when asked about the whole plan."""

from datetime import date

import pytest

from benchmarks.plan_check import plan_text
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.focus import ONE_BY_ONE, TOGETHER, Outlook, with_element
from gouvernail.checks.index import Index
from gouvernail.checks.runner import check
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Element, Plan
from gouvernail.plan.template import template
from gouvernail.simulate.catalogue import COMPANIES
from tests.checks.casebook import cases

TODAY = date(2026, 10, 1)
SECTION_OF = {model.kind: section for section, model in SECTIONS.items()}


def _asked_of_each(plan: Plan, today: date, elements: list[Element]) -> None:
    outlook = Outlook(plan)
    everything = check(plan, today=today).findings
    for element in elements:
        said = outlook.verdict(SECTION_OF[element.kind], element, today)
        assert said == tuple(one for one in everything if one.element == element.id)


@pytest.mark.parametrize("code", sorted({case.rule for case in cases()}))
def test_the_same_is_said_of_every_element_of_every_case(code: str) -> None:
    for case in cases():
        if case.rule == code:
            plan = Plan.model_validate(case.plan)
            _asked_of_each(plan, case.today, list(plan.by_id.values()))


@pytest.mark.parametrize("text", ["template", "bench", *COMPANIES])
def test_the_same_is_said_of_every_element_of_whole_plans(text: str) -> None:
    if text == "template":
        plan = load_text(template("Acme", "en")).plan
    elif text == "bench":
        plan = load_text(plan_text(60)).plan
    else:
        plan = load_text(COMPANIES[text].revisions[-1]).plan
    _asked_of_each(plan, TODAY, list(plan.elements()))


CHANGES = {
    "actions": (
        {"title": "Another"},
        {"budget": None},
        {"budget": 99_999},
        {"serves": ()},
        {"status": "idea"},
        {"channel": "tiktok"},
        {"owner": "nobody"},
        {"id": "quite-new"},
    ),
    "objectives": (
        {"target": 1},
        {"level": "business"},
        {"serves": ()},
        {"metric": "revenue"},
        {"due": "2020-01-01"},
        {"budget": 5},
        {"id": "quite-new"},
    ),
}


def _drafts(plan: Plan) -> list[tuple[str, Element]]:
    return [
        (section, type(one).model_validate({**one.model_dump(), **change}))
        for section, changes in CHANGES.items()
        for one in getattr(plan, section)[:3]
        for change in changes
    ]


@pytest.mark.parametrize("text", ["bench", *COMPANIES])
def test_a_draft_is_judged_as_if_it_stood_in_the_plan(text: str) -> None:
    source = plan_text(60) if text == "bench" else COMPANIES[text].revisions[-1]
    plan = load_text(source).plan
    outlook = Outlook(plan)
    for section, draft in _drafts(plan):
        made = with_element(plan, section, draft)
        wanted = [one for one in check(made, today=TODAY).findings if one.element == draft.id]
        assert list(outlook.verdict(section, draft, TODAY)) == wanted


def test_an_index_over_another_holds_what_one_made_afresh_holds() -> None:
    plan = load_text(COMPANIES["antoine"].revisions[-1]).plan
    whole = Index(plan)
    for section, draft in _drafts(plan):
        made = with_element(plan, section, draft)
        over, fresh = whole.over(made, section, draft.id), Index(made)
        names = (
            "actions",
            "children",
            "business",
            "serving_business",
            "with_action",
            "with_money",
            "_behind",
        )
        for name in (*names, "baselines", "business_metrics", "metrics", "channels"):
            assert getattr(over, name) == getattr(fresh, name), (name, draft.id)


def test_an_outlook_after_a_change_judges_as_one_made_afresh() -> None:
    plan = load_text(COMPANIES["antoine"].revisions[-1]).plan
    first, *others = plan.actions
    steps = [
        plan.model_copy(update={"actions": (*others, first)}),
        with_element(plan, "actions", first.model_copy(update={"title": "Another", "budget": None})),
        with_element(plan, "objectives", plan.objectives[0].model_copy(update={"serves": ()})),
        plan.model_copy(update={"actions": tuple(others)}),
        plan.model_copy(update={"actions": (), "objectives": ()}),
        plan.model_copy(update={"organisation": plan.organisation.model_copy(update={"employees": 1})}),
    ]
    outlook = Outlook(plan)
    for step in steps:
        step.__dict__.pop("by_id", None)
        outlook = outlook.after(step)
        for element in (*step.actions, *step.objectives):
            section = SECTION_OF[element.kind]
            assert outlook.verdict(section, element, TODAY) == Outlook(step).verdict(section, element, TODAY)


def test_the_tables_name_rules_and_sections_that_exist() -> None:
    assert not ONE_BY_ONE.keys() & TOGETHER.keys()
    for code, sections in (*ONE_BY_ONE.items(), *TOGETHER.items()):
        assert not RULES[code].measured
        assert sections <= SECTIONS.keys()
