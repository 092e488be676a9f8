"""The word lists are well formed, and matched as their files say."""

import pytest

from gouvernail.checks.words.lexicon import LANGUAGES, WordList, entries, lexicon
from gouvernail.checks.words.tokens import plain, tokens


def _found(entry: str, text: str) -> list[str]:
    return [hit.words for hit in WordList([entry]).find(tokens(text))]


def test_whole_word_stands_for_its_plural_only() -> None:
    assert _found("équipe", "Équipes d’équipement, EQUIPE") == ["Équipes", "EQUIPE"]


def test_beginning_stands_for_every_ending() -> None:
    assert _found("qualit*", "Quality, qualité, qualify") == ["Quality", "qualité"]


def test_phrase_is_matched_whole_and_the_longest_wins() -> None:
    found = WordList(["number", "number one", "au cœur"]).find(tokens("Number one au coeur, number two"))

    assert [hit.words for hit in found] == ["Number one", "au coeur", "number"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_stands_in_both_languages_and_has_entries(language: str) -> None:
    names = set(lexicon(language).lists)

    assert names == set(lexicon(None).lists)
    assert set(lexicon(language).claims) == set(lexicon(None).claims)
    assert all(entries(name) for name in names)


@pytest.mark.parametrize("name", sorted(lexicon(None).lists))
def test_no_entry_is_so_short_that_it_matches_anything(name: str) -> None:
    assert [entry for entry in entries(name) if entry.endswith("*") and len(plain(entry)) < 4] == []
