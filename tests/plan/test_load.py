from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.errors import PlanError
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_plan, load_text
from gouvernail.plan.model import Link, Objective, Plan
from tests.plan.strategies import plans, sub_plans


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def objective(fields: str) -> Objective:
    (found,) = load_text(f"objectives:\n  - id: growth\n    {fields}\n").plan.objectives
    return found


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment\n", "---\n", "~\n", "values:\n", "organisation:\n"]
)
def test_empty_file_is_an_empty_plan(text: str) -> None:
    assert load_text(text).plan == Plan()


def test_country_no_is_norway_and_not_a_boolean() -> None:
    plan = load_text("organisation: {country: NO}\nsegments:\n  - id: nordic\n    countries: [NO, SE]\n").plan

    assert plan.organisation.country == "NO"
    assert plan.segments[0].countries == ("NO", "SE")


def test_yes_and_off_are_text_where_text_is_expected_and_answers_where_an_answer_is() -> None:
    plan = load_text(
        "metrics:\n  - {id: calls, title: off, additive: no}\n  - {id: visits, additive: yes}\n"
    ).plan

    assert [(metric.title, metric.additive) for metric in plan.metrics] == [("off", False), ("", True)]


def test_title_that_looks_like_a_number_stays_as_written() -> None:
    assert objective("title: 007").title == "007"


def test_number_is_exact() -> None:
    assert objective("target: 0.1").target == Decimal("0.1")


def test_days_are_days() -> None:
    assert objective("due: 2026-12-31").due == date(2026, 12, 31)


def test_empty_field_is_one_not_given() -> None:
    assert objective("title:\n    due: null\n    target: ~") == Objective(id="growth")


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("a", (Link(id="a"),)),
        ("[a, b]", (Link(id="a"), Link(id="b"))),
        ("{a: 2, b: 1}", (Link(id="a", weight=Decimal(2)), Link(id="b"))),
        ("[a, {id: b, weight: 0.5}]", (Link(id="a"), Link(id="b", weight=Decimal("0.5")))),
        ("{id: a, weight: 3}", (Link(id="a", weight=Decimal(3)),)),
    ],
)
def test_serves_has_short_forms(written: str, links: tuple[Link, ...]) -> None:
    assert objective(f"serves: {written}").serves == links


def test_rule_parameters_are_typed_as_yaml_types_them() -> None:
    plan = load_text(
        "rules:\n  parameters:\n    AUD01: {share: 0.2, count: 3, on: true, words: [a, '1', 2], name: '3', no: NO}\n"
    ).plan

    assert plan.rules.parameters == {
        "AUD01": {"share": 0.2, "count": 3, "on": True, "words": ["a", "1", 2], "name": "3", "no": "NO"}
    }


def test_anchors_and_merges_are_understood() -> None:
    plan = load_text(
        "actions:\n"
        "  - &base {id: one, channel: email, budget: 10}\n"
        "  - <<: *base\n    id: two\n    budget: 20\n"
    ).plan

    assert [(action.id, action.channel, action.budget) for action in plan.actions] == [
        ("one", "email", Decimal(10)),
        ("two", "email", Decimal(20)),
    ]


def test_fault_in_a_merged_field_is_where_it_was_written() -> None:
    with pytest.raises(PlanError) as caught:
        load_text("actions:\n  - &base\n    id: one\n    budget: lots\n  - <<: *base\n    id: two\n")

    assert [fault.line for fault in caught.value.faults] == [4, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "plan.yaml").write_text("values:\r\n  - {id: x, title: Qualité}\r\n", encoding)

    assert load_plan(tmp_path / "plan.yaml").plan.values[0].title == "Qualité"


def test_folder_joins_sections_of_its_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="organisation: {name: Acme}\nobjectives:\n  - id: one\n",
        b="objectives:\n  - id: two\nrules:\n  parameters: {A: {x: 1}}\nvocabulary: {objective: key result}\n",
        c="rules:\n  parameters: {B: {y: 2}}\n  ignore:\n    - {rule: A, reason: because}\nvocabulary: {action: move}\n",
    )
    loaded = load_plan(tmp_path)

    assert [one.id for one in loaded.plan.objectives] == ["one", "two"]
    assert loaded.plan.rules.parameters == {"A": {"x": 1}, "B": {"y": 2}}
    assert [one.rule for one in loaded.plan.rules.ignore] == ["A"]
    assert loaded.plan.vocabulary == {"objective": "key result", "action": "move"}
    assert str(loaded.locations.of("two")) == f"{tmp_path / 'b.yaml'}:2"


