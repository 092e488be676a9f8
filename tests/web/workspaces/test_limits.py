"""Limits hold for all processes of the site together, and are forgotten when their time is over."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import RequestFactory

from gouvernail.web.workspaces import limits
from gouvernail.web.workspaces.models import Tally

TRY = """
import django; django.setup()
from gouvernail.web.workspaces.limits import allowed
print(sum(allowed("door", "somebody", 5, 3600) for _ in range(4)))
"""


def test_the_first_tries_are_allowed(db: None) -> None:
    assert [limits.allowed("door", 1, 2, 60) for _ in range(3)] == [True, True, False]
    assert limits.allowed("door", 2, 2, 60)
    assert limits.allowed("window", 1, 2, 60)


def test_a_new_stretch_begins_when_the_old_one_is_over_and_the_old_ones_go(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_800_000_000
    monkeypatch.setattr(limits.time, "time", lambda: now)
    assert [limits.allowed("door", who, 1, 60) for who in (1, 1, 2)] == [True, False, True]

    monkeypatch.setattr(limits.time, "time", lambda: now + 60)

    assert limits.allowed("door", 1, 1, 60)
    assert list(Tally.objects.values_list("key", "count")) == [("door:1", 1)]


@pytest.mark.parametrize(("proxy", "seen"), [(0, "10.0.0.1"), (1, "9.9.9.9")])
def test_only_our_own_proxy_is_believed(proxy: int, seen: str, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxy
    request = RequestFactory().get(
        "/", headers={"x-forwarded-for": "6.6.6.6, 9.9.9.9"}, REMOTE_ADDR="10.0.0.1"
    )

    assert limits.address(request) == seen


@pytest.mark.slow
def test_two_processes_count_together(tmp_path: Path) -> None:
    told = {"DJANGO_SETTINGS_MODULE": "gouvernail.web.settings", "GOUVERNAIL_HOME": str(tmp_path)}
    prepare = "from gouvernail.web.serving import prepare; prepare.set_up(); prepare.migrate()"
    _run(prepare, told)

    first, second = _run(TRY, told), _run(TRY, told)

    assert (first, second) == ("4", "1")
    tables = sqlite3.connect(tmp_path / "gouvernail.sqlite3").execute("SELECT name FROM sqlite_master")
    assert "site_cache" in {name for (name,) in tables}


def test_what_counts_tries_to_sign_in_is_shared_by_all_processes() -> None:
    assert "db.DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    assert "LocMem" in type(caches["process"]).__mro__[0].__name__


def _run(program: str, told: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | told, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
