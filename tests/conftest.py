"""What every test may count on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No deadline: shared machines stall at random, and a stall is no fault of the code.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.register_profile("thorough", parent=settings.get_profile("house"), max_examples=1000)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent


def find_chromium() -> str | None:
    """Return the path of this machine's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the French catalogues that are stale: tests render French without `make` before them."""
    if hasattr(config, "workerinput"):
        return
    from hatch_build import compile_catalogues

    compile_catalogues(ROOT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no Chromium."""
    if find_chromium() is not None:
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the machine never colour a test."""
    from gouvernail.base.settings import SETTINGS

    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets beside the repository; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data sets are not on this machine")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Yield the machine's Chromium under Playwright; the test is skipped where there is none.

    Playwright keeps an event loop running in the tests' thread. A thread has one at most, so the browser ends with the
    module that asked for it, and until then Django is told that queries beside a loop are meant.
    """
    if (chromium := find_chromium()) is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield running
        running.close()
