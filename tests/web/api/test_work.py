"""Imports, bearings and findings through the API."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.bearings.models import BearingRecord
from gouvernail.web.data.models import Upload
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import AuditEntry, Workspace
from tests.web.api.conftest import Api


def _send(api: Api, name: str, content: bytes):
    return Client().post(
        "/api/organisations/acme/imports",
        {"file": SimpleUploadedFile(name, content)},
        headers={"authorization": f"Bearer {api.key}"},
    )


def test_a_file_is_uploaded_and_followed(api: Api, workspace: Workspace) -> None:
    sent = _send(api, "nonsense.csv", b"a;b\n1;2\n")

    assert sent.status_code == 202
    followed = api("get", f"organisations/acme/imports/{sent.json()['id']}").json()
    assert (followed["name"], followed["size"]) == ("nonsense.csv", 8)
    assert followed["state"] in ("previewed", "refused")
    assert api("get", "organisations/acme/imports").json()["count"] == 1
    assert AuditEntry.objects.filter(what="file.uploaded").exists()


def test_a_file_that_was_refused_is_not_imported(api: Api, workspace: Workspace) -> None:
    sent = _send(api, "nonsense.csv", b"a;b\n1;2\n").json()
    Upload.objects.update(state="refused")

    answer = api("post", f"organisations/acme/imports/{sent['id']}/commit")

    assert answer.status_code == 409
    assert answer.json()["state"] == "refused"


def test_what_is_too_large_is_told(api: Api, workspace: Workspace, settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    file = _send(api, "large.csv", b"a" * (1024 * 1024 + 1))
    body = api("post", "organisations/acme/plan/elements/values", {"title": "x" * 2000})

    assert (file.status_code, file.json()["detail"]) == (413, "Files may have 1 MB at most.")
    assert body.status_code == 413


def test_a_request_without_a_file_is_told(api: Api, workspace: Workspace) -> None:
    answer = api("post", "organisations/acme/imports")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "file/file"


def test_a_bearing_is_ordered_once(api: Api, plan: Plan) -> None:
    first = api("post", "organisations/acme/bearings", {"period": "2026-09"}).json()
    second = api("post", "organisations/acme/bearings", {"period": "2026-09"}).json()

    assert (first["state"], first["id"]) == ("ready", second["id"])
    assert api("get", "organisations/acme/bearings").json()["count"] == 1


def test_a_period_that_is_none_is_told(api: Api, plan: Plan) -> None:
    answer = api("post", "organisations/acme/bearings", {"period": "sometime"})

    assert answer.status_code == 422
    assert "sometime" in answer.json()["detail"]


def test_findings_wait_for_their_bearing(api: Api, plan: Plan) -> None:
    api("get", "organisations/acme/findings")
    BearingRecord.objects.update(state="running")

    answer = api("get", "organisations/acme/findings")

    assert (answer.status_code, answer.json()["items"]) == (202, [])
    assert answer.json()["bearing"]["state"] == "running"


def test_a_finding_is_set_aside_and_taken_up_again(api: Api, workspace: Workspace, plan: Plan) -> None:
    api("post", "organisations/acme/plan/elements/objectives", {"id": "more", "title": "Sell more"})
    found = api("get", "organisations/acme/findings").json()
    one = found["items"][0]
    path = f"organisations/acme/findings/{one['id']}/set-aside"

    done = api("post", path, {"reason": "We know, and wait for the spring."})

    assert done.json() == {"revision": 3}
    (entry,) = store.read(workspace).rules.ignore
    assert (entry.rule, entry.elements, entry.by) == (one["code"], (one["element"],), "Owner")
    after = api("get", "organisations/acme/findings").json()
    assert one["id"] not in [each["id"] for each in after["items"]]
    assert api("post", path, {"reason": "Again"}).json() == {"revision": None}
    assert api("delete", path).json() == {"revision": 4}
    assert not store.read(workspace).rules.ignore


def test_a_finding_needs_a_reason_and_must_exist(api: Api, plan: Plan) -> None:
    assert (
        api("post", "organisations/acme/findings/VAL01:values/set-aside", {"reason": ""}).status_code == 422
    )
    for wrong in ("XXX99:values", "VAL01:nobody", "VAL01"):
        answer = api("post", f"organisations/acme/findings/{wrong}/set-aside", {"reason": "We know."})
        assert answer.status_code == 404


def test_findings_are_filtered(api: Api, plan: Plan) -> None:
    api("post", "organisations/acme/plan/elements/objectives", {"id": "more", "title": "Sell more"})
    every = api("get", "organisations/acme/findings").json()["items"]
    severity = every[0]["severity"]

    some = api("get", f"organisations/acme/findings?severity={severity}").json()

    assert some["count"] == sum(1 for one in every if one["severity"] == severity)
    assert api("get", "organisations/acme/findings?severity=dreadful").status_code == 422
    assert api("get", "organisations/acme/findings?page=99").json()["items"] == []


def test_forecasts_wait_for_their_bearing_and_are_filtered(api: Api, plan: Plan) -> None:
    every = api("get", "organisations/acme/forecasts").json()
    one = api("get", f"organisations/acme/forecasts?objective={plan.objectives[0].id}").json()
    BearingRecord.objects.update(state="running")

    waiting = api("get", "organisations/acme/forecasts")

    assert every["count"] == len(plan.objectives)
    assert [each["objective"] for each in one["items"]] == [plan.objectives[0].id]
    assert all((each["forecast"] is None) != (each["refusal"] is None) for each in every["items"])
    assert (waiting.status_code, waiting.json()["items"]) == (202, [])


def test_explanations_wait_for_their_bearing_and_are_filtered(api: Api, plan: Plan) -> None:
    api("get", "organisations/acme/explanations")
    BearingRecord.objects.update(state="running")

    answer = api("get", "organisations/acme/explanations?kind=gap")

    assert (answer.status_code, answer.json()["items"]) == (202, [])
    assert api("get", "organisations/acme/explanations?kind=guess").status_code == 422
