"""Somebody who walks through the site in a real browser, and notes everything that goes wrong on the way.

Screenshots stay in `artefacts/` beside this file, which git ignores.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.web.journeys.running import Site

SHOTS = Path(__file__).parent / "artefacts"
COOKIE = "gouvernail_session"
PATIENCE = 120_000
"""Milliseconds that a browser waits for what it was promised: shared machines stall."""
Windows = dict[tuple[int, str, str], Any]
"""Browser windows in which somebody has signed in, kept from one journey to the next."""


@dataclass
class Walker:
    """Somebody at a browser: a width, a language, and what they saw go wrong."""

    browser: Any
    site: Site
    windows: Windows
    width: int
    language: str
    journey: str
    wrong: list[str] = field(default_factory=list)
    shots: int = 0
    _expected: list[tuple[int, str]] = field(default_factory=list)
    _pages: list[Any] = field(default_factory=list)
    _own: list[Any] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The walker's organisation."""
        return f"reader-{self.width}-{self.language}"

    @property
    def today(self) -> str:
        """The day on which the organisation stands."""
        return self.site.organisations[self.slug]["today"]

    @property
    def small(self) -> bool:
        """Whether this is a telephone."""
        return self.width < 600

    def sit_down(self, who: str = "") -> Any:
        """Return a page: in the window of `who` (a role), or in a new one in which nobody has signed in."""
        page = self._window(who).new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("dialog", lambda dialog: dialog.accept())
        self._pages.append(page)
        return page

    def go(self, page: Any, place: str = "") -> None:
        """Open a place of the organisation; again where a page that was refreshing itself got in the way."""
        for last in (False, True):
            try:
                page.goto(f"/o/{self.slug}/{place}", wait_until="load")
                break
            except Exception as error:
                if last or "ERR_ABORTED" not in str(error):
                    raise
        self._measure(page)

    def shoot(self, page: Any) -> None:
        """Keep what the browser shows, and see that nothing stands out of the window."""
        SHOTS.mkdir(exist_ok=True)
        self.shots += 1
        page.wait_for_load_state("load")
        page.screenshot(
            path=SHOTS / f"{self.journey}-{self.shots}-{self.width}-{self.language}.png", full_page=True
        )
        self._measure(page)

    def expect(self, status: int, path: str) -> None:
        """Say that an answer of this status is right where the address holds `path`."""
        self._expected.append((status, path))

    def leave(self) -> list[str]:
        """Close what this journey opened; return what went wrong."""
        for one in (*self._pages, *self._own):
            one.close()
        return self.wrong

    def _window(self, who: str) -> Any:
        key = (self.width, self.language, who)
        if who and key in self.windows:
            return self.windows[key]
        window = self.browser.new_context(
            viewport={"width": self.width, "height": 900}, locale=self.language, base_url=self.site.address
        )
        window.set_default_timeout(PATIENCE)
        if not who:
            self._own.append(window)
            return window
        cookie = self.site.organisations[self.slug][who]
        window.add_cookies([{"name": COOKIE, "value": cookie, "url": self.site.address}])
        self.windows[key] = window
        return window

    def _measure(self, page: Any) -> None:
        # A page that refreshes itself at this very moment is waited for.
        page.wait_for_function("document.body !== null")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self.wrong.append(f"{page.url} is {wide} wide in a window of {self.width}")

    def _heard(self, message: Any) -> None:
        # Failed answers are looked at below; htmx tells of those it lost because somebody left the page.
        theirs = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort", "Failed to load resource")
        if message.type == "error" and not message.text.startswith(theirs):
            self.wrong.append(message.text)

    def _answered(self, response: Any) -> None:
        address = urlsplit(response.url)
        foreign = address.scheme in ("http", "https") and not response.url.startswith(self.site.address)
        right = response.status < 400 or any(
            response.status == status and path in address.path for status, path in self._expected
        )
        if foreign or not right:
            self.wrong.append(f"{response.status} {response.url}")

    def _failed(self, request: Any) -> None:
        # Whoever leaves a page breaks off what it still asks for.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.wrong.append(f"{request.failure} {request.url}")
