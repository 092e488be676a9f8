"""`make new-check`, `make new-kpi`, `make new-source` write files that work as they are."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from tools import scaffold

GROWN = (
    "src/gouvernail/checks/catalogue.py",
    "src/gouvernail/sources/catalogue.py",
    "src/gouvernail/metrics/kpis/marketing.py",
)


@pytest.fixture
def copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of what the scaffolds add to."""
    for path in GROWN:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, tmp_path / path)
    monkeypatch.setattr(scaffold, "ROOT", tmp_path)
    return tmp_path


def _run(path: Path) -> dict[str, object]:
    names: dict[str, object] = {"__name__": "made"}
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), names)
    return names


def test_new_check_makes_a_rule_with_its_cases_and_its_line(copy: Path) -> None:
    written = scaffold.check("VAL09", "mumbled_value", "Mumbled value")

    assert [path.relative_to(copy).as_posix() for path in written] == [
        "src/gouvernail/checks/rules/values/mumbled_value.py",
        "tests/checks/cases/VAL09.yaml",
        "src/gouvernail/locale/fr/rules/VAL09.md",
        "changelog.d/val09.rule.md",
        "src/gouvernail/checks/catalogue.py",
    ]
    rule = _run(written[0])["RULE"]
    assert (rule.code, rule.status, rule.run is not None) == ("VAL09", "preview", True)  # type: ignore[attr-defined]
    codes = list(_run(written[4])["MODULES"])  # type: ignore[call-overload]
    assert codes[codes.index("VAL09") - 1].startswith("VAL")


def test_new_kpi_joins_its_family(copy: Path) -> None:
    written = scaffold.kpi("marketing", "cost_per_demo", "Cost per demo")

    names = _run(written[2])
    assert names["MARKETING"][-1].id == "cost_per_demo"  # type: ignore[index]
    ast.parse(written[0].read_text(encoding="utf-8"))


def test_new_source_makes_a_vendor_and_its_line(copy: Path) -> None:
    written = scaffold.source("pigeon_post", "Pigeon Post")

    assert _run(written[0])["SOURCE"].tables == ("spend",)  # type: ignore[attr-defined]
    assert "pigeon_post" in _run(written[3])["MODULES"]  # type: ignore[operator]
    ast.parse(written[1].read_text(encoding="utf-8"))


def test_scaffold_overwrites_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold.main(["source", "pigeon_post", "Pigeon Post"]) == 0
    assert scaffold.main(["source", "pigeon_post", "Pigeon Post"]) == 2

    assert "src/gouvernail/sources/files/pigeon_post/__init__.py already exists." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "", "", ""], "new-check: CODE is ''; write it like CODE='VAL06'."),
        (["check", "ZZZ01", "name", "A title"], "new-check: There is no family ZZZ."),
        (
            ["kpi", "sales", "name", "A title"],
            "new-kpi: FAMILY is 'sales'; it is one of: business, marketing, digital.",
        ),
        (["source", "Tik Tok", "A title"], "new-source: NAME is 'Tik Tok'; write it like NAME='tiktok_ads'."),
    ],
)
def test_scaffold_says_how_to_ask(
    copy: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scaffold.main(arguments) == 2
    assert capsys.readouterr().out.startswith(sentence)
