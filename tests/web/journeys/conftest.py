"""A real site (`gouvernail serve`: gunicorn and a worker) and a real browser, for whoever walks through the pages.

Screenshots stay in `artefacts/` beside this file, which git ignores.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.web.journeys.seed import READERS

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[3]
SHOTS = HERE / "artefacts"
COOKIE = "gouvernail_session"
PATIENCE = 60_000
"""Milliseconds that a browser waits for what it was promised: shared machines stall."""


@dataclass
class Site:
    """A running site, and what was put into it."""

    address: str
    home: Path
    organisations: dict[str, dict[str, str]]
    told: Path


def start(home: Path, *seeds: str) -> Iterator[Site]:
    """Seed and run a site in `home` while the caller uses it."""
    from gouvernail.web.serving.ports import next_free

    port = next_free("127.0.0.1", 18_600)
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GOUV", "DJANGO", "DATABASE"))
    }
    environment = {
        **clean,
        "GOUVERNAIL_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.web.journeys.settings",
        "PYTHONPATH": str(ROOT),
    }
    seeding = [sys.executable, "-m", "tests.web.journeys.seed", *seeds]
    made = subprocess.run(seeding, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    told = home / "told.txt"
    command = [sys.executable, "-c", "from gouvernail.cli import main; main()", "serve", "--port", str(port)]
    with told.open("w") as out:
        running = subprocess.Popen([*command, "--lang", "en"], env=environment, stdout=out, stderr=out)
    try:
        _until_well(f"http://localhost:{port}/health", running)
        yield Site(f"http://localhost:{port}", home, json.loads(made.stdout.splitlines()[-1]), told)
    finally:
        running.terminate()
        running.wait(60)


def _until_well(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert running.poll() is None, "the site ended"
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the site does not answer")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one organisation for each kind of reader."""
    yield from start(tmp_path_factory.mktemp("site"))


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Site]:
    """A site that nobody ever used."""
    yield from start(tmp_path, "--empty")


@dataclass
class Walker:
    """Somebody at a browser: a width, a language, and what they saw go wrong."""

    browser: Any
    site: Site
    width: int
    language: str
    journey: str
    wrong: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)
    shots: int = 0

    @property
    def slug(self) -> str:
        """The walker's organisation."""
        return f"reader-{self.width}-{self.language}"

    def sit_down(self, who: str = "") -> Any:
        """Return a page in a browser of its own, signed in as `who` (a role) where one is named."""
        context = self.browser.new_context(
            viewport={"width": self.width, "height": 900}, locale=self.language, base_url=self.site.address
        )
        context.set_default_timeout(PATIENCE)
        if who:
            cookie = self.site.organisations[self.slug][who]
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": self.site.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._heard)
        page.on("response", self._answered)
        self.contexts.append(context)
        return page

    def go(self, page: Any, place: str = "") -> None:
        """Open a place of the organisation; again where a page that was refreshing itself got in the way."""
        for last in (False, True):
            try:
                page.goto(f"/o/{self.slug}/{place}", wait_until="load")
                return
            except Exception as error:
                if last or "ERR_ABORTED" not in str(error):
                    raise

    def shoot(self, page: Any) -> None:
        """Keep what the browser shows, and see that nothing stands out of the window."""
        SHOTS.mkdir(exist_ok=True)
        self.shots += 1
        page.screenshot(
            path=SHOTS / f"{self.journey}-{self.shots}-{self.width}-{self.language}.png", full_page=True
        )
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self.wrong.append(f"{page.url} is {wide} wide in a window of {self.width}")

    def _heard(self, message: Any) -> None:
        # htmx complains of what it had asked for when somebody left the page; answers of the site are looked at below.
        left = message.text.startswith(("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort"))
        if message.type == "error" and not left and "Failed to load resource" not in message.text:
            self.wrong.append(message.text)

    def _answered(self, response: Any) -> None:
        if response.status >= 500 or not response.url.startswith((self.site.address, "data:", "blob:")):
            self.wrong.append(f"{response.status} {response.url}")


@pytest.fixture(params=READERS, ids=lambda reader: f"{reader[0]}-{reader[1]}")
def reader(request: pytest.FixtureRequest) -> tuple[int, str]:
    """A width and a language: a telephone in French, a desk in English."""
    return request.param


@pytest.fixture
def walker(
    reader: tuple[int, str], browser: Any, site: Site, request: pytest.FixtureRequest
) -> Iterator[Walker]:
    """Somebody in a site with their organisation; nothing may have gone wrong by the end."""
    yield from _walk(Walker(browser, site, *reader, journey=_journey(request)))


@pytest.fixture
def newcomer(
    reader: tuple[int, str], browser: Any, new_site: Site, request: pytest.FixtureRequest
) -> Iterator[Walker]:
    """The first person who ever opens a site."""
    yield from _walk(Walker(browser, new_site, *reader, journey=_journey(request)))


def _journey(request: pytest.FixtureRequest) -> str:
    return str(request.function.__name__).removeprefix("test_")


def _walk(walker: Walker) -> Iterator[Walker]:
    yield walker
    for context in walker.contexts:
        context.close()
    assert walker.wrong == []
