import pytest
import yaml
from jsonschema import Draft7Validator

from gouvernail.base.errors import UsageError
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import load_text
from gouvernail.plan.references import misdirected
from gouvernail.plan.schema import FILE_NAME, json_schema
from gouvernail.plan.template import template
from tests.plan.core_yaml import as_json

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


@BOTH
def test_template_loads_as_a_plan_of_that_name(language: str) -> None:
    loaded = load_text(template('Café "Étoile": & fils', language))

    assert loaded.plan.organisation.name == 'Café "Étoile": & fils'
    assert loaded.plan.organisation.language == language


@BOTH
def test_template_is_one_whole_chain(language: str) -> None:
    plan = load_text(template("x", language)).plan
    graph = Graph(plan)

    assert graph.dangling() == []
    assert misdirected(plan) == []
    assert graph.cycles() == []
    assert [len(graph.business_objectives(action.id)) for action in plan.actions] == [1]
    assert len(graph.to_values(plan.actions[0].id)) == 1


@BOTH
def test_template_validates_against_its_schema(language: str) -> None:
    text = template("x", language)

    assert text.startswith(f"# yaml-language-server: $schema=./{FILE_NAME}\n")
    assert [error.message for error in Draft7Validator(json_schema()).iter_errors(as_json(text))] == []


@BOTH
def test_template_formulas_have_no_fault(language: str) -> None:
    plan = load_text(template("x", language)).plan

    trees, faults = parse_drivers(plan, {"revenue", "sql", "win_rate", "average_deal_value"})

    assert (list(trees), faults) == (["revenue"], [])


def test_both_templates_say_the_same() -> None:
    def outline(language: str) -> dict[str, int]:
        data = yaml.safe_load(template("x", language))
        return {name: len(section) for name, section in data.items() if isinstance(section, list | dict)}

    assert outline("en") == outline("fr")


def test_template_in_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError):
        template("x", "de")
