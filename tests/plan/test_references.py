from __future__ import annotations

from gouvernail.plan.graph import Graph
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Element, Record
from gouvernail.plan.references import FIELDS, misdirected
from gouvernail.plan.wording import model_at


def test_every_field_that_names_an_element_is_known() -> None:
    """A field added to the model as `Ref` or `Refs` must be added to `FIELDS` too."""
    assert {model: set(fields) for model, fields in FIELDS.items()} == {
        model: found
        for section, model in SECTIONS.items()
        if (found := set(reference_fields(model, section)))
    }


def reference_fields(model: type[Record], section: str, prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        if "The id of another element" in repr(field) and name not in Element.model_fields:
            found.append(prefix + name)
        inner = model_at((section, *filter(None, prefix.split(".")), name))
        if inner is not None and not prefix and name not in Element.model_fields:
            found.extend(reference_fields(inner, section, f"{name}."))
    return found


def test_references_to_nothing_are_found_in_every_field() -> None:
    plan = load_text(
        "objectives:\n  - {id: growth, owner: nobody, serves: nothing, scope: {segments: none}, shared_with: [x]}\n"
        "actions:\n  - {id: launch, serves: growth, audience: {personas: [ann]}, envelope: e, sprint: s}\n"
        "people:\n  - {id: bob, team: t}\n"
        "rules: {ignore: [{rule: VAL02, elements: [gone], reason: because}]}\n"
    ).plan

    assert Graph(plan).dangling() == [
        ("growth", "owner", "nobody"),
        ("growth", "serves", "nothing"),
        ("growth", "scope.segments", "none"),
        ("growth", "shared_with", "x"),
        ("launch", "audience.personas", "ann"),
        ("launch", "envelope", "e"),
        ("launch", "sprint", "s"),
        ("bob", "team", "t"),
        ("rules", "ignore.elements", "gone"),
    ]


def test_reference_to_the_wrong_kind_is_misdirected() -> None:
    plan = load_text(
        "teams:\n  - id: marketing\nactions:\n"
        "  - {id: one, owner: marketing}\n  - {id: two, audience: {segments: [marketing]}, owner: one}\n"
    ).plan

    assert [(one.element, one.field, one.target) for one in misdirected(plan)] == [
        ("two", "owner", "one"),
        ("two", "audience.segments", "marketing"),
    ]
