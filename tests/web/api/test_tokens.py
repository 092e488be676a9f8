"""Tokens: shown once, kept as a hash, bound to one organisation, worth no more than their owner's role."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.api.models import Token
from gouvernail.web.workspaces.models import AuditEntry, Membership, Role, Workspace
from tests.web.api.conftest import Api, MakeApi
from tests.web.conftest import Join, SignedIn

NEW = {"name": "Nightly", "scope": "read", "days": "30"}


def test_the_key_is_shown_once_and_only_its_hash_is_kept(owner: Client) -> None:
    shown = re.search(r"gvn_[\w-]{43}", owner.post("/o/acme/settings/tokens", NEW).content.decode())

    assert shown
    kept = Token.objects.get()
    assert kept.hash == hashlib.sha256(shown[0].encode()).hexdigest()
    assert shown[0] not in owner.get("/o/acme/settings/tokens").content.decode()
    assert shown[0] not in str(list(AuditEntry.objects.values()))
    assert Api(shown[0])("get", "organisations").status_code == 200


def test_use_is_noted(api: Api) -> None:
    assert Token.objects.get().used is None

    api("get", "organisations")

    assert Token.objects.get().used is not None


@pytest.mark.parametrize(
    "broken",
    [
        {"revoked": timezone.now()},
        {"expires": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_a_token_that_ended_is_refused(broken: dict, api: Api) -> None:
    Token.objects.update(**broken)

    answer = api("get", "organisations")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_key_is_refused_even_beside_a_session(owner: Client) -> None:
    assert owner.get("/api/organisations").status_code == 200
    assert owner.get("/api/organisations", headers={"authorization": "Bearer gvn_x"}).status_code == 401


def test_nobody_calls_without_token_or_session(db: None) -> None:
    assert Client().get("/api/organisations").status_code == 401
    assert Client().post("/api/organisations/acme/bearings").status_code == 401


def test_a_token_that_reads_writes_nothing(api_of: MakeApi, join: Join, plan: Plan) -> None:
    api = api_of(join(Role.owner), write=False)
    path = "organisations/acme/plan/elements/values"

    assert api("get", path.rpartition("/")[0]).status_code == 200
    refused = api("post", path, {"title": "New"})

    assert (refused.status_code, refused.json()["type"]) == (403, "about:blank#scope")
    assert api("post", "organisations/acme/bearings", {}).status_code == 200


WRITES = [
    ("post", "plan/elements/values", {"title": "New"}, "edit"),
    ("put", "plan/elements/values/x", {"title": "New"}, "edit"),
    ("delete", "plan/elements/values/x", None, "edit"),
    ("post", "imports", None, "bring"),
    ("post", "imports/1/commit", None, "bring"),
    ("post", "findings/VAL01:values/set-aside", {"reason": "We know."}, "edit"),
    ("delete", "findings/VAL01:values/set-aside", None, "edit"),
]
READS = ["", "/plan", "/plan/elements", "/revisions", "/bearings", "/findings"]
MAY = {
    "owner": {"read", "edit", "bring"},
    "management": {"read", "edit", "bring"},
    "marketing": {"read", "edit", "bring"},
    "sales": {"read", "edit", "bring"},
    "contributor": {"read", "edit"},
    "partner": set(),
    "reader": {"read"},
}


@pytest.mark.parametrize("role", Role.values)
def test_a_token_may_what_the_role_of_its_owner_may(
    role: str, api_of: MakeApi, join: Join, workspace: Workspace
) -> None:
    api = api_of(join(role))

    for path in READS:
        allowed = "read" in MAY[role]
        assert (api("get", f"organisations/acme{path}").status_code == 200) == allowed, path
    for verb, path, body, permission in WRITES:
        if path == "imports":
            file = {"file": SimpleUploadedFile("x.csv", b"a;b")}
            answer = Client().post(
                f"/api/organisations/acme/{path}", file, headers={"authorization": f"Bearer {api.key}"}
            )
        else:
            answer = api(verb, f"organisations/acme/{path}", body)
        assert (answer.status_code == 403) == (permission not in MAY[role]), (path, answer.content)


def test_a_token_loses_its_power_with_its_owners_place(api: Api) -> None:
    Membership.objects.update(role=Role.reader)
    assert api("post", "organisations/acme/plan/elements/values", {"title": "New"}).status_code == 403

    Membership.objects.all().delete()

    assert api("get", "organisations/acme").status_code == 404


def test_a_token_opens_its_own_organisation_only(api_of: MakeApi, join: Join, workspace: Workspace) -> None:
    user = join(Role.owner)
    other = Workspace.objects.create(slug="rival", name="Rival")
    Membership.objects.create(workspace=other, user=user, role=Role.owner)
    api = api_of(user)

    assert [one["slug"] for one in api("get", "organisations").json()["items"]] == ["acme"]
    hidden, nowhere = api("get", "organisations/rival"), api("get", "organisations/never-was")
    assert hidden.status_code == nowhere.status_code == 404
    assert hidden.content.replace(b"rival", b"") == nowhere.content.replace(b"never-was", b"")


@pytest.mark.parametrize("path", ["", *READS, "/imports", "/revisions/1", "/bearings/1", "/imports/1"])
def test_another_organisation_is_not_found(path: str, api_of: MakeApi, workspace: Workspace) -> None:
    outsider = User.objects.create_user("out@side.example")
    other = Workspace.objects.create(slug="theirs", name="Theirs")
    Membership.objects.create(workspace=other, user=outsider, role=Role.owner)

    assert api_of(outsider, at=other)("get", f"organisations/acme{path}").status_code == 404


def test_a_session_changes_nothing_without_the_csrf_token(join: Join, workspace: Workspace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(join(Role.owner))
    path = "/api/organisations/acme/plan/elements/values"

    refused = client.post(path, {"title": "New"}, content_type="application/json")

    assert refused.status_code == 403
    assert refused.json()["type"] == "about:blank#csrf"
    client.get("/o/acme/settings/tokens")
    token = client.cookies["gouvernail_csrf"].value
    made = client.post(
        path, {"title": "New"}, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert made.status_code == 201


def test_one_sees_ones_own_tokens_and_the_owner_all(
    join: Join, signed_in: SignedIn, workspace: Workspace
) -> None:
    reader, owner = join(Role.reader), join(Role.owner)
    keys.make(workspace, owner, "Owner’s", write=True, expires=None)
    mine, _ = keys.make(workspace, reader, "Reader’s", write=False, expires=None)
    theirs = Token.objects.exclude(pk=mine.pk).get()

    seen = signed_in(reader).get("/o/acme/settings/tokens").content.decode()
    assert "Reader’s" in seen
    assert "Owner’s" not in seen
    assert signed_in(reader).post(f"/o/acme/settings/tokens/{theirs.pk}/revoke").status_code == 404
    signed_in(owner).post(f"/o/acme/settings/tokens/{mine.pk}/revoke")
    mine.refresh_from_db()
    assert mine.revoked


def test_calls_are_counted_and_too_many_wait(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouvernail.web.api.caller.A_MINUTE", 2)

    answers = [api("get", "organisations") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
