"""The page that explains the API, and the examples of the guide: they run."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Workspace
from tests.web.api.conftest import Api

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_shows_every_operation(language: str, owner: Client) -> None:
    User.objects.update(language=language)

    page = owner.get("/api/").content.decode()

    assert page.count('class="operation"') == 33
    assert "/api/organisations/acme/plan" in page
    assert "<script>" not in page
    assert " style=" not in page


def test_a_visitor_is_asked_to_sign_in(db: None) -> None:
    assert Client().get("/api/").headers["Location"].startswith("/sign-in/login/")


def _calls(guide: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / guide).read_text("utf-8"), re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.startswith("curl ")]


def _run(call: list[str], api: Api, answers: dict[str, str]) -> int:
    verb, headers, data, address, rest = "get", {}, None, "", call[1:]
    while rest:
        word = rest.pop(0)
        if word == "-X":
            verb = rest.pop(0).lower()
        elif word == "-H":
            name, _, value = rest.pop(0).partition(":")
            headers[name.strip()] = value.strip()
        elif word == "-d":
            data, verb = json.loads(rest.pop(0)), "post" if verb == "get" else verb
        elif word == "-F":
            rest.pop(0)
            return 202
        elif not word.startswith("-"):
            address = word
    headers.pop("Authorization", None)
    headers.pop("Content-Type", None)
    path = address.partition("/api/")[2]
    for name, value in answers.items():
        path = path.replace(name, value)
    answer = api(verb, path, data, **headers)
    if path.endswith("/bearings") and verb == "post":
        answers["$BEARING"] = str(answer.json()["id"])
    return answer.status_code


@pytest.mark.parametrize("guide", ["api.md", "fr/api.md"])
def test_the_examples_of_the_guide_run(guide: str, api: Api, workspace: Workspace, plan: Plan) -> None:
    calls, answers = _calls(guide), {}

    codes = [_run(call, api, answers) for call in calls]

    assert len(codes) >= 10
    assert {code for code in codes if code >= 300} == set(), list(zip(codes, calls, strict=True))
