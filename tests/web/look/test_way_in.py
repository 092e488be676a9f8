"""What somebody meets before they are in: single sign-on with and without its provider, too many tries, a foreign address."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.test import Client, RequestFactory

from gouvernail.web.accounts.models import User
from gouvernail.web.views import too_often, unanswerable
from gouvernail.web.workspaces.models import Role
from tests.web.conftest import Join

BUTTON = "/sign-in/oidc/oidc/login/"
COMES_BACK = "/sign-in/oidc/oidc/login/callback/"


class Provider(BaseHTTPRequestHandler):
    """As much of an OpenID Connect provider as a sign-in asks for."""

    email = ""

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        address = f"http://{self.headers['Host']}"
        ends = {"authorization": "authorize", "token": "token", "userinfo": "me"}
        about = {f"{name}_endpoint": f"{address}/{path}" for name, path in ends.items()}
        who = {"sub": "7", "email": self.email, "email_verified": True, "name": "Nina Perret"}
        self._say(who if self.path == "/me" else about)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, words: object) -> None:
        body = json.dumps(words).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider(settings) -> Iterator[type[Provider]]:
    """A provider on this machine, which the site is told of."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = _told(f"http://127.0.0.1:{server.server_port}")
    yield Provider
    server.shutdown()
    server.server_close()


def _told(server: str) -> dict[str, object]:
    app = {"provider_id": "oidc", "name": "x", "client_id": "site", "secret": "s"}
    return {"openid_connect": {"APPS": [app | {"settings": {"server_url": server}}]}}


def _signed_on(client: Client) -> str:
    """Take the way through the provider; return where it ends."""
    page = client.post(BUTTON)
    there = page.context["redirect_to"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    answer = client.get(COMES_BACK, {"code": "c", "state": state})
    while "refresh" in (words := answer.content.decode()) and answer.status_code == 200:
        answer = client.get(words.partition("URL='")[2].partition("'")[0].replace("&amp;", "&"))
    return answer.headers.get("Location", "")


@pytest.mark.parametrize(("language", "said"), [("en", "do not answer"), ("fr", "ne répond pas")])
def test_a_provider_that_is_silent_is_told(db: None, settings, language: str, said: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = _told("http://127.0.0.1:9")
    client = Client(headers={"accept-language": language})

    assert "oidc/login" in client.get("/sign-in/login/").content.decode()
    for answer in (client.post(BUTTON), client.get(f"{BUTTON}?process=login", follow=True)):
        assert answer.status_code in (200, 502)
    assert said in client.post(BUTTON).content.decode()


def test_the_way_to_the_provider_is_a_page_that_goes_on(db: None, provider: type[Provider]) -> None:
    # A redirect would end there: browsers hold `form-action` against where a form ends too.
    answer = Client().post(BUTTON)

    assert answer.status_code == 200
    assert 'http-equiv="refresh"' in answer.content.decode()
    assert "/authorize?" in answer.context["redirect_to"]


def test_who_comes_back_is_in_under_their_name(
    db: None, provider: type[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUVERNAIL_SIGNUP", "1")
    provider.email = "nina@acme.example"

    assert _signed_on(Client()) == "/"
    assert User.objects.get().name == "Nina Perret"


def test_who_has_an_account_already_comes_into_it(join: Join, provider: type[Provider]) -> None:
    user = join(Role.marketing)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    provider.email = user.email
    client = Client()

    assert _signed_on(client) == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_without_an_invitation_nobody_gets_in(db: None, provider: type[Provider]) -> None:
    provider.email = "stranger@else.example"
    client = Client()
    _signed_on(client)

    assert not User.objects.exists()


@pytest.mark.parametrize("page", ["login/error/", "login/cancelled/"])
@pytest.mark.parametrize(("language", "said"), [("en", "signed in"), ("fr", "pas connecté")])
def test_a_sign_on_that_failed_is_told_in_the_readers_language(
    db: None, page: str, language: str, said: str
) -> None:
    words = Client(headers={"accept-language": language}).get(f"/sign-in/3rdparty/{page}").content.decode()

    assert said in words
    assert "/sign-in/login/" in words


def test_too_many_tries_are_told_on_a_page_of_ours(db: None, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client(headers={"accept-language": "fr"})
    answers = [client.post("/sign-in/login/", {"login": "a@b.example", "password": "x"}) for _ in range(3)]

    assert answers[-1].status_code == 429
    assert "Trop d’essais" in answers[-1].content.decode()
    assert too_often(answers[-1].wsgi_request).status_code == 429


def test_a_foreign_address_is_answered_in_both_languages() -> None:
    request = RequestFactory().get("/", headers={"host": "elsewhere.example"})

    foreign = unanswerable(request, DisallowedHost("x")).content.decode()
    broken = unanswerable(request, SuspiciousOperation("x")).content.decode()

    assert "GOUVERNAIL_HOSTS" in foreign
    assert "Gouvernail ne répond pas à cette adresse" in foreign
    assert "This request cannot be read" in broken
    assert "Cette demande est illisible" in broken
