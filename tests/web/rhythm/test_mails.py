"""Letters: who is written to when something waits for them, in which language, and who never is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.rhythm import mails
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from tests.web.conftest import Join, SignedIn

FINDINGS = "/o/acme/findings/"
Capture = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def bo(join: Join) -> User:
    """Somebody who reads French."""
    made = join(Role.contributor, "bo@acme.example")
    User.objects.filter(pk=made.pk).update(name="Bo Keller", language="fr")
    return made


def _say(client: Client, plan: Plan, text: str) -> None:
    client.post(f"/o/acme/rhythm/comments/{plan.objectives[0].id}", {"text": text})


def _to() -> list[str]:
    return [address for letter in mail.outbox for address in letter.to]


def test_who_is_called_is_written_to_in_their_language_with_a_link(
    plan: Plan, owner: Client, bo: User
) -> None:
    _say(owner, plan, "Is it still right, @bo.keller?")

    (letter,) = mail.outbox
    assert letter.to == ["bo@acme.example"]
    assert letter.subject == "Owner vous interpelle dans Acme"
    assert "Is it still right, @bo.keller?" in letter.body
    assert f"http://testserver/o/acme/objectives/{plan.objectives[0].id}" in letter.body
    assert "http://testserver/account/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_who_wants_no_mail_gets_none(plan: Plan, owner: Client, bo: User, signed_in: SignedIn) -> None:
    chosen = {"name": "Bo Keller", "language": "fr", "time_zone": "Europe/Zurich", "theme": "auto"}
    assert signed_in(bo).post("/account/", chosen).status_code == 302
    _say(owner, plan, "@bo.keller")

    assert mail.outbox == []
    signed_in(bo).post("/account/", {**chosen, "mails": "on"})
    _say(owner, plan, "@bo.keller")
    assert _to() == ["bo@acme.example"]


@pytest.mark.parametrize("gone", ["partner", "left", "closed account"])
def test_who_has_no_access_is_never_written_to(plan: Plan, owner: Client, bo: User, gone: str, late) -> None:
    (id,) = late(1)
    if gone == "partner":
        Membership.objects.filter(user=bo).update(role=Role.partner)
    elif gone == "left":
        Membership.objects.filter(user=bo).delete()
    else:
        User.objects.filter(pk=bo.pk).update(is_active=False)
    _say(owner, plan, "@bo.keller @owner")
    owner.post(f"{FINDINGS}assign", {"id": f"REV02:{id}", "assignee": bo.pk})

    assert mail.outbox == []


def test_who_leaves_before_the_letter_is_written_gets_none(plan: Plan, owner: Client, bo: User) -> None:
    from gouvernail.web.rhythm.models import Comment
    from gouvernail.web.rhythm.tasks import called

    _say(owner, plan, "@bo.keller")
    mail.outbox.clear()
    Membership.objects.filter(user=bo).delete()
    called.enqueue(Comment.objects.get().pk, "http://testserver")

    assert mail.outbox == []


def test_who_is_given_a_finding_is_written_to_once(owner: Client, bo: User, late) -> None:
    (id,) = late(1)
    for due in ("2026-06-20", "2026-06-25"):
        owner.post(f"{FINDINGS}assign", {"id": f"REV02:{id}", "assignee": bo.pk, "due": due})

    (letter,) = mail.outbox
    assert letter.to == ["bo@acme.example"]
    assert "Decision late-0" in letter.body
    assert "20 juin 2026" in letter.body
    assert "REV02%3Alate-0" in letter.body


def test_who_takes_a_finding_themselves_is_not_written_to(owner: Client, late, workspace: Workspace) -> None:
    (id,) = late(1)
    me = User.objects.get(email="owner@acme.example")
    owner.post(f"{FINDINGS}assign", {"id": f"REV02:{id}", "assignee": me.pk})

    assert mail.outbox == []


@pytest.mark.parametrize("way", ["rhythm", "form", "api"])
def test_who_is_to_see_to_a_decision_is_written_to_wherever_it_was_written(
    way: str, plan: Plan, owner: Client, bo: User, django_capture_on_commit_callbacks: Capture
) -> None:
    person = plan.people[0].id
    Membership.objects.filter(user=bo).update(person=person)
    with django_capture_on_commit_callbacks(execute=True):
        if way == "rhythm":
            sent = {"title": "Stop the fair", "owner": person, "due": "2026-07-01"}
            owner.post("/o/acme/rhythm/decisions/new", sent)
        elif way == "form":
            sent = {"title": "Stop the fair", "owner": person, "due": "2026-07-01"}
            assert owner.post("/o/acme/plan/new/decisions/", sent).status_code == 302
        else:
            sent = {"title": "Stop the fair", "owner": person, "due": "2026-07-01"}
            owner.post(
                "/api/organisations/acme/plan/elements/decisions", sent, content_type="application/json"
            )

    (letter,) = mail.outbox
    assert letter.to == ["bo@acme.example"]
    assert "Stop the fair" in letter.body
    assert "1 juillet 2026" in letter.body.replace("1er", "1")
    assert "http://testserver/o/acme/rhythm/" in letter.body


def test_a_decision_that_stays_with_its_owner_is_no_news(
    plan: Plan, workspace: Workspace, owner: Client, bo: User, django_capture_on_commit_callbacks: Capture
) -> None:
    person = plan.people[0].id
    Membership.objects.filter(user=bo).update(person=person)
    store.commit(workspace, None, [store.Change("decisions", "fair", {"title": "Fair", "owner": person})])
    with django_capture_on_commit_callbacks(execute=True):
        owner.post("/o/acme/rhythm/decisions/fair/later", {"due": "2026-08-01", "why": "holidays"})

    assert store.read(workspace).get("fair").due
    assert mail.outbox == []


def test_what_is_written_outside_a_request_is_nobodys_message(
    plan: Plan, workspace: Workspace, bo: User, django_capture_on_commit_callbacks: Capture
) -> None:
    Membership.objects.filter(user=bo).update(person=plan.people[0].id)
    body = {"title": "Fair", "owner": plan.people[0].id}
    with django_capture_on_commit_callbacks(execute=True):
        store.commit(
            workspace, User.objects.create_user("a@b.example"), [store.Change("decisions", "fair", body)]
        )

    assert mail.outbox == []


def test_nobody_can_cause_a_flood(
    plan: Plan, owner: Client, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "AN_HOUR", 2)
    for _ in range(4):
        _say(owner, plan, "@bo.keller")

    assert len(mail.outbox) == 2


def test_a_mail_server_that_fails_costs_nothing_but_the_letter(
    plan: Plan, owner: Client, bo: User, settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "tests.web.rhythm.test_mails.Broken"
    _say(owner, plan, "@bo.keller")

    assert "could not be sent" in caplog.text


class Broken:
    """A mail server that hangs up."""

    def __init__(self, **_: object) -> None: ...

    def send_messages(self, _: object) -> int:
        raise ConnectionRefusedError


def test_names_cannot_write_headers(plan: Plan, owner: Client, bo: User, workspace: Workspace) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(name="Acme\nBcc: all@acme.example")
    _say(owner, plan, "@bo.keller")

    assert mail.outbox[0].subject == "Owner vous interpelle dans Acme Bcc: all@acme.example"
