"""The French catalogues: find every sentence marked in the code, bring the catalogues up to date, or check them.

    python -m tools.messages            adds what is missing, drops what is gone
    python -m tools.messages --check    says what is missing, unsure, or has lost a placeholder

Sentences are read from the syntax tree (`T("…")`, `TN("…", "…")`), as calls stand within calls, and names from the
data table that a module reads (`channels.yaml` beside `channels.py`). Each package has a catalogue of its own; a sentence used by two stands in one of them.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "gouvernail"
CATALOGUES = SOURCE / "locale" / "fr" / "LC_MESSAGES"
HEADER = """\
# French sentences of the package {package}.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
Key = str | tuple[str, str]
"""A template, or its singular and plural."""


@dataclass
class Sentences:
    """What the code says: template → where; and calls whose template cannot be read from the code."""

    found: dict[Key, list[str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def package_of(path: Path) -> str:
    """Return the package (first folder, or module) whose catalogue holds the sentences of `path`."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def extract(source: Path = SOURCE) -> dict[str, Sentences]:
    """Return the sentences of every module, package by package."""
    packages: dict[str, Sentences] = {}
    for path in sorted(source.rglob("*.py")):
        sentences = packages.setdefault(package_of(path), Sentences())
        tree = ast.parse(path.read_text(encoding="utf-8"))
        data = path.with_suffix(".yaml")
        for name in _names(yaml.safe_load(data.read_text(encoding="utf-8"))) if data.exists() else ():
            if needs_translation(name):
                sentences.found.setdefault(name, []).append(data.relative_to(ROOT).as_posix())
        for call in _calls(tree):
            where = f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
            _collect(call, where, sentences, dynamic=data.exists())
    for path in sorted(source.rglob("*.html")):
        _collect_page(path, packages.setdefault(package_of(path), Sentences()))
    return packages


_TAG = re.compile(r"""{%\s*(t|tn)\s+(?P<q>["'])(?P<one>.*?)(?P=q)(?:\s+(?P<r>["'])(?P<many>.*?)(?P=r))?""")


def _collect_page(path: Path, sentences: Sentences) -> None:
    """Read the sentences of a page: `{% t "…" %}` and `{% tn "…" "…" n %}`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for tag in _TAG.finditer(line):
            key: Key = (tag["one"], tag["many"]) if tag[1] == "tn" else tag["one"]
            sentences.found.setdefault(key, []).append(f"{path.relative_to(ROOT).as_posix()}:{number}")


def _names(data: object) -> Iterator[str]:
    """Yield the `name` of every entry of a data table (`channels.yaml` beside `channels.py`)."""
    for key, value in data.items() if isinstance(data, dict) else ():
        if key == "name" and isinstance(value, str):
            yield value
        yield from _names(value)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("T", "TN"):
            yield node


def _collect(call: ast.Call, where: str, sentences: Sentences, *, dynamic: bool) -> None:
    if len(call.args) > 1:  # only TN takes a second template; values go by name
        forms = [_strings(argument) for argument in call.args[:2]]
        if [len(form) for form in forms] != [1, 1]:
            sentences.unreadable.append(where)
            return
        sentences.found.setdefault((forms[0][0], forms[1][0]), []).append(where)
        return
    templates = _strings(call.args[0]) if call.args else []
    if not templates and not dynamic:
        sentences.unreadable.append(where)
    for template in templates:
        if needs_translation(template):
            sentences.found.setdefault(template, []).append(where)


def _strings(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _strings(node.body) + _strings(node.orelse)
    return []


def needs_translation(template: str) -> bool:
    """Return whether words remain once placeholders are taken out, or signs that French sets otherwise (“: ”, “%”)."""
    return re.search(r"[^\W\d_]|[:;!?%“”]", re.sub(r"\{[^}]*\}", "", template)) is not None


def placeholders(template: str) -> set[str]:
    """Return the names between braces."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


def read_catalogues(folder: Path = CATALOGUES) -> dict[str, Catalog]:
    """Return the catalogues that stand, by package."""
    catalogues = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogues[path.stem] = read_po(file, locale="fr")
    return catalogues


def faults(packages: dict[str, Sentences], catalogues: dict[str, Catalog]) -> list[str]:
    """Return what a reader of French would miss, one sentence each."""
    translated = {
        _plain(message.id) for catalogue in catalogues.values() for message in catalogue if message.id
    }
    said = []
    for package, sentences in packages.items():
        said += [
            f"{where}: the template is not written out, so nobody can translate it."
            for where in sentences.unreadable
        ]
        for key, places in sentences.found.items():
            if _plain(key) not in translated:
                said.append(f"{places[0]}: {package}.po lacks: {_plain(key)!r}.")
    for package, catalogue in catalogues.items():
        for message in catalogue:
            if message.id:
                said += [f"{package}.po: {fault}" for fault in _message_faults(message)]
    return said


def _message_faults(message: object) -> Iterator[str]:
    key, words = message.id, message.string  # type: ignore[attr-defined]
    name = _plain(key)
    forms = [words] if isinstance(words, str) else list(words)
    if message.fuzzy:  # type: ignore[attr-defined]
        yield f"is unsure (fuzzy) of {name!r}."
    if not all(forms) or len(forms) != (1 if isinstance(key, str) else 2):
        yield f"leaves {name!r} empty."
        return
    allowed = placeholders(key) if isinstance(key, str) else placeholders(key[0]) | placeholders(key[1])
    for form in forms:
        try:
            held = placeholders(form)
        except ValueError:
            yield f"has an unbalanced brace in the French of {name!r}."
            continue
        if unknown := held - allowed:
            yield f"names {sorted(unknown)} in the French of {name!r}, which its English does not know."
        if isinstance(key, str) and (lost := allowed - held):
            yield f"loses {sorted(lost)} in the French of {name!r}."


def _plain(key: object) -> str:
    return key if isinstance(key, str) else key[0]  # type: ignore[index,no-any-return]


def gone(packages: dict[str, Sentences], catalogue: Catalog) -> list[Key]:
    """Return what the catalogue translates and the code no longer says."""
    used = {_plain(key) for sentences in packages.values() for key in sentences.found}
    ids = [message.id for message in catalogue if message.id]
    return [key for key in ids if _plain(key) not in used and needs_translation(_plain(key))]


def update(packages: dict[str, Sentences], catalogues: dict[str, Catalog]) -> list[Path]:
    """Add what is missing to each catalogue, drop what the code no longer says; return the files written."""
    translated = {
        _plain(message.id) for catalogue in catalogues.values() for message in catalogue if message.id
    }
    written = []
    for package in sorted(packages.keys() | catalogues.keys()):
        catalogue = catalogues.get(package)
        missing = [key for key in packages.get(package, Sentences()).found if _plain(key) not in translated]
        left = gone(packages, catalogues[package]) if package in catalogues else []
        if not missing and not left:
            continue
        catalogue = catalogue or Catalog(
            locale="fr", charset="utf-8", header_comment=HEADER.format(package=package)
        )
        for key in left:
            catalogue.delete(key)
        for key in missing:
            catalogue.add(key)
            translated.add(_plain(key))
        written.append(_write(package, catalogue))
    return written


def _write(package: str, catalogue: Catalog) -> Path:
    path = CATALOGUES / f"{package}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # A header of our own: Babel's holds dates, which would change at every run.
        file.write(HEADER.format(package=package).encode())
        write_po(file, catalogue, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    return path


def main(arguments: list[str]) -> int:
    """Update, or check with `--check`; return the exit status."""
    packages, catalogues = extract(), read_catalogues()
    if "--check" not in arguments:
        for path in update(packages, catalogues):
            print(f"messages: {path.relative_to(ROOT)} brought up to date.")
        catalogues = read_catalogues()
    said = faults(packages, catalogues)
    for sentence in said:
        print(sentence)
    print(
        f"messages: {sum(len(sentences.found) for sentences in packages.values())} sentences, {len(said)} faults."
    )
    return 1 if said and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
