"""Forms for every kind of element, from the model: no field is missing, nothing is lost, verdicts never block."""

import html
import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Plan, Record
from gouvernail.plan.template import template
from gouvernail.web.plans import fieldwords, formulas, reading, store
from gouvernail.web.plans.choicewords import CHOICES, KINDS
from gouvernail.web.plans.choicewords import SECTIONS as TITLES
from gouvernail.web.plans.fields import Field, every, fields_of, kind_of, sections
from gouvernail.web.plans.forms import Builder, Control
from gouvernail.web.workspaces.models import Workspace

ALL = sections()


def _records() -> set[type[Record]]:
    return set(ALL.values()) | {
        one.record for model in ALL.values() for one in every(fields_of(model)) if one.record
    }


@pytest.mark.parametrize("section", ALL)
def test_every_field_of_the_model_is_in_its_form(section: str) -> None:
    form = Builder(section, "x", Plan(), "en").form({})
    names = {control.name for control in (*form.basic, *form.more)}

    assert names == set(ALL[section].model_fields)


def test_every_field_has_its_words_and_no_word_is_idle() -> None:
    fields = {(kind_of(model), name) for model in _records() for name in model.model_fields} | {
        ("link", "weight")
    }

    for table in (fieldwords.LABELS, fieldwords.HELPS):
        used = {f"{kind}.{name}" if f"{kind}.{name}" in table else name for kind, name in fields}
        assert used == set(table)


def test_every_choice_kind_and_section_has_its_words() -> None:
    found = {one.enumeration for model in _records() for one in every(fields_of(model)) if one.enumeration}

    assert {one: set(CHOICES[one]) for one in found} == {one: {m.value for m in one} for one in found}
    assert {model.kind for model in SECTIONS.values()} | {"organisation"} == set(KINDS)
    assert set(SECTIONS) <= set(TITLES)


def _posted(control: Control) -> list[tuple[str, str]]:
    """What a browser would send of a control that nobody touched."""
    if control.inner:
        return [pair for one in control.inner for pair in _posted(one)]
    if control.rows:
        return [pair for row in control.rows for one in row for pair in _posted(one)]
    if control.widget in ("boxes", "picker", "select"):
        chosen = [(control.name, one.value) for one in control.choices if one.chosen]
        weights = [(f"{control.name}.weight.{one.value}", one.weight) for one in control.choices]
        return [*(chosen or [(control.name, "")]), *weights]
    return [(control.name, control.value)]


def _sent(form: object) -> QueryDict:
    data = QueryDict(mutable=True)
    for control in (*form.basic, *form.more):  # type: ignore[attr-defined]
        for name, value in _posted(control):
            data.appendlist(name, value)
    return data


