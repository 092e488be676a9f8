"""Experiments through the API: those of the bearing, one of them, and the size of one to come."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gouvernail.bearing.designed_json import json_schema
from gouvernail.plan.load import load_text
from gouvernail.warehouse.lake import Lake
from gouvernail.web.api.service import api as service
from gouvernail.web.bearings.models import BearingRecord
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.api.conftest import Api, MakeApi
from tests.web.conftest import Join
from tests.web.measure import trying

ROOT = "/api/organisations/{slug}"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(json.dumps(service.get_openapi_schema()))


@pytest.fixture
def tried(workspace: Workspace) -> Workspace:
    """An organisation whose plan and data hold experiments."""
    workspace.today = date(2026, 10, 5)
    workspace.save()
    workspace.folder.mkdir(parents=True, exist_ok=True)
    trying.fill(Lake.open(Path(workspace.lake_path)))
    made = load_text("organisation: {name: Acme, currency: CHF}").plan
    store.commit(workspace, None, store.replacement(workspace, made).changes)
    added = [
        store.Change("experiments", one["id"], {name: value for name, value in one.items() if name != "id"})
        for one in trying.PLAN
    ]
    store.commit(workspace, None, added)
    return workspace


def _valid(document: dict[str, Any], path: str, verb: str, told: Any) -> None:
    (kind,) = document["paths"][path][verb]["responses"]["200"]["content"].values()
    Draft202012Validator({**kind["schema"], "components": document["components"]}).validate(told)


def test_experiments_are_listed_filtered_and_read(
    api: Api, tried: Workspace, document: dict[str, Any]
) -> None:
    every = api("get", "organisations/acme/experiments").json()
    running = api("get", "organisations/acme/experiments?state=running").json()
    one = api("get", "organisations/acme/experiments/checkout").json()

    assert [each["id"] for each in every["items"]] == ["checkout", "headline", "later", "Old banner"]
    assert [each["id"] for each in running["items"]] == ["headline"]
    assert one["trial"] == every["items"][0]
    assert one["trial"]["decisions"][0]["verdict"] == "adopt"
    _valid(document, f"{ROOT}/experiments", "get", every)
    _valid(document, f"{ROOT}/experiments/{{id}}", "get", one)


def test_names_of_the_data_are_found_as_they_are_written(api: Api, tried: Workspace) -> None:
    found = api("get", "organisations/acme/experiments/Old%20banner")
    none = api("get", "organisations/acme/experiments/a/b")

    assert found.json()["trial"]["reading"]["refusal"]["code"] == "split"
    assert none.status_code == 404


def test_experiments_wait_for_their_bearing(api: Api, tried: Workspace) -> None:
    api("get", "organisations/acme/experiments")
    BearingRecord.objects.update(state="running")

    listed = api("get", "organisations/acme/experiments")
    one = api("get", "organisations/acme/experiments/checkout")

    assert (listed.status_code, listed.json()["items"]) == (202, [])
    assert (one.status_code, one.json()["trial"]) == (202, None)
    assert api("get", "organisations/acme/experiments?state=odd").status_code == 422


def test_another_organisation_sees_nothing(api_of: MakeApi, join: Join, tried: Workspace) -> None:
    stranger = Workspace.objects.create(slug="other", name="Other")
    program = api_of(join(Role.owner, workspace_=stranger), at=stranger)

    assert program("get", "organisations/acme/experiments").status_code == 404
    assert program("get", "organisations/acme/experiments/checkout").status_code == 404


def test_a_design_is_that_of_the_command(api_of: MakeApi, join: Join, document: dict[str, Any]) -> None:
    reader = api_of(join(Role.owner), write=False)
    asked = {"baseline": 0.03, "uplift": 0.1, "subjects_a_day": 4000, "value_of_one": 40, "cost": 20000}

    answer = reader("post", "experiments/design", asked)

    told = answer.json()
    assert (answer.status_code, told["subjects"], told["days"]) == (200, 106418, 28)
    assert told["gain"] == pytest.approx(155_200)
    Draft202012Validator(json_schema()).validate(told)
    _valid(document, "/api/experiments/design", "post", told)


def test_a_design_that_cannot_be_says_why(api_of: MakeApi, join: Join) -> None:
    program = api_of(join(Role.owner))
    program.language = "fr"

    refused = program("post", "experiments/design", {"baseline": 0.03})
    wrong = program("post", "experiments/design", {"baseline": 3})
    odd = program("post", "experiments/design", {"baseline": "lots"})

    assert (refused.status_code, refused.json()["refusal"]["code"]) == (200, "no_effect")
    assert wrong.status_code == 422
    assert "Le niveau actuel est une part des sujets" in wrong.json()["detail"]
    assert (odd.status_code, odd.json()["errors"][0]["path"]) == (422, "body/asked/baseline")
