"""A setting that makes no sense is told in one sentence, in both languages, and nothing is guessed."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.db import OperationalError, connection
from django.test import Client

from gouvernail.base.errors import UsageError
from gouvernail.web import environment
from gouvernail.web.serving import checklist, faults, prepare


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in environment.VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.setenv("GOUVERNAIL_HOME", str(tmp_path))


def told(language: str = "en") -> list[str]:
    return [one.render(language) for one in faults.faults()]


WRONG = [
    ("DATABASE_URL", "mysql://ada:hush@db/site", "DATABASE_URL cannot be understood"),
    ("DATABASE_URL", "postgresql://ada:hush@db:port/site", "DATABASE_URL cannot be understood"),
    ("DATABASE_URL", "postgresql:site", "names a host"),
    ("GOUVERNAIL_MAIL_URL", "mail.example", "begins with smtp://"),
    ("GOUVERNAIL_KEPT_MB", "lots", "a number of megabytes"),
    ("GOUVERNAIL_UPLOAD_MB", "lots", "a number of megabytes"),
    ("GOUVERNAIL_UPLOAD_MB", "0", "a number of megabytes"),
    ("GOUVERNAIL_HTTPS", "maybe", "write 1 or 0"),
    ("GOUVERNAIL_HOME", "/dev/null/site", "cannot be made"),
    ("GOUVERNAIL_OIDC_SERVER", "https://id.example", "GOUVERNAIL_OIDC_CLIENT is not"),
]


def test_an_environment_that_says_nothing_has_no_fault() -> None:
    assert told() == []


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_each_fault_is_one_sentence_and_tells_no_secret(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    (english,), (french,) = told(), told("fr")
    assert words in english
    assert french != english
    assert "hush" not in english + french
    assert [point.message.render("en") for point in checklist.points()] == [english]
    with pytest.raises(UsageError):
        prepare.set_up()


def test_a_folder_that_cannot_be_written_to_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere: the system is asked in its place.
    monkeypatch.setattr(faults.os, "access", lambda *_: False)
    assert "cannot be written to" in told()[0]


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OperationalError("connection refused\n\tIs it running?")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", refuse)
        yield


@pytest.mark.usefixtures("_no_database")
def test_a_database_that_does_not_answer_is_told_in_one_line() -> None:
    with pytest.raises(UsageError, match=r"does not answer: connection refused Is it running\?$"):
        prepare.migrate()


@pytest.mark.usefixtures("_no_database")
def test_a_site_without_its_database_is_not_well() -> None:
    answer = Client(raise_request_exception=False).get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "no database")


def test_those_who_start_at_once_share_one_secret(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(environment.secret_key())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) > 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