def _plans() -> list[Plan]:
    from pathlib import Path

    folder = Path("src/gouvernail/simulate/plans")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.yaml"))]
    return [load_text(text).plan for text in (template("Acme", "fr"), *texts)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_form_kept_untouched_changes_nothing(language: str) -> None:
    for plan in _plans():
        for (section, id), body in store.bodies_of(plan).items():
            if section in ALL:
                form = Builder(section, id, plan, language).form(body)
                draft = reading.read(section, id, _sent(form))
                assert (draft.faults, draft.body) == ({}, body), (section, id)


RICH = {
    "actions": {
        "title": "Fair", "type": "event", "status": "running", "discount": "0.125", "budget": "1234567.891",
        "serves": [{"id": "a", "weight": "2.5"}, {"id": "b"}], "kpis": ["leads", "nothing_known"],
        "audience": {"segments": ["s1", "lost"], "age": {"low": 30}, "countries": ["CH", "DE"]},
        "tracking": [{"value": "x", "field": "utm_campaign", "match": "prefix", "source": "google_ads"}, {"value": "y"}],
        "start": "2026-01-02", "tags": ["a, b", "c; d"],
    },
    "metrics": {
        "title": "Own", "unit": "ratio", "better": "down", "additive": False,
        "measure": {"table": "deals", "how": "count", "where": {"country": ["DE", "CH"], "stage": []}},
    },
    "channels": {"stages": ["awareness", "decision"], "mass": False, "ages": [{"low": 18, "high": 30, "share": "0.333"}]},
    "segments": {"age": {}, "size": 12000},
    "experiments": {"applied": False, "variants": ["A, with", "B"]},
    "benchmarks": {"metric": "lead_to_customer_rate", "value": "0.0125", "source": "X", "year": 2024},
    "objectives": {"metric": "revenue", "baseline": "-1.525", "target": "1000.525", "scope": {"market": "DE", "products": ["p"]}},
    "values": {"former": [{"text": "Was", "until": "2020-01-01"}, {"text": "Before"}], "text": "One\nTwo"},
    "evaluations": {"objective": "o", "date": "2026-02-03", "confidence": "0.7", "value": "3"},
    "organisation": {"currency": "CHF", "exchange_rates": [{"currency": "EUR", "day": "2026-01-01", "rate": "0.95"}]},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("section", RICH)
def test_whatever_a_field_holds_comes_back(section: str, language: str) -> None:
    body = RICH[section]
    form = Builder(section, "x", Plan(), language).form(body)

    draft = reading.read(section, "x", _sent(form))

    assert (draft.faults, draft.body) == ({}, body)


def _fields(page: str) -> set[str]:
    return set(re.findall(r'\bname="([^"]+)"', html.unescape(page)))


@pytest.mark.parametrize("section", ALL)
def test_every_form_opens_and_offers_every_field(
    section: str, workspace: Workspace, plan: Plan, owner: Client
) -> None:
    if section == "organisation":
        address = reverse("element-edit", args=["acme", section, section])
    else:
        address = reverse("element-new", args=["acme", section])

    page = owner.get(address)

    assert page.status_code == 200
    offered = _fields(page.content.decode())
    for one in fields_of(ALL[section]):
        assert _offered(one, offered), one.path


def _offered(one: Field, names: set[str]) -> bool:
    if one.inner:
        return all(
            any(re.fullmatch(_pattern(part), name) for name in names) or _empty(part) for part in one.inner
        )
    return one.path in names or _empty(one)


def _pattern(one: Field) -> str:
    outer, _, inner = one.path.rpartition(".")
    return re.escape(outer) + r"(\.\d+)?\." + re.escape(inner) + r"(\..*)?"


def _empty(one: Field) -> bool:
    """Boxes of a kind that the plan has none of offer nothing."""
    return one.shape.several


def test_a_number_that_cannot_be_read_comes_back_with_its_fault(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    page = owner.post(
        reverse("element-new", args=["acme", "objectives"]),
        {"title": "Grow", "target": "as much as possible"},
    )

    assert page.status_code == 422
    assert "as much as possible” is not a number" in page.content.decode()
    assert 'value="Grow"' in page.content.decode()


def test_a_half_filled_element_is_kept(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post(reverse("element-new", args=["acme", "objectives"]), {"title": "Grow abroad"})

    assert store.read(workspace).by_id["grow-abroad"].title == "Grow abroad"


def test_a_new_element_stands_under_the_one_it_was_added_to(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    parent = plan.objectives[0].id
    page = owner.get(reverse("element-new", args=["acme", "actions"]) + f"?serves={parent}").content.decode()

    assert re.search(rf'name="serves" value="{parent}" checked', page)


def test_the_verdict_stands_beside_its_field(workspace: Workspace, plan: Plan, owner: Client) -> None:
    answer = owner.post(
        reverse("element-verdict", args=["acme", "actions"]), {"title": "Do things", "budget": "12x"}
    ).content.decode()

    fragments = dict(part.split("-verdict", 1) for part in answer.split('<div id="f-')[1:])
    assert "ACT04" in fragments["start"]
    assert "not a number" in fragments["budget"]
    assert "ACT02" in fragments["kpis"]


def test_a_formula_is_checked_beside_it(workspace: Workspace, plan: Plan, owner: Client) -> None:
    answer = owner.post(
        reverse("element-verdict", args=["acme", "drivers"]),
        {"metric": "revenue", "formula": "won_deals * avrage"},
    ).content.decode()

    assert "avrage" in answer


def test_more_than_fits_is_searched_for(workspace: Workspace, plan: Plan, owner: Client) -> None:
    found = owner.get(
        reverse("element-choices", args=["acme", "objectives"]) + "?field=kpis&q=lead"
    ).content.decode()

    assert 'value="leads"' in found
    assert 'value="revenue"' not in found


def test_one_more_row(workspace: Workspace, plan: Plan, owner: Client) -> None:
    row = owner.get(reverse("element-row", args=["acme", "actions"]) + "?field=tracking&n=3").content.decode()

    assert 'name="tracking.3.value"' in row
    assert "n=4" in row


@pytest.mark.parametrize("words", ["1e999999999", "-1e-99999999", "9" * 50, "NaN", "1.500"])
def test_numbers_that_nobody_means_are_refused_at_once(words: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"metric": "leads", "value": words, "source": "x", "year": words})
    draft = reading.read("benchmarks", "b", data)

    assert {"value", "year"} <= set(draft.faults)


def test_a_formula_is_read_out_in_the_names_of_its_metrics(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    form = owner.get(reverse("element-new", args=["acme", "drivers"])).content.decode()
    answer = owner.post(
        reverse("element-verdict", args=["acme", "drivers"]),
        {"metric": "revenue", "formula": "leads*(lead_to_customer_rate - 2)"},
    ).content.decode()

    assert 'data-formula="f-formula"' in form
    assert '<option value="leads">Leads</option>' in form
    assert "Leads × (Lead to customer rate − 2)" in answer
    assert formulas.said("leads *", plan, "fr") == ""
    assert formulas.said("leads / no_such", plan, "fr") == "Leads ÷ no_such"


def test_the_layer_right_above_is_offered_first(workspace: Workspace, plan: Plan, owner: Client) -> None:
    def first(section: str) -> str:
        page = owner.get(reverse("element-new", args=["acme", section])).content.decode()
        return plan.by_id[re.findall(r'name="serves" value="([^"]+)"', page)[0]].kind

    assert (first("actions"), first("visions"), first("missions")) == ("objective", "value", "vision")
