"""The catalogue is complete: code ↔ module ↔ page ↔ cases ↔ French."""

import ast
import re
from pathlib import Path

import pytest

import gouvernail.checks
from gouvernail.base.render import translations
from gouvernail.checks.catalogue import MODULES, RULES
from gouvernail.checks.pages import FOLDER, HEADINGS, page, section
from gouvernail.checks.settings import fitted
from tests.checks.casebook import FOLDER as CASES
from tests.checks.casebook import cases

HOME = Path(gouvernail.checks.__file__).parent
LANGUAGES = ("en", "fr")


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

    assert {path.stem for path in CASES.glob("*.yaml")} == set(RULES)
    assert [code for code, found in kinds.items() if not {"pass", "fail"} <= found] == []


@pytest.mark.parametrize("code", RULES)
def test_rule_is_what_its_code_says(code: str) -> None:
    rule = RULES[code]

    assert rule.code == code
    assert rule.family == code[:3]
    assert rule.run is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RULES)
def test_page_has_every_heading_in_order_with_text(code: str, language: str) -> None:
    sections = re.split(r"^## (.+)$", page(code, language), flags=re.MULTILINE)

    assert sections[0].strip().endswith(".")
    assert sections[1::2] == list(HEADINGS[language])
    assert all(text.strip() for text in sections[2::2])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RULES)
def test_page_names_every_parameter_and_its_default(code: str, language: str) -> None:
    told = section(code, language, HEADINGS["en"].index("Parameters"))

    for parameter in RULES[code].parameters:
        assert f"`{parameter.name}`" in told
        assert fitted(parameter.default, parameter.default) is not None
        if isinstance(parameter.default, int | float):
            default = f"{parameter.default:g}"
            assert f"({default})" in told or f"({default.replace('.', ',')})" in told


@pytest.mark.parametrize("code", RULES)
def test_french_page_keeps_french_typography(code: str) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|\{[^}]*\}|https?://\S+", "", page(code, "fr"), flags=re.DOTALL)

    assert re.findall(r"[^\u00a0\u202f\s][;!?»]|[^\u00a0\u202f]:(?=\s)|«[^\u00a0\u202f]", prose) == []


def test_no_french_page_is_left_over() -> None:
    assert {path.stem for path in (FOLDER / "fr" / "rules").glob("*.md")} == set(RULES)


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
