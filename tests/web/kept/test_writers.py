"""Writers that are no page: the API, a task of the worker, another process."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.api import keys
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.tasks import work_out
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn
from tests.web.journeys.running import ROOT, environment
from tests.web.kept.test_changes import mark_of

READER = """
import subprocess, sys
from gouvernail.web.serving import prepare
prepare.set_up()
prepare.migrate()
from django.test import Client
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Membership, Role, Workspace
workspace = Workspace.objects.create(slug="acme", name="Before")
user = User.objects.create_user("ada@acme.example", name="Ada", language="en")
Membership.objects.create(workspace=workspace, user=user, role=Role.owner)
client = Client(headers={"host": "localhost"})
client.force_login(user)
seen = [client.get("/o/acme/plan/").content.decode() for _ in range(2)]
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
seen.append(client.get("/o/acme/plan/").content.decode())
print([("Before" in one, "After" in one) for one in seen])
"""
WRITER = """
from gouvernail.web.serving import prepare
prepare.set_up()
from gouvernail.web.workspaces.models import Workspace
Workspace.objects.update(name="After")
"""


def test_what_a_program_writes_shows_on_the_page(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    user = join(Role.owner)
    browser = signed_in(user)
    _, key = keys.make(workspace, user, "robot", write=True, expires=None)
    page = f"/o/{workspace.slug}/plan/section/objectives/"
    one = plan.objectives[0]
    browser.get(page)
    body = {**one.model_dump(mode="json", exclude_unset=True), "title": "Written by a program"}

    answer = Client().put(
        f"/api/organisations/{workspace.slug}/plan/elements/objectives/{one.id}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "If-Match": '"1"'},
    )

    assert answer.status_code == 200, answer.content
    assert "Written by a program" in browser.get(page).content.decode()


def test_a_task_writes_for_its_organisation_alone(
    workspace: Workspace, plan: Plan, join: Join, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    join(Role.owner)
    other = Workspace.objects.create(slug="other", name="Other")
    join(Role.owner, "else@where.example", other)
    asked = shelf.question(workspace)
    made = shelf.order(asked)
    before, elsewhere = mark_of(workspace), mark_of(other)

    work_out(made.pk, str(asked.period), asked.revision)

    assert (mark_of(workspace) != before, mark_of(other)) == (True, elsewhere)


@pytest.mark.slow
def test_what_another_process_writes_shows_on_the_page(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READER, WRITER],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines()[-1:] == ["[(True, False), (True, False), (False, True)]"], done.stderr[
        -2000:
    ]
