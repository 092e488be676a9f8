"""The OpenAPI document: valid, complete, and what the API really answers."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.api.service import api as service
from tests.web.api.conftest import Api


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(json.dumps(service.get_openapi_schema()))


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(_references, node.values()))
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    assert _references(document) - there == set()
    assert "x-shape" not in json.dumps(document)


def test_every_component_is_a_json_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    operations = [one for path in document["paths"].values() for one in path.values()]

    assert len({one["operationId"] for one in operations}) == len(operations) == 33
    for one in operations:
        assert one["summary"]
        assert one["description"]
        assert one["tags"]
        assert {"401", "403", "404", "422", "429"} <= set(one["responses"])
        assert one["security"]


def test_every_element_of_the_plan_is_typed_by_its_own_model(document: dict[str, Any]) -> None:
    offered = {
        one["$ref"].rpartition("/")[2] for one in document["components"]["schemas"]["Element"]["anyOf"]
    }

    assert offered == {model.__name__ for model in SECTIONS.values()}


def test_the_document_is_served(db: None) -> None:
    assert Client().get("/api/openapi.json").json()["info"]["title"] == "Gouvernail"


def _schema(document: dict[str, Any], path: str, verb: str, status: int) -> dict[str, Any]:
    answer = document["paths"][path][verb]["responses"][str(status)]["content"]
    (kind,) = answer
    return {**answer[kind]["schema"], "components": document["components"]}


ROOT = "/api/organisations/{slug}"
READS = [
    ("organisations", "/api/organisations"),
    ("organisations/acme", ROOT),
    ("organisations/acme/plan", f"{ROOT}/plan"),
    ("organisations/acme/plan/elements?section=objectives", f"{ROOT}/plan/elements"),
    ("organisations/acme/revisions", f"{ROOT}/revisions"),
    ("organisations/acme/revisions/1", f"{ROOT}/revisions/{{number}}"),
    ("organisations/acme/imports", f"{ROOT}/imports"),
    ("organisations/acme/bearings", f"{ROOT}/bearings"),
    ("organisations/acme/findings", f"{ROOT}/findings"),
    ("organisations/acme/explanations", f"{ROOT}/explanations"),
    ("organisations/acme/experiments", f"{ROOT}/experiments"),
    ("organisations/acme/forecasts", f"{ROOT}/forecasts"),
    ("organisations/acme/attribution", f"{ROOT}/attribution"),
    ("organisations/acme/geo/panels", f"{ROOT}/geo/panels"),
    ("metrics", "/api/metrics"),
    ("rules", "/api/rules"),
    ("channels", "/api/channels"),
]


@pytest.mark.parametrize(("call", "path"), READS, ids=[call for call, _ in READS])
def test_answers_are_as_the_document_says(
    call: str, path: str, document: dict[str, Any], api: Api, plan: Plan
) -> None:
    answer = api("get", call)

    assert answer.status_code == 200, answer.content
    Draft202012Validator(_schema(document, path, "get", 200)).validate(answer.json())


def test_a_problem_is_as_the_document_says(document: dict[str, Any], api: Api) -> None:
    answer = api("get", "organisations/nowhere")

    assert answer.headers["Content-Type"] == "application/problem+json"
    Draft202012Validator(_schema(document, ROOT, "get", 404)).validate(answer.json())


def test_the_bearing_is_as_the_document_says(document: dict[str, Any], api: Api, plan: Plan) -> None:
    ordered = api("post", "organisations/acme/bearings", {})
    content = api("get", f"organisations/acme/bearings/{ordered.json()['id']}/content")

    assert ordered.status_code == 200
    path = f"{ROOT}/bearings/{{id}}/content"
    Draft202012Validator(_schema(document, path, "get", 200)).validate(content.json())
