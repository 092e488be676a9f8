from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from gouvernail.plan.dump import dump_plan, rewrite
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Link, Objective, Plan, Value
from gouvernail.plan.schema import json_schema
from gouvernail.plan.template import template
from tests.plan.core_yaml import as_json
from tests.plan.strategies import plans

SCHEMA = Draft7Validator(json_schema())


@settings(max_examples=30)
@given(plans())
def test_dump_reads_back_as_the_same_plan(plan: Plan) -> None:
    again = load_text(dump_plan(plan))

    assert again.plan == plan


@settings(max_examples=15)
@given(plans(), plans())
def test_rewrite_reads_back_as_the_new_plan(old: Plan, new: Plan) -> None:
    assert load_text(rewrite(dump_plan(old), new)).plan == new


COMMENTED = """\
# Our plan
organisation: {name: Acme, country: NO}  # the company
# What we want
objectives:
  # the first
  - id: growth   # its id
    due: 2026-12-31
    target: 1.50 # exact
    serves: courage
  - id: fame
    serves: {courage: 2, growth: 1.5}
values:
  - id: courage
"""


def test_rewrite_keeps_comments_and_touches_only_what_changed() -> None:
    plan = load_text(COMMENTED).plan
    growth, fame = plan.objectives
    changed = plan.model_copy(
        update={
            "objectives": (
                growth.model_copy(update={"target": Decimal("2.75"), "title": "Growth"}),
                fame,
                Objective(id="love", tags=("a", "b")),
            )
        }
    )

    assert rewrite(COMMENTED, changed) == COMMENTED.replace("1.50 #", "2.75 #").replace(
        "    serves: courage\n", "    serves: courage\n    title: Growth\n"
    ).replace("growth: 1.5}\n", "growth: 1.5}\n  - id: love\n    tags: [a, b]\n")


def test_rewrite_of_the_same_plan_changes_nothing() -> None:
    assert rewrite(COMMENTED, load_text(COMMENTED).plan) == COMMENTED


def test_rewrite_removes_elements_and_fields() -> None:
    plan = load_text(COMMENTED).plan
    growth, _ = plan.objectives
    changed = plan.model_copy(update={"objectives": (growth.model_copy(update={"due": None}),)})

    written = rewrite(COMMENTED, changed)

    assert load_text(written).plan == changed
    assert "# its id" in written
    assert "fame" not in written


def test_dump_is_short() -> None:
    plan = Plan(
        objectives=(
            Objective(id="a", serves=(Link(id="x"),)),
            Objective(id="b", serves=(Link(id="x"), Link(id="y")), target=Decimal("1200000")),
            Objective(id="c", serves=(Link(id="x", weight=Decimal(2)), Link(id="y")), due=date(2026, 12, 31)),
        )
    )

    assert dump_plan(plan) == (
        "version: 1\n"
        "objectives:\n"
        "- id: a\n  serves: x\n"
        "- id: b\n  serves: [x, y]\n  target: 1200000\n"
        "- id: c\n  serves: {x: 2, y: 1}\n  due: 2026-12-31\n"
    )


@settings(max_examples=20)
@given(plans())
def test_dump_validates_against_the_schema(plan: Plan) -> None:
    assert [error.message for error in SCHEMA.iter_errors(as_json(dump_plan(plan)))] == []


def _above(text: str) -> dict[str, list[str]]:
    """Section → the comment lines right above it."""
    found: dict[str, list[str]] = {}
    comments: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            if not line.startswith(" "):
                found[line.partition(":")[0]] = comments
            comments = []
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_comment_stays_above_its_section_when_the_one_before_grows(section: str, language: str) -> None:
    text = template("Acme", language)
    plan = load_text(text).plan
    elements = getattr(plan, section)
    grown = tuple(one.model_copy(update={"tags": ("new", "more"), "owner": "who"}) for one in elements)
    added = (*grown, *(one.model_copy(update={"id": "one-more"}) for one in elements[:1]))

    for changed in (grown, added, elements[1:]) if elements else ():
        after = rewrite(text, plan.model_copy(update={section: changed}))

        assert {name: above for name, above in _above(text).items() if changed or name != section} == _above(
            after
        )


def test_a_new_section_stands_in_the_order_of_the_chain_under_its_comment() -> None:
    text = "# Ours\nversion: 1\n\n# What we do\nactions:\n  - id: fair\n"
    plan = load_text(text).plan.model_copy(update={"values": (Value(id="care"),)})

    assert rewrite(text, plan, {"values": "What we hold to"}) == (
        "# Ours\nversion: 1\n\n# What we hold to\nvalues:\n  - id: care\n\n# What we do\nactions:\n  - id: fair\n"
    )
