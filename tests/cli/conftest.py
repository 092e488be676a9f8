"""The command line as a user runs it: arguments in; exit status, stdout and stderr out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gouvernail.warehouse.lake import Lake
from tests.bearing.company import fill, rows, write_plan

ADS = """\
Campaign performance
January 1, 2026 - January 3, 2026
Day,Campaign,Currency code,Cost,Clicks,Impr.
2026-01-01,Ads CH,CHF,10.50,3,100
2026-01-02,Ads CH,CHF,11.50,4,120
2026-01-03,Mystery,CHF,oops,4,120
"""


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """Everything said, with line breaks of the terminal's width taken out."""
        return " ".join((self.out + " " + self.err).split())


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, through the very function that `gouvernail` calls."""
    from gouvernail.cli import main

    def run_it(*arguments: object, cwd: Path | None = None) -> Answer:
        if cwd is not None:
            monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["gouvernail", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    return run_it


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same day, width and language wherever the tests run."""
    monkeypatch.setenv("GOUVERNAIL_TODAY", "2026-10-05")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A workspace with a plan and no fact."""
    write_plan(tmp_path)
    return tmp_path


@pytest.fixture
def exports(empty: Path) -> Path:
    """A workspace with a plan and a folder of exports, one good, the others each bad in its way."""
    folder = empty / "exports"
    folder.mkdir()
    (folder / "ads.csv").write_text(ADS, "utf-8")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 8)
    (folder / "empty.csv").write_text("")
    (folder / "strange.csv").write_text("a,b\n1,2\n")
    (folder / ".hidden.csv").write_text(ADS, "utf-8")
    return empty


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a plan and facts: read it, never write to it."""
    folder = tmp_path_factory.mktemp("filled")
    write_plan(folder)
    fill(Lake.open(folder / ".gouvernail" / "lake"), rows())
    return folder