def test_folder_faults_are_in_their_own_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="organisation: {name: Acme}\nobjectives:\n  - id: one\n",
        b="organisation: {name: Other}\nobjectives:\n  - id: one\n  - id: two\n    due: soon\n",
        c="values: [\n",
    )
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path)

    found = [(Path(fault.file).name, fault.line, fault.path) for fault in caught.value.faults]
    assert found == [
        ("b.yaml", 1, "organisation"),
        ("b.yaml", 3, "objectives[0].id"),
        ("b.yaml", 5, "objectives[1].due"),
        ("c.yaml", 2, ""),
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(PlanError) as caught:
        load_text("objectives:\n  - id: one\n    due: soon\n    levl: x\nvalus: []\nvalues:\n  - id: one\n")

    assert [fault.line for fault in caught.value.faults] == [3, 4, 5, 7]
    assert "4 faults" in str(caught.value)


def test_missing_plan_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "plan.yaml"):
        with pytest.raises(PlanError) as caught:
            load_plan(path)
        assert "gouvernail init" in str(caught.value)


def test_reference_to_nothing_is_read() -> None:
    assert objective("serves: nobody\n    owner: nobody").owner == "nobody"


def test_locations_of_elements_fields_and_sections() -> None:
    locations = load_text(
        "organisation: {name: x}\nactions:\n\n  - id: launch\n    audience:\n      segments: [a]\n    budget: 3\n"
    ).locations

    assert [
        str(locations.of(*of))
        for of in [
            ("launch",),
            ("launch", "budget"),
            ("launch", "audience.segments"),
            ("launch", "due"),
            ("actions",),
            ("organisation",),
            ("nobody",),
        ]
    ] == ["plan.yaml:4", "plan.yaml:7", "plan.yaml:6", "plan.yaml:4", "plan.yaml:2", "plan.yaml:1", "None"]


def test_digest_is_of_what_the_plan_says() -> None:
    one = load_text("# a\nobjectives:\n  - {id: x, target: 1.50, serves: a}\nvocabulary: {a: b, c: d}\n")
    same = load_text(
        "vocabulary: {c: d, a: b}\nobjectives:\n  - id: x\n    serves: [{id: a}]\n    target: '1.5'\n"
    )
    other = load_text("objectives:\n  - {id: x, target: 1.51, serves: a}\nvocabulary: {a: b, c: d}\n")

    assert one.digest == same.digest != other.digest


@settings(max_examples=20)
@given(plans())
def test_equal_plans_have_one_digest(plan: Plan) -> None:
    text = dump_plan(plan)

    assert load_text(text).digest == load_text("\n# again\n" + text).digest


@settings(max_examples=20)
@given(st.data(), plans())
def test_part_of_a_plan_is_a_plan(data: st.DataObject, plan: Plan) -> None:
    part = data.draw(sub_plans(plan))

    assert load_text(dump_plan(part)).plan == part


@settings(max_examples=20)
@given(plans(max_elements=4), st.data())
def test_damaged_text_is_read_or_refused_but_never_crashes(plan: Plan, data: st.DataObject) -> None:
    text = dump_plan(plan)
    at = data.draw(st.integers(0, len(text)))
    noise = data.draw(st.text("[]{}:-#&*!|>'\"%@`\t\n ?,~<x1", max_size=6))
    cut = data.draw(st.integers(0, 5))
    try:
        load_text(text[:at] + noise + text[at + cut :])
    except PlanError as error:
        assert all(fault.line >= 1 and str(fault.message) for fault in error.faults)


@settings(max_examples=20)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "plan.yaml"
    path.write_bytes(data)
    try:
        load_plan(path)
    except PlanError as error:
        assert error.faults
