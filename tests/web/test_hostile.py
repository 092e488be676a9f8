"""What somebody hostile writes or asks for: no sheet runs it, no address breaks the site, no answer goes without its policy."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn
from tests.web.journeys.crawl import walk
from tests.web.world import addresses, filled, views

FORMULA = "=HYPERLINK(0)"
NUMBER = re.compile(r"[-+]?[\d.,\u202f\u00a0]+")
ODD = {"str": ("%00", "..%2F..%2Fetc", "%F0%9F%98%80", "x" * 300), "int": ("0", "9" * 20), "slug": ("acme",)}
ODD["path"] = (*ODD["str"], "a/b/../c")
QUERIES = (
    "?q=%00&id=%00&period=%00&scenario=%00&page=%00&as=%00&month=%00&field=%00&grain=%00&until=%00&part=%00&a=%00&b=%00",
    f"?scenario={'9' * 20}&page={'9' * 20}&a={'9' * 20}&b={'9' * 20}&n={'9' * 20}&period=9999-99&until=0000-00-00",
)


@pytest.fixture
def client(workspace: Workspace, join: Join, signed_in: SignedIn) -> Client:
    """The owner's browser; what breaks is answered as on a running site."""
    client = signed_in(join(Role.owner))
    client.raise_request_exception = False
    return client


@pytest.mark.slow
def test_no_cell_of_a_sheet_is_a_formula(client: Client, workspace: Workspace) -> None:
    filled(workspace, User.objects.get(), 2, FORMULA)
    sheets = walk(client, "/o/acme/", each=2).sheets
    cells = {
        cell
        for text in sheets.values()
        for row in csv.reader(StringIO(text.removeprefix("\ufeff")))
        for cell in row
    }
    assert len(sheets) >= 3
    assert any(FORMULA in cell for cell in cells)
    assert [
        cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t") and not NUMBER.fullmatch(cell)
    ] == []


def test_no_address_and_no_question_breaks_a_page(client: Client, workspace: Workspace) -> None:
    there = addresses("acme", filled(workspace, User.objects.get(), 1))
    asked = [f"{address}{query}" for address in there.values() for query in QUERIES]
    for path, _ in views().values():
        asked += [f"/{_odd(path, i)}" for i in range(4)]
    broken = [address for address in asked if client.get(address).status_code >= 500]
    assert broken == []


@pytest.mark.parametrize(
    "address", ["/o/acme/?q=%00", "/shared/%00/", "/organisations/join/a%00b", "/nowhere%00"]
)
def test_nothing_is_called_by_the_character_of_number_0(address: str, db: None) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 404
    _guarded(answer.headers["Content-Security-Policy"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sign-in/login/", 200),
        ("/nowhere", 404),
        ("/o/acme/", 302),
        ("/shared/x/", 404),
        ("/api/organisations", 401),
    ],
)
def test_every_answer_bears_the_policy(address: str, status: int, db: None) -> None:
    answer = Client().get(address)
    assert answer.status_code == status
    _guarded(answer.headers["Content-Security-Policy"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_so_do_those_that_tell_of_a_failure(
    client: Client,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    settings,
    join: Join,
    signed_in: SignedIn,
) -> None:
    refused = signed_in(join(Role.reader)).get("/o/acme/settings/danger")
    unsigned = Client(enforce_csrf_checks=True).post("/sign-in/login/")
    settings.ALLOWED_HOSTS = ["steering.example"]
    foreign = Client().get("/sign-in/login/", headers={"Host": "evil.example"})
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr("gouvernail.web.views.Membership", None)
    broken = client.get("/")
    answers = (refused, unsigned, foreign, broken)
    assert [answer.status_code for answer in answers] == [403, 403, 400, 500]
    for answer in answers:
        _guarded(answer.headers["Content-Security-Policy"])
        assert "Traceback" not in answer.content.decode()


def _guarded(policy: str) -> None:
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy


def _odd(path: str, i: int) -> str:
    def word(found: re.Match[str]) -> str:
        words = ODD[found[1] or "str"]
        return words[i % len(words)]

    return re.sub(r"<(?:(\w+):)?\w+>", word, path)
