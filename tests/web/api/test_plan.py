"""The plan through the API: elements with their revisions, two writers, problems in the caller's language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.api.conftest import Api, MakeApi
from tests.web.conftest import Join

ELEMENTS = "organisations/acme/plan/elements"


def test_the_plan_reads_back_as_it_is(api: Api, plan: Plan) -> None:
    answer = api("get", "organisations/acme/plan").json()

    assert Plan.model_validate(answer["plan"]) == plan
    assert (answer["revision"], answer["scenario"]) == (1, None)


def test_an_element_is_added_changed_and_taken_out(api: Api, workspace: Workspace) -> None:
    made = api("post", f"{ELEMENTS}/values?note=First", {"title": "Plain words"})
    assert made.status_code == 201
    one = made.json()
    assert (one["id"], one["revision"], made.headers["ETag"]) == ("plain-words", 1, '"1"')

    changed = api(
        "put", f"{ELEMENTS}/values/plain-words", {**one["element"], "text": "We say it plainly."}, base=1
    )
    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    assert store.read(workspace).values[0].text == "We say it plainly."

    gone = api("delete", f"{ELEMENTS}/values/plain-words", base=2)
    assert (gone.status_code, gone.content) == (204, b"")
    assert api("get", f"{ELEMENTS}/values/plain-words").status_code == 404
    again = api("post", f"{ELEMENTS}/values", {"id": "plain-words", "title": "Plain words"})
    assert (again.status_code, again.json()["revision"]) == (201, 4)
    assert [one.note for one in PlanRevision.objects.order_by("number")] == ["First", "", "", ""]


def test_two_writers_get_both_versions(api: Api, api_of: MakeApi, join: Join) -> None:
    api("post", f"{ELEMENTS}/values", {"id": "v", "title": "One"})
    other = api_of(join(Role.marketing))
    other("put", f"{ELEMENTS}/values/v", {"title": "Theirs"}, base=1)

    answer = api("put", f"{ELEMENTS}/values/v", {"title": "Mine"}, base=1)

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["theirs"]["element"] == {"id": "v", "title": "Theirs"}
    assert (problem["theirs"]["revision"], problem["theirs"]["author"]) == (2, "Marketing")
    assert problem["mine"] == {"id": "v", "title": "Mine"}
    assert api("put", f"{ELEMENTS}/values/v", {"title": "Mine"}, base=2).status_code == 200


def test_what_was_taken_out_meanwhile_comes_back_as_a_conflict(api: Api) -> None:
    api("post", f"{ELEMENTS}/values", {"id": "v", "title": "One"})
    api("delete", f"{ELEMENTS}/values/v", base=1)

    answer = api("put", f"{ELEMENTS}/values/v", {"title": "Mine"}, base=1)

    assert (answer.status_code, answer.json()["theirs"]["element"]) == (409, None)


def test_a_change_names_the_revision_that_it_saw(api: Api) -> None:
    api("post", f"{ELEMENTS}/values", {"id": "v", "title": "One"})

    assert api("put", f"{ELEMENTS}/values/v", {"title": "Two"}).status_code == 428
    assert api("delete", f"{ELEMENTS}/values/v").status_code == 428
    assert api("put", f"{ELEMENTS}/values/v", {"title": "Two"}, base="latest").status_code == 400
    assert (
        api("post", f"{ELEMENTS}/values", {"id": "v", "title": "Two"}).json()["type"] == "about:blank#exists"
    )


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "“colour” is not a field"), ("fr", "« colour » n’est pas un champ")],
)
def test_what_the_plan_refuses_is_said_in_the_callers_language(language: str, message: str, api: Api) -> None:
    api.language = language

    answer = api("post", f"{ELEMENTS}/values", {"id": "v", "colour": "blue"})

    assert (answer.status_code, answer.headers["Content-Language"]) == (422, language)
    (error,) = answer.json()["errors"]
    assert error["path"] == "colour"
    assert error["message"].replace("\u00a0", " ").startswith(message)


@pytest.mark.parametrize("path", [f"{ELEMENTS}/nothing", f"{ELEMENTS}/values/none", f"{ELEMENTS}?section=x"])
def test_what_is_not_there_is_not_found(path: str, api: Api) -> None:
    verb = "post" if path.endswith("nothing") else "get"

    assert api(verb, path, {} if verb == "post" else None).status_code == 404


def test_a_body_that_is_no_json_is_told(api: Api) -> None:
    from django.test import Client

    answer = Client().post(
        f"/api/{ELEMENTS}/values",
        "{",
        content_type="application/json",
        headers={"authorization": f"Bearer {api.key}"},
    )

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("n", [1, 3, 300])
@pytest.mark.parametrize(("path", "queries"), [("plan/elements", 5), ("revisions", 5), ("plan", 5)])
def test_queries_do_not_grow_with_the_list(
    path: str, queries: int, n: int, api: Api, workspace: Workspace
) -> None:
    changes = [store.Change("values", f"v{i}", {"title": f"Value {i}"}) for i in range(n)]
    store.commit(workspace, None, changes)
    PlanRevision.objects.bulk_create(PlanRevision(workspace=workspace, number=i) for i in range(2, n + 1))
    api("get", f"organisations/acme/{path}")

    with CaptureQueriesContext(connection) as counted:
        answer = api("get", f"organisations/acme/{path}?per_page=200")

    assert answer.json().get("count", n) == n
    assert len(counted) <= queries, [one["sql"] for one in counted]
