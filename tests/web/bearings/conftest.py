"""Orders that nobody works on, so that a test can look at them."""

import pytest

from gouvernail.web.bearings import tasks


@pytest.fixture
def no_worker(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders are written down, and no worker takes them up."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    assert tasks.take.get_backend()
