"""The forms of a word that a charter forbids: plural, feminine, degrees, and of French verbs the common endings.

Formed from the word as the charter has it, never by cutting the message's words: `promo` is not in `promotion`, and
`salé` is not `sale`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gouvernail.checks.words.tokens import Token, plain, tokens

_CLITICS = frozenset(
    "en y le la les lui leur leurs moi toi nous vous ci là t je tu il elle on ils elles ce".split()
)
_FRENCH_VERB = "e es ons ez ent é ée és ées ant".split()
_DEGREES = frozenset(
    "cheap easy simple quick fast low big high great small new old smart cool hot rich poor".split()
)
_FEMININE = (
    ("eux", "euse"),
    ("if", "ive"),
    ("el", "elle"),
    ("eil", "eille"),
    ("en", "enne"),
    ("er", "ère"),
    ("et", "ète"),
    ("al", "ale"),
    ("teur", "trice"),
    ("eur", "euse"),
    ("eau", "elle"),
)
_TAKES_E = (
    "é",
    "al",
    "il",
    "ant",
    "ent",
    "ert",
    "ait",
    "it",
    "at",
    "ois",
    "ais",
    "ur",
    "ain",
    "in",
    "and",
    "ond",
    "u",
)


@cache
def forms(word: str, verbs: bool = True) -> frozenset[str]:
    """Return the forms of `word` (lower case, accents kept) in English and French, itself among them.

    Without `verbs`, an ending in -er is not read as a French verb: `consumer` does not become `consume`.
    """
    found = {word}
    for base in {word, _singular(word)}:
        found |= {base, *_plurals(base), *_feminines(base), *_degrees(base)}
        if verbs and base.endswith("er") and len(base) > 5:
            found |= {base[:-2] + ending for ending in _FRENCH_VERB}
    return frozenset(found)


def _singular(word: str) -> str:
    return (
        word[:-1]
        if len(word) > 4 and word.endswith(("s", "x")) and not word.endswith(("ss", "ux", "us"))
        else word
    )


def _plurals(word: str) -> set[str]:
    found = {f"{word}s"}
    if word.endswith(("s", "x", "ch", "sh")):
        found.add(f"{word}es")
    if word.endswith("y"):
        found.add(f"{word[:-1]}ies")
    if word.endswith("al"):
        found.add(f"{word[:-2]}aux")
    if word.endswith(("au", "eu")):
        found.add(f"{word}x")
    return found


def _feminines(word: str) -> set[str]:
    found = {word[: -len(male)] + female for male, female in _FEMININE if word.endswith(male)}
    if word.endswith(_TAKES_E) and len(word) > 3:
        found.add(f"{word}e")
    return found | {f"{one}s" for one in found}


def _degrees(word: str) -> set[str]:
    if word not in _DEGREES:
        return set()
    base = word[:-1] + "i" if word.endswith("y") else word.removesuffix("e")
    return {f"{base}er", f"{base}est"}


class Forbidden:
    """The words and phrases that a charter forbids, ready to be found in messages."""

    def __init__(self, words: Sequence[str], *, verbs: bool = True) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
        for word in words:
            parts = tuple(_spellings(token.word, verbs) for token in tokens(word))
            for first in parts[0] if parts else ():
                self._by_first.setdefault(first, []).append((word, parts))

    def find(self, text: Sequence[Token]) -> list[tuple[str, int, int]]:
        """Return (word of the charter, start, end) of each place in `text`; the longest where several begin there."""
        found: list[tuple[str, int, int]] = []
        for start, token in enumerate(text):
            fitting = [
                (word, start, start + len(parts))
                for word, parts in self._by_first.get(token.word, ())
                if _fits(text, start, parts)
            ]
            if fitting:
                found.append(max(fitting, key=lambda place: place[2]))
        return found


def _spellings(word: str, verbs: bool) -> frozenset[str]:
    """Forms, also as typed without accents; an accent that the charter's word lacks makes another word."""
    found = forms(word, verbs)
    return frozenset({*found, *(plain(form) for form in found)})


def _fits(text: Sequence[Token], start: int, parts: tuple[frozenset[str], ...]) -> bool:
    end = start + len(parts)
    inner = text[start:end]
    if len(inner) < len(parts) or not all(t.word in part for t, part in zip(inner, parts, strict=True)):
        return False
    # A phrase does not run over a full stop; a word within a hyphenated one (`sugar-free`) is another word.
    whole = not text[start].joined and (
        end == len(text) or not text[end].joined or text[end].word in _CLITICS
    )
    return whole and not any(token.opens for token in inner[1:])
