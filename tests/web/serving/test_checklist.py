"""What production lacks is told in sentences, and nothing else is."""

import pytest

from gouvernail.web import environment
from gouvernail.web.serving import checklist, prepare

pytestmark = pytest.mark.django_db
GOOD = {
    "GOUVERNAIL_SECRET_KEY": "x" * 50,
    "GOUVERNAIL_HOSTS": "steering.example",
    "GOUVERNAIL_HTTPS": "1",
    "GOUVERNAIL_PROXY": "1",
}


@pytest.fixture(autouse=True)
def _environment(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in environment.VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    for name, value in {**GOOD, "GOUVERNAIL_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(prepare, "static_is_current", lambda: True)


def lacking() -> list[str]:
    return [point.message.render("en") for point in checklist.points() if point.must and not point.good]


def test_a_site_that_has_everything_but_mail_is_told_of_mail() -> None:
    assert [sentence.split()[0] for sentence in lacking()] == ["GOUVERNAIL_MAIL_URL"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GOUVERNAIL_SECRET_KEY", "short", "has 5 characters"),
        ("GOUVERNAIL_HOSTS", "localhost", "this machine only"),
        ("GOUVERNAIL_HOSTS", "*", "any host name"),
        ("GOUVERNAIL_HTTPS", "0", "in the clear"),
        ("GOUVERNAIL_PROXY", "0", "in circles"),
    ],
)
def test_each_gap_is_told(name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert any(told in sentence for sentence in lacking())


def test_a_mail_server_that_is_not_there_is_told(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_MAIL_URL", "smtp://localhost:1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert any("mail server does not answer" in sentence for sentence in lacking())


def test_files_that_are_not_collected_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "static_is_current", lambda: False)
    assert any("static files" in sentence for sentence in lacking())


def test_every_sentence_has_its_french() -> None:
    for point in checklist.points():
        assert point.message.render("fr") != point.message.render("en")
