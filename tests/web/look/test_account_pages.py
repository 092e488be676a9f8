"""The way in and one's own account: every page opens in both languages, and the second factor can be turned on."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client, RequestFactory

from gouvernail.web.accounts.models import User
from gouvernail.web.views import broken, forbidden
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import PASSWORD, Join, SignedIn

VISITOR = ["login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"]
MEMBER = ["logout/", "password/change/", "email/", "2fa/", "sessions/"]
ENGLISH = re.compile(r"\b(the|your|password|sign|with|and)\b", re.IGNORECASE)


def _words(html: str) -> str:
    """Return what a page says: no markup, no scripts, and not the names of things."""
    body = re.sub(r"<(script|head)\b.*?</\1>|<button[^>]*lang=.*?</button>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def _sign_in(client: Client, user: User, password: str = PASSWORD) -> str:
    return client.post("/sign-in/login/", {"login": user.email, "password": password}).headers.get(
        "Location", ""
    )


@pytest.mark.parametrize("page", VISITOR)
def test_the_way_in_speaks_french(page: str, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_SIGNUP", "1")

    answer = Client(headers={"accept-language": "fr"}).get(f"/sign-in/{page}")

    assert answer.status_code == 200
    assert ENGLISH.findall(_words(answer.content.decode())) == []


@pytest.mark.parametrize("page", MEMBER)
def test_ones_account_speaks_french(page: str, join: Join, signed_in: SignedIn) -> None:
    user = join(Role.reader)
    User.objects.filter(pk=user.pk).update(language="fr")

    answer = signed_in(user).get(f"/sign-in/{page}")

    assert answer.status_code == 200
    assert ENGLISH.findall(_words(answer.content.decode())) == []


def test_a_wrong_password_is_told_without_telling_which_half_is_wrong(join: Join) -> None:
    user = join(Role.reader)
    client = Client()

    known = client.post("/sign-in/login/", {"login": user.email, "password": "wrong"}).content.decode()
    unknown = client.post("/sign-in/login/", {"login": "x@y.example", "password": "wrong"}).content.decode()

    said = "Address and password do not go together. Check both."
    assert said in known
    assert said in unknown


def test_nobody_signs_up_without_an_invitation(db: None) -> None:
    answer = Client().get("/sign-in/signup/")

    assert "by invitation" in answer.content.decode()


def test_a_new_account_keeps_name_and_language(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_SIGNUP", "1")
    asked = {"email": "Eva@Acme.example", "name": "Eva Roth", "password1": PASSWORD}

    Client(headers={"accept-language": "fr"}).post("/sign-in/signup/", asked)

    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("eva@acme.example", "Eva Roth", "fr")


def test_a_forgotten_password_is_changed_by_the_link_that_comes_by_mail(join: Join) -> None:
    user = join(Role.reader)
    client = Client()
    client.post("/sign-in/password/reset/", {"email": user.email})
    (letter,) = mail.outbox
    link = re.search(r"http://[^/]+(/\S+)", letter.body)
    assert link

    page = client.get(link[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "another long one", "password2": "another long one"})

    assert "Choose a new password" in letter.subject
    assert _sign_in(Client(), user, "another long one") == "/"


def test_the_second_factor_is_turned_on_and_then_asked(join: Join) -> None:
    user = join(Role.reader)
    client = Client()
    _sign_in(client, user)

    asked_once_more = client.get("/sign-in/2fa/totp/activate/").headers["Location"]
    page = client.post(asked_once_more, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r'id="secret"[^>]*>(\w+)<', page)
    assert secret
    code = format_hotp_value(hotp_value(secret[1], next(yield_hotp_counters_from_time())))
    answer = client.post("/sign-in/2fa/totp/activate/", {"code": code}, follow=True)

    assert 'src="data:image/svg+xml' in page
    assert "Recovery codes" in answer.content.decode()
    assert _sign_in(Client(), user) == "/sign-in/2fa/authenticate/"


def test_account_settings_are_saved(join: Join, signed_in: SignedIn) -> None:
    user = join(Role.reader)
    asked = {"name": "Rita", "language": "fr", "time_zone": "Europe/Paris", "theme": "dark"}

    answer = signed_in(user).post("/account/", asked, follow=True)

    user.refresh_from_db()
    assert (user.name, user.language, user.time_zone, user.theme) == ("Rita", "fr", "Europe/Paris", "dark")
    page = answer.content.decode()
    assert "Votre compte est enregistré." in page
    assert 'data-bs-theme="dark"' in page


def test_a_theme_is_chosen_from_the_menu_and_leads_back(join: Join, signed_in: SignedIn) -> None:
    user = join(Role.reader)

    answer = signed_in(user).post("/account/theme", {"theme": "dark", "next": "/o/acme/"})

    user.refresh_from_db()
    assert (answer.headers["Location"], user.theme) == ("/o/acme/", "dark")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_theme_leads_nowhere_else(away: str, join: Join, signed_in: SignedIn) -> None:
    answer = signed_in(join(Role.reader)).post("/account/theme", {"theme": "dark", "next": away})

    assert answer.headers["Location"] == "/"


def test_a_missing_page_helps_on(workspace: Workspace, join: Join, signed_in: SignedIn) -> None:
    answer = signed_in(join(Role.reader)).get("/nowhere/")

    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_role_that_does_not_allow_it_is_told_who_can_help(join: Join, rf: RequestFactory) -> None:
    request = rf.get("/o/acme/")
    request.user = join(Role.reader)

    answer = forbidden(request)

    assert answer.status_code == 403
    assert "The owners of the organisation can give you another role" in answer.content.decode()


def test_the_manifest_names_the_site(db: None) -> None:
    answer = Client().get("/manifest.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == "Gouvernail"


def test_a_fault_of_ours_is_told_in_both_languages(rf: RequestFactory) -> None:
    answer = broken(rf.get("/"))

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "Quelque chose s’est cassé de notre côté" in answer.content.decode()
