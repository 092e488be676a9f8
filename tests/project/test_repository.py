"""Laws of the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HEAVY = ("babel", "deltalake", "duckdb", "ibis", "numpy", "openpyxl", "pandas", "pyarrow", "sqlglot")


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """Return the text files that git knows."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    binary = {".png", ".xlsx", ".parquet", ".gz", ".zip", ".woff2", ".ttf"}
    paths = [root / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in binary]


def test_lock_holds_hashes_and_no_address(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.\[\]-]+==", lock, flags=re.MULTILINE)

    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links", lock) == []
    assert len(pins) > 50
    assert len(re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n    --hash=sha256:", lock, flags=re.MULTILINE)) == len(
        pins
    )


def test_every_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=~! ]", each)[0] for each in wanted}
    locked = set(
        re.findall(
            r"^([\w.-]+)(?:\[[\w,-]+\])?==", (root / "requirements.lock").read_text("utf-8"), re.MULTILINE
        )
    )

    assert {_normal(name) for name in names} - {_normal(name) for name in locked} == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_file_names_a_machine_path_or_a_registry(tracked: list[Path]) -> None:
    # Written in pieces, so that this file does not name what it forbids.
    forbidden = re.compile(
        "|".join(
            [
                "/" + "work/",
                "/" + "tmp/",
                "/" + "root/",
                "files" + r"\.pythonhosted",
                "pypi" + r"\.org/simple",
            ]
        )
    )
    # Names of pages that a vendor's export may hold are no paths of ours.
    told = [
        f"{path.name}: {found.group()}"
        for path in tracked
        if (found := forbidden.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert told == []


def test_modules_stay_small(tracked: list[Path], root: Path) -> None:
    long = {
        path.relative_to(root).as_posix(): lines
        for path in tracked
        if path.suffix == ".py" and path.is_relative_to(root / "src")
        # Tables of metrics are data, however many there are.
        if "kpis" not in path.parts
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 500
    }

    assert long == {}


def test_functions_stay_small(root: Path) -> None:
    long = [
        f"{path.relative_to(root)}:{node.lineno} {node.name}"
        for path in sorted((root / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _body_lines(node) > 40
    ]

    assert long == []


def _body_lines(node: ast.FunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from gouvernail.cli import main\n"
        "sys.argv = ['gouvernail', '--help']\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert not stop.code\n"
        f"print('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_the_package_runs_without_development_tools(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dev_only = {"pytest", "hypothesis", "jsonschema", "playwright", "mypy", "hatchling", "coverage"}
    imported = {
        name.split(".")[0]
        for path in (root / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    }

    assert imported & dev_only == set()
    assert "packaging" in " ".join(project["dependencies"])


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module]
    return []


def test_fragments_have_a_known_kind(root: Path) -> None:
    kinds = {"added", "changed", "fixed", "rule", "method", "migration", "security"}
    ours = {"README.md", "template.md.jinja"}
    odd = [
        path.name
        for path in (root / "changelog.d").iterdir()
        if path.name not in ours and path.name.split(".")[-2] not in kinds
    ]

    assert odd == []


def test_make_help_lists_every_target_people_type(root: Path) -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    names = {line.split()[0] for line in listed.splitlines() if line.strip()}

    assert names >= {
        "bench", "check", "demo", "docs", "docs-check", "help", "lock", "messages", "new-check", "new-kpi", "new-source",
        "setup", "test", "test-slow",
    }  # fmt: skip
