"""Every sentence has its French."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import messages


def test_every_sentence_stands_in_french() -> None:
    assert messages.faults(messages.extract(), messages.read_catalogues()) == []


def test_no_catalogue_keeps_what_the_code_no_longer_says() -> None:
    packages = messages.extract()
    left = {package: messages.gone(packages, each) for package, each in messages.read_catalogues().items()}

    assert {package: keys for package, keys in left.items() if keys} == {}


def test_french_keeps_a_hard_space_before_double_signs() -> None:
    import re

    loose = [
        str(form)
        for catalogue in messages.read_catalogues().values()
        for message in catalogue
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
        if re.search(r" [:;!?»]|« ", form)
    ]

    assert loose == []


def _module(folder: Path, code: str) -> None:
    package = folder / "plan"
    package.mkdir(parents=True)
    (package / "words.py").write_text(code, encoding="utf-8")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", tmp_path / "src")
    return tmp_path / "src"


def test_sentences_within_sentences_are_found(source: Path) -> None:
    _module(source, 'T("a {x}", x=TN("one", "many", n=2), y=T("b" if z else "c"))')

    found = messages.extract(source)["plan"].found

    assert set(found) == {"a {x}", ("one", "many"), "b", "c"}


def test_templates_of_placeholders_alone_need_no_french(source: Path) -> None:
    _module(source, 'T("{first} → {second}", first=1, second=2)')

    assert messages.extract(source)["plan"].found == {}


def test_template_that_is_not_written_out_is_a_fault(source: Path) -> None:
    _module(source, "\nT(words)")

    assert messages.extract(source)["plan"].unreadable == ["src/plan/words.py:2"]


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ("", "leaves '{n} rows' empty."),
        ("lignes", "loses ['n'] in the French of '{n} rows'."),
        ("{n} lignes {m}", "names ['m'] in the French of '{n} rows', which its English does not know."),
    ],
)
def test_wrong_french_is_told(french: str, fault: str) -> None:
    from babel.messages.catalog import Catalog

    catalogue = Catalog(locale="fr")
    catalogue.add("{n} rows", french)

    assert messages.faults({}, {"plan": catalogue}) == [f"plan.po: {fault}"]
