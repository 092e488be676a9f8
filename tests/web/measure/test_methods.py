"""The pages of the methods: each in both languages, one the twin of the other, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.measure import methods
from gouvernail.web.workspaces.models import Workspace

pytestmark = pytest.mark.django_db

_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_FOREIGN = re.compile(
    r"`[^`\n]*`|\]\([^)]*\)|https?://\S+|(?<!\*)\*[^*\n]+\*(?!\*)|«\sBeyond the Last Touch[^»]*»"
)
"""What keeps its own spaces: code, links, titles of works."""


def test_the_method_is_a_page_that_leads_to_others(owner: Client, workspace: Workspace) -> None:
    shown = owner.get("/o/acme/measure/methods/experiments/").content.decode()

    assert "Guarantees" in shown
    assert 'href="/o/acme/measure/methods/sequential/"' in shown
    for id in ("nothing", "..", "index", "%2e%2e", "fr"):
        assert owner.get(f"/o/acme/measure/methods/{id}/").status_code == 404


def test_a_french_reader_reads_it_in_french(owner: Client, workspace: Workspace) -> None:
    User.objects.update(language="fr")
    owner.cookies["django_language"] = "fr"

    shown = owner.get("/o/acme/measure/methods/experiments/").content.decode()

    assert "Guarantees" not in shown
    assert "Garanties" in shown
    assert 'href="/o/acme/measure/methods/sequential/"' in shown


def test_every_method_has_a_name_and_a_page_in_both_languages(root: Path) -> None:
    for folder in ("docs/methods", "docs/fr/methodes"):
        assert set(methods.TITLES) == {path.stem for path in (root / folder).glob("*.md")}, folder
    for id, title in methods.TITLES.items():
        assert title.render("fr") != title.render("en"), id


@pytest.mark.parametrize("id", sorted(methods.TITLES))
def test_both_languages_tell_the_same(id: str, root: Path) -> None:
    """The same headings in number and depth, and the same digits in every row of a table and in every block of code."""
    english, french = (_read(root, folder, id) for folder in ("docs/methods", "docs/fr/methodes"))

    assert re.findall(r"^#+(?= )", french, re.MULTILINE) == re.findall(r"^#+(?= )", english, re.MULTILINE)
    assert french.startswith(f"# {methods.TITLES[id].render('fr')}\n")
    assert _digits(_rows(french)) == _digits(_rows(english))
    assert _digits(_FENCED.findall(french)) == _digits(_FENCED.findall(english))


@pytest.mark.parametrize("id", sorted(methods.TITLES))
def test_french_pages_keep_french_spaces(id: str, root: Path) -> None:
    words = _FOREIGN.sub("", _FENCED.sub("", _read(root, "docs/fr/methodes", id)))

    # A colon may end a word of a table's rule (":---") or a time; none follows an ordinary space or a letter.
    assert re.findall(r".{0,20}(?:[ \w)][;!?»]| [%:](?!-)|[\w)]%|\w: |« ).{0,10}", words) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_link_of_a_page_leads_nowhere(language: str, root: Path) -> None:
    folder = root / ("docs/methods" if language == "en" else "docs/fr/methodes")
    for path in sorted(folder.glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+\.md)", path.read_text(encoding="utf-8")):
            assert (folder / target).is_file(), (path.name, target)
        shown = methods.page(path.stem, "acme", language)
        assert not re.search(r'href="[^"]*\.md', shown), path.name


def _read(root: Path, folder: str, id: str) -> str:
    return (root / folder / f"{id}.md").read_text(encoding="utf-8")


def _rows(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("|")]


def _digits(parts: list[str]) -> list[str]:
    # English drops the nought of “.05”, French writes “0,05”.
    return [re.sub(r"\D", "", re.sub(r"(?<!\d)[.,](?=\d)", "0.", part)) for part in parts]
