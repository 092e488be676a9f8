"""Invitations: by mail in the invitee's language, once, in time, for one address."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import AuditEntry, Invitation, Membership, Role, Workspace
from tests.web.conftest import PASSWORD, Join, SignedIn

GUEST = "guest@elsewhere.example"


@pytest.fixture
def guest(db: None) -> User:
    return User.objects.create_user(GUEST, PASSWORD, language="en")


def _invite(owner: Client, email: str = GUEST, role: str = "marketing", language: str = "fr") -> Invitation:
    owner.post("/o/acme/settings/people/invite", {"email": email, "role": role, "language": language})
    return Invitation.objects.order_by("-pk")[0]


def _link() -> str:
    found = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_the_mail_is_in_the_language_chosen_and_leads_to_the_page(owner: Client) -> None:
    made = _invite(owner)

    assert mail.outbox[0].to == [GUEST]
    assert mail.outbox[0].subject == "Votre invitation à rejoindre Acme"
    assert _link() == f"/organisations/join/{made.token}"


def test_somebody_with_an_account_is_written_to_in_their_own_language(owner: Client, guest: User) -> None:
    _invite(owner)

    assert mail.outbox[0].subject == "Your invitation to Acme"


def test_an_invitation_works_once(owner: Client, guest: User, signed_in: SignedIn) -> None:
    _invite(owner)
    link, client = _link(), signed_in(guest)

    assert client.get(link).status_code == 200
    joined = client.post(f"{link}/accept")

    assert joined.headers["Location"] == "/organisations/go/acme"
    assert Membership.objects.get(user=guest).role == "marketing"
    assert client.session["organisation"] == "acme"
    assert client.get(link).status_code == 410
    Membership.objects.get(user=guest).delete()
    client.post(f"{link}/accept")
    assert not Membership.objects.filter(user=guest).exists()


def test_an_expired_invitation_says_since_when(owner: Client, guest: User, signed_in: SignedIn) -> None:
    made = _invite(owner)
    Invitation.objects.filter(pk=made.pk).update(expires=timezone.now() - timedelta(days=1))
    client = signed_in(guest)

    answer = client.get(_link())

    assert answer.status_code == 410
    assert "expired on" in answer.content.decode()
    client.post(f"{_link()}/accept")
    assert not Membership.objects.filter(user=guest).exists()


def test_a_withdrawn_invitation_lets_nobody_in(owner: Client, guest: User, signed_in: SignedIn) -> None:
    made = _invite(owner)
    owner.post(f"/o/acme/settings/people/invitations/{made.pk}/revoke")
    client = signed_in(guest)

    assert "withdrawn" in client.get(_link()).content.decode()
    client.post(f"{_link()}/accept")
    assert not Membership.objects.filter(user=guest).exists()
    assert AuditEntry.objects.filter(what="member.uninvited").exists()


def test_the_wrong_account_is_told_which_is_meant(owner: Client, signed_in: SignedIn) -> None:
    _invite(owner)
    wrong = User.objects.create_user("wrong@elsewhere.example", PASSWORD, language="en")
    client = signed_in(wrong)

    page = client.get(_link()).content.decode()
    client.post(f"{_link()}/accept")

    assert "signed in as wrong@elsewhere.example, and the invitation is for guest@elsewhere.example" in page
    assert not Membership.objects.filter(user=wrong).exists()


def test_sent_again_the_first_link_is_dead(owner: Client) -> None:
    made = _invite(owner)
    first = _link()

    owner.post(f"/o/acme/settings/people/invitations/{made.pk}/again")

    assert len(mail.outbox) == 2
    assert _link() != first
    assert Client().get(first).status_code == 404
    assert Client().get(_link()).status_code == 200


def test_a_second_invitation_replaces_the_first(owner: Client) -> None:
    first = _invite(owner)
    _invite(owner, role="reader")

    first.refresh_from_db()
    assert first.revoked
    assert Invitation.objects.filter(revoked=None).count() == 1


def test_a_member_is_not_invited(owner: Client, join: Join) -> None:
    user = join(Role.sales)

    answer = owner.post(
        "/o/acme/settings/people/invite", {"email": user.email.upper(), "role": "reader", "language": "en"}
    )

    assert answer.status_code == 422
    assert "belongs to this organisation already" in answer.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"owner"}))
def test_only_owners_invite(role: str, join: Join, signed_in: SignedIn) -> None:
    answer = signed_in(join(role)).post("/o/acme/settings/people/invite", {"email": GUEST, "role": "owner"})

    assert answer.status_code == 403
    assert not Invitation.objects.exists()


def test_a_newcomer_opens_an_account_by_the_link_and_joins(owner: Client) -> None:
    _invite(owner)
    client, link = Client(), _link()

    assert client.get("/sign-in/signup/").content.decode().count("password1") == 0
    page = client.get(link)
    signup = re.search(r'href="(/sign-in/signup/[^"]+)"', page.content.decode())
    assert signup
    opened = client.post(
        signup[1].replace("&amp;", "&"),
        {"email": GUEST, "name": "Guest", "password1": PASSWORD, "next": link},
    )
    assert opened.headers["Location"] == link
    client.post(f"{link}/accept")

    assert Membership.objects.get(user__email=GUEST).role == "marketing"


def test_an_unknown_link_is_not_found_and_guessing_is_slowed(db: None) -> None:
    client = Client()

    answers = [client.get("/organisations/join/guess").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]


def test_the_waiting_see_their_invitation_without_the_mail(
    owner: Client, guest: User, signed_in: SignedIn
) -> None:
    _invite(owner)

    assert "You are invited to Acme" in signed_in(guest).get("/organisations/").content.decode()


def test_another_organisations_invitation_is_not_there(workspace: Workspace, owner: Client) -> None:
    other = Workspace.objects.create(slug="rival", name="Rival")
    made = Invitation.objects.create(workspace=other, email=GUEST)

    assert owner.post(f"/o/acme/settings/people/invitations/{made.pk}/again").status_code == 404
    assert owner.post(f"/o/acme/settings/people/invitations/{made.pk}/revoke").status_code == 404
