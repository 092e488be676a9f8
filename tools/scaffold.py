"""The files of a new rule, metric or source, with its test and changelog fragment: `make new-check` and its kin.

Nothing that stands is overwritten. What cannot be written for you is said at the end.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template

ROOT = Path(__file__).parent.parent
FORMS = Path(__file__).parent / "forms"
FAMILIES = {
    "VAL": ("values", "values"), "VIS": ("vision", "vision"), "MIS": ("mission", "mission"),
    "STR": ("strategy", "strategy"), "OBJ": ("objectives", "objectives"), "CAS": ("cascade", "objectives"),
    "KPI": ("kpi", "objectives"), "ACT": ("actions", "execution"), "AUD": ("audience", "execution"),
    "POS": ("positioning", "execution"), "BUD": ("budget", "execution"), "ORG": ("organisation", "execution"),
    "REV": ("review", "objectives"), "DAT": ("data", "execution"), "PER": ("performance", "objectives"),
    "REF": ("references", "execution"),
}  # fmt: skip
METRIC_FAMILIES = ("business", "marketing", "digital")


class RefusedError(Exception):
    """What was asked for cannot be made; the message says why."""


def check(code: str, name: str, title: str) -> list[Path]:
    """Write the module, cases and fragment of a rule, and its line in the catalogue."""
    _need(r"[A-Z]{3}\d{2}", code, "CODE", "VAL06")
    _need(r"[a-z][a-z0-9_]+", name, "NAME", "commonplace_value")
    _need(r"\S.+", title, "TITLE", "Commonplace value")
    family = code[:3]
    if family not in FAMILIES:
        raise RefusedError(f"There is no family {family}. There are: {', '.join(FAMILIES)}.")
    folder, layer = FAMILIES[family]
    words = {"code": code, "family": family, "name": name, "title": title, "layer": layer, "folder": folder}
    written = [
        _write(f"src/gouvernail/checks/rules/{folder}/{name}.py", "check.py", words),
        _write(f"tests/checks/cases/{code}.yaml", "check.yaml", words),
        _write(f"src/gouvernail/locale/fr/rules/{code}.md", "check.fr.md", words),
        _write(f"changelog.d/{code.lower()}.rule.md", "check.md", words),
    ]
    entry = f'    "{code}": "{folder}.{name}",\n'
    return [
        *written,
        _insert("src/gouvernail/checks/catalogue.py", r'    "([A-Z]{3}\d{2})": ', family, entry),
    ]


def kpi(family: str, name: str, title: str) -> list[Path]:
    """Write the metric at the end of its family, its test and fragment."""
    if family not in METRIC_FAMILIES:
        raise RefusedError(f"FAMILY is {family!r}; it is one of: {', '.join(METRIC_FAMILIES)}.")
    _need(r"[a-z][a-z0-9_]+", name, "NAME", "cost_per_demo")
    _need(r"\S.+", title, "TITLE", "Cost per demo")
    words = {"family": family, "name": name, "title": title}
    module = ROOT / "src" / "gouvernail" / "metrics" / "kpis" / f"{family}.py"
    text = module.read_text(encoding="utf-8")
    if f'"{name}",' in text:
        raise RefusedError(f"The metric {name} is already in {module.name}.")
    end = re.search(r"^\)$(?!.*^\)$)", text, flags=re.MULTILINE | re.DOTALL)
    if end is None:
        raise RefusedError(f"{module.name} does not end its tuple with a line `)`: add the metric by hand.")
    written = [
        _write(f"tests/metrics/test_{name}.py", "kpi_test.py", words),
        _write(f"changelog.d/{name.replace('_', '-')}.added.md", "kpi.md", words),
    ]
    module.write_text(text[: end.start()] + _filled("kpi.py", words) + text[end.start() :], encoding="utf-8")
    return [*written, module]


def source(name: str, title: str) -> list[Path]:
    """Write the folder of a vendor, its test and fragment, and its line in the catalogue."""
    _need(r"[a-z][a-z0-9_]+", name, "NAME", "tiktok_ads")
    _need(r"\S.+", title, "TITLE", "TikTok Ads")
    words = {"name": name, "title": title}
    written = [
        _write(f"src/gouvernail/sources/files/{name}/__init__.py", "source.py", words),
        _write(f"tests/sources/test_{name}.py", "source_test.py", words),
        _write(f"changelog.d/{name.replace('_', '-')}.added.md", "source.md", words),
    ]
    entry = f'    "{name}": "gouvernail.sources.files.{name}",\n'
    return [
        *written,
        _insert("src/gouvernail/sources/catalogue.py", r'    "(\w+)": "gouvernail\.', "", entry),
    ]


def _need(form: str, value: str, what: str, example: str) -> None:
    if not re.fullmatch(form, value):
        raise RefusedError(f"{what} is {value!r}; write it like {what}={example!r}.")


def _filled(form: str, words: dict[str, str]) -> str:
    return Template((FORMS / f"{form}.txt").read_text(encoding="utf-8")).substitute(words)


def _write(path: str, form: str, words: dict[str, str]) -> Path:
    target = ROOT / path
    if target.exists():
        raise RefusedError(f"{path} already exists.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_filled(form, words), encoding="utf-8")
    return target


def _insert(path: str, line: str, prefix: str, entry: str) -> Path:
    """Put `entry` after the last line of the catalogue whose key starts with `prefix` (after the last one, where none does)."""
    target = ROOT / path
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    keys = [(number, found[1]) for number, text in enumerate(lines) if (found := re.match(line, text))]
    kin = [number for number, key in keys if key.startswith(prefix)] or [number for number, _ in keys]
    if not kin:
        raise RefusedError(f"{path} holds no entry to put the new one after: add {entry.strip()} by hand.")
    lines.insert(kin[-1] + 1, entry)
    target.write_text("".join(lines), encoding="utf-8")
    return target


NEXT = {
    "check": "Write the check, its cases and its page in both languages, then: make messages (and translate), make docs-reference, make test.",
    "kpi": "Say how the metric is made, then: make messages (and translate), make docs-reference, make test.",
    "source": "Name the headers (sources/layout.py says how), then: make docs-reference, make test.",
}


def main(arguments: list[str]) -> int:
    """Make what is asked for; return the exit status."""
    kind, *words = arguments
    try:
        written = {"check": check, "kpi": kpi, "source": source}[kind](*words)
    except RefusedError as refused:
        print(f"new-{kind}: {refused}")
        return 2
    for path in written:
        print(f"  {path.relative_to(ROOT).as_posix()}")
    print(NEXT[kind])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
