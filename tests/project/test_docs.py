"""The reference pages tell of everything there is, and of nothing that is no more."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from gouvernail.base.settings import SETTINGS
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.rule import Rule
from gouvernail.metrics.catalogue import METRICS
from gouvernail.sources.catalogue import sources
from gouvernail.warehouse.tables import TABLES
from tools import generate_docs
from tools.reference import catalogues, commands

HEADINGS = (
    "## What it finds",
    "## Why it matters",
    "## Example",
    "## How to put it right",
    "## When it stays silent",
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return generate_docs.pages()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_docstring_has_every_part(rule: Rule) -> None:
    text = inspect.cleandoc(rule.doc)

    assert [heading for heading in HEADINGS if heading not in text] == []


def test_every_rule_has_a_page(pages: dict[str, str]) -> None:
    written = {path.removeprefix("rules/").removesuffix(".md") for path in pages if path.startswith("rules/")}

    assert written - {"index"} == set(RULES)


def test_every_metric_is_documented(pages: dict[str, str]) -> None:
    assert [id for id in METRICS if f"### `{id}`" not in pages["metrics.md"]] == []


def test_every_source_says_what_it_reads() -> None:
    assert [source.id for source in sources() if len(catalogues.source_doc(source)) < 40] == []


def test_every_table_and_column_is_documented(pages: dict[str, str]) -> None:
    assert [table.name for table in TABLES.values() if f"## `{table.name}`" not in pages["tables.md"]] == []
    assert [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if len(column.meaning) < 4
    ] == []


def test_every_command_has_help_and_stands_on_the_page(pages: dict[str, str]) -> None:
    paths = list(commands.walk())

    assert [path for path, command in paths if not command.help] == []
    assert [path for path, _ in paths if f"## {path} {{" not in pages["cli.md"]] == []


def test_every_option_has_help() -> None:
    silent = [
        f"{path} {parameter.opts[0]}"
        for path, command in commands.walk()
        for parameter in command.params
        if parameter.name not in ("install_completion", "show_completion")
        and not getattr(parameter, "hidden", False)
        and not getattr(parameter, "help", None)
    ]

    assert silent == []


def test_every_setting_is_documented_and_no_other_is_read(root: Path, pages: dict[str, str]) -> None:
    import re

    from gouvernail.web.environment import VARIABLES

    known = {*SETTINGS, *(one.name for one in VARIABLES)}
    read = {
        name
        for path in (root / "src").rglob("*.py")
        for name in re.findall(r"\"(GOUVERNAIL_[A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }

    assert read == {name for name in known if name.startswith("GOUVERNAIL_")}
    assert [name for name in known if name not in pages["settings.md"]] == []


def test_committed_reference_pages_are_up_to_date(pages: dict[str, str]) -> None:
    assert generate_docs.stale(pages) == []


def test_stale_missing_and_left_over_pages_are_told(tmp_path: Path) -> None:
    wanted = {"a.md": "new", "b.md": "b"}
    (tmp_path / "a.md").write_text("old", encoding="utf-8")
    (tmp_path / "c.md").write_text("c", encoding="utf-8")

    assert generate_docs.stale(wanted, tmp_path) == [
        "b.md is missing.",
        "c.md tells of what is no more.",
        "a.md is stale.",
    ]
    assert generate_docs.write(wanted, tmp_path) == 3
    assert generate_docs.stale(wanted, tmp_path) == []


def test_every_page_of_the_site_map_exists(root: Path, pages: dict[str, str]) -> None:
    import re

    named = re.findall(
        r": ([\w/.-]+\.md)$", (root / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    generated = {f"reference/{path}" for path in pages}

    assert [path for path in named if path not in generated and not (root / "docs" / path).is_file()] == []
