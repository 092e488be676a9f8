"""A real site and people who walk through it: one site for all, each kind of reader in an organisation of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.journeys.running import Site, copied, running, seeded
from tests.web.journeys.seed import READERS
from tests.web.journeys.walker import Walker, Windows


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of a site that nobody ever used, its tables made."""
    home = tmp_path_factory.mktemp("empty")
    seeded(home, "--empty")
    return home


@pytest.fixture(scope="session")
def site(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one organisation for each kind of reader."""
    home = copied(empty_home, tmp_path_factory.mktemp("site"))
    with running(home, seeded(home)) as found:
        yield found


@pytest.fixture
def new_site(empty_home: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that nobody ever used."""
    with running(copied(empty_home, tmp_path), {}) as found:
        yield found


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[Windows]:
    """The windows in which people have signed in; they end with the browser."""
    kept: Windows = {}
    yield kept
    for one in kept.values():
        one.close()


@pytest.fixture(params=READERS, ids=lambda reader: f"{reader[0]}-{reader[1]}")
def reader(request: pytest.FixtureRequest) -> tuple[int, str]:
    """A width and a language: a telephone and a desk, in French and in English."""
    return request.param


@pytest.fixture
def walker(
    reader: tuple[int, str], browser: Any, site: Site, windows: Windows, request: pytest.FixtureRequest
) -> Iterator[Walker]:
    """Somebody in a site with their organisation; nothing may have gone wrong by the end."""
    yield from _walk(Walker(browser, site, windows, *reader, journey=_journey(request)))


@pytest.fixture
def newcomer(
    reader: tuple[int, str], browser: Any, new_site: Site, request: pytest.FixtureRequest
) -> Iterator[Walker]:
    """The first person who ever opens a site."""
    yield from _walk(Walker(browser, new_site, {}, *reader, journey=_journey(request)))


def _journey(request: pytest.FixtureRequest) -> str:
    return str(request.function.__name__).removeprefix("test_")


def _walk(walker: Walker) -> Iterator[Walker]:
    yield walker
    assert walker.leave() == []
