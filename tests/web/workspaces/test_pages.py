"""Every page of the settings, with an empty organisation, with a plan, in both languages, under a count of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gouvernail.base.render import format_value
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.workspaces.models import Invitation, Membership, Role, Workspace
from gouvernail.web.workspaces.records import PARTS
from gouvernail.web.workspaces.trail import record
from tests.web.conftest import Join, SignedIn

PAGES = [
    "",
    "people",
    "roles",
    "trail",
    "facts",
    "words",
    "rules",
    "rules/AUD01",
    "benchmarks",
    "tokens",
    "danger",
    *(f"records/{part}" for part in PARTS),
]
MOST = 15


@pytest.mark.parametrize("page", PAGES)
def test_page_of_an_organisation_without_a_plan(page: str, owner: Client) -> None:
    assert owner.get(f"/o/acme/settings/{page}").status_code == 200


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_page_of_a_plan(page: str, language: str, owner: Client, plan: Plan) -> None:
    User.objects.update(language=language)

    answer = owner.get(f"/o/acme/settings/{page}")

    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("page", PAGES)
def test_a_role_sees_the_page_that_it_may(
    page: str, role: str, workspace: Workspace, join: Join, signed_in: SignedIn
) -> None:
    answer = signed_in(join(role)).get(f"/o/acme/settings/{page}").status_code

    needs = {"danger": {Role.owner}, "benchmarks": set(Role) - {Role.reader, Role.partner}}
    assert answer == (200 if role in needs.get(page, set(Role) - {Role.partner}) else 403)


def _grow(workspace: Workspace, inviter: User, n: int) -> None:
    for i in range(n):
        user = User.objects.create_user(f"person{i}@acme.example", name=f"Person {i}")
        Membership.objects.create(workspace=workspace, user=user, role=Role.reader)
        Invitation.objects.create(workspace=workspace, email=f"guest{i}@acme.example", invited_by=inviter)
        record(workspace, user, "plan.changed", f"objectives/o{i}", revision=i)
        keys.make(workspace, user, f"key {i}", write=False, expires=timezone.now())


@pytest.mark.parametrize("n", [1, 3, 300])
@pytest.mark.parametrize(("page", "queries"), [("people", 9), ("trail", 9), ("tokens", 6), ("", 6)])
def test_queries_do_not_grow_with_the_list(
    page: str,
    queries: int,
    n: int,
    workspace: Workspace,
    join: Join,
    signed_in: SignedIn,
    plan: Plan,
    nothing_kept: None,
) -> None:
    me = join(Role.owner)
    client = signed_in(me)
    _grow(workspace, me, n)
    client.get(f"/o/acme/settings/{page}")

    with CaptureQueriesContext(connection) as counted:
        answer = client.get(f"/o/acme/settings/{page}")

    assert answer.status_code == 200
    assert len(counted) == queries <= MOST, [one["sql"] for one in counted]


def test_lists_of_records_name_skills_stages_sources_and_metrics_in_words() -> None:
    plan = Plan.model_validate(
        {
            "people": [{"id": "ada", "title": "Ada", "skills": ["seo", "welding"]}],
            "channels": [{"id": "linkedin_paid", "stages": ["decision"], "skills": ["writing"]}],
            "sources": [{"id": "ads", "title": "Ads", "source": "google_ads", "metrics": ["clicks"]}],
        }
    )

    def cells(part: str) -> list[str]:
        (row,) = PARTS[part].rows(plan)
        return [format_value(cell, "fr") for cell in row.cells]

    assert cells("people")[2] == "le référencement naturel et welding"
    assert cells("channels")[:2] == ["la rédaction", "décide"]
    assert cells("sources")[0] == "Google Ads"
    assert cells("sources")[2] == "Clics"
