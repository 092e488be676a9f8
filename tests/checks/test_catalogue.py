"""The catalogue is complete: code ↔ module ↔ page ↔ cases ↔ French."""

import ast
import re
from pathlib import Path

import pytest

import gouvernail.checks
from gouvernail.base.render import translations
from gouvernail.checks.catalogue import MODULES, RULES
from gouvernail.checks.settings import fitted
from tests.checks.casebook import FOLDER, cases

HOME = Path(gouvernail.checks.__file__).parent
HEADINGS = [
    "What it finds",
    "Why it matters",
    "Example",
    "How to put it right",
    "Parameters",
    "When it stays silent",
]


def test_every_module_stands_in_the_table() -> None:
    rules = HOME / "rules"
    modules = {
        ".".join(path.relative_to(rules).with_suffix("").parts)
        for path in rules.glob("*/*.py")
        if path.stem != "__init__"
    }

    assert modules == set(MODULES.values())


def test_every_rule_has_cases_that_pass_and_fail() -> None:
    kinds = {code: {case.name.split("_")[0] for case in cases() if case.rule == code} for code in RULES}

    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
    assert [code for code, found in kinds.items() if not {"pass", "fail"} <= found] == []


@pytest.mark.parametrize("code", RULES)
def test_rule_is_what_its_code_says(code: str) -> None:
    rule = RULES[code]

    assert rule.code == code
    assert rule.family == code[:3]
    assert rule.run is not None


@pytest.mark.parametrize("code", RULES)
def test_page_has_every_heading_in_order_with_text(code: str) -> None:
    sections = re.split(r"^## (.+)$", RULES[code].doc, flags=re.MULTILINE)

    assert sections[0].strip().endswith(".")
    assert sections[1::2] == HEADINGS
    assert all(text.strip() for text in sections[2::2])


@pytest.mark.parametrize("code", RULES)
def test_page_names_every_parameter_and_its_default(code: str) -> None:
    section = RULES[code].doc.split("## Parameters")[1].split("## When")[0]

    for parameter in RULES[code].parameters:
        assert f"`{parameter.name}`" in section
        assert fitted(parameter.default, parameter.default) is not None
        if not isinstance(parameter.default, tuple):
            assert f"({parameter.default:g})" in section


@pytest.mark.parametrize("code", RULES)
def test_page_names_its_source(code: str) -> None:
    why = RULES[code].doc.split("## Why it matters")[1].split("## Example")[0]

    assert re.search(r"\bS[0-4]\b|\d{4}", why) or RULES[code].family == "REF"


def _sentences() -> list[tuple[str, str | None]]:
    found: dict[tuple[str, str | None], None] = {}
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("T", "TN"):
                words = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                if words:
                    found[str(words[0]), str(words[1]) if node.func.id == "TN" else None] = None
    return list(found)


@pytest.mark.parametrize("sentence", _sentences(), ids=lambda sentence: sentence[0][:40])
def test_sentence_stands_in_french_with_the_same_placeholders(sentence: tuple[str, str | None]) -> None:
    singular, plural = sentence
    catalogue = translations("fr")
    french = (
        [catalogue.gettext(singular)]
        if plural is None
        else [catalogue.ngettext(singular, plural, 1), catalogue.ngettext(singular, plural, 2)]
    )

    for words in french:
        assert words != singular or singular == "premium"
        assert sorted(re.findall(r"{\w+}", words)) == sorted(re.findall(r"{\w+}", singular))
        assert not re.search(r"(?<! ) [:;!?»]|« ", words)
