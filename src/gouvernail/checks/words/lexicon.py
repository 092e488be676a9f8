"""The word lists: read from `en.yaml` and `fr.yaml` once, and matched in one pass over a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gouvernail.checks.words.tokens import Token, plain

LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `start` up to `end` are an entry of a list."""

    start: int
    end: int
    words: str
    """As written in the text."""


class WordList:
    """Entries matched without accents or case: `qualit*` is a beginning, `team` also stands for `teams`.

    An entry of several words is matched as a phrase, each word by the same two forms.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        # Beginnings are looked up only where a list has some with the same two letters: most words have none.
        lengths: dict[str, set[int]] = defaultdict(set)
        for entry in entries:
            parts = tuple(plain(part) for part in entry.replace("-", " ").split())
            if parts:
                self._by_first[parts[0]].append(parts)
                if parts[0].endswith("*"):
                    lengths[parts[0][:2]].add(len(parts[0]) - 1)
        self._lengths = {letters: tuple(sorted(some)) for letters, some in lengths.items()}

    def find(self, text: Sequence[Token]) -> list[Hit]:
        """Return the entries in `text`, from left to right, the longest where several begin together."""
        found: list[Hit] = []
        at = 0
        while at < len(text):
            length = self._length(text, at)
            if length:
                found.append(Hit(at, at + length, " ".join(token.text for token in text[at : at + length])))
            at += length or 1
        return found

    def _length(self, text: Sequence[Token], at: int) -> int:
        best = 0
        for form in self._forms(text[at].plain):
            for parts in self._by_first.get(form, ()):
                rest = text[at : at + len(parts)]
                if len(rest) == len(parts) and all(
                    _is(token.plain, part) for token, part in zip(rest, parts, strict=True)
                ):
                    best = max(best, len(parts))
        return best

    def _forms(self, word: str) -> Iterable[str]:
        """What an entry may look like that matches `word`."""
        yield word
        if word.endswith(("s", "x")):
            yield word[:-1]
        for length in self._lengths.get(word[:2], ()):
            yield f"{word[:length]}*"


def _is(word: str, part: str) -> bool:
    if part.endswith("*"):
        return word.startswith(part[:-1])
    return word == part or (len(part) > 2 and word in (f"{part}s", f"{part}x"))


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language, or of both where the language of a text is not known."""

    function: frozenset[str]
    """Words that carry no meaning of their own."""
    lists: Mapping[str, WordList]
    claims: Mapping[str, WordList]
    """What positionings mostly claim (quality, price, nearness …) → the words that say it."""
    fixed: Mapping[str, tuple[str, ...]]
    """Word → expressions in which it is not the word that a charter means, e.g. `Chers clients`."""


def denied(text: Sequence[Token], at: int, words: Lexicon, reach: int = 5) -> bool:
    """Whether one of the `reach` tokens before `at`, in its sentence, denies what stands there: `not the leader`."""
    start = at
    while start > max(0, at - reach) and not text[start].opens:
        start -= 1
    return bool(words.lists["negation"].find(text[start:at]))


def entries(name: str) -> tuple[str, ...]:
    """Return the entries of one list, of both languages."""
    return tuple(entry for language in LANGUAGES for entry in _read(language)[name])


@cache
def lexicon(language: str | None) -> Lexicon:
    """Return the lists of `language`; of both for None."""
    read = [_read(one) for one in ((language,) if language else LANGUAGES)]
    names = [name for name, value in read[0].items() if isinstance(value, list) and name != "function"]
    fixed: dict[str, tuple[str, ...]] = {}
    claims: dict[str, list[str]] = defaultdict(list)
    for data in read:
        for claim, words in data["claims"].items():
            claims[claim] += words
        for word, phrases in data["fixed"].items():
            fixed[word] = (*fixed.get(word, ()), *phrases)
    return Lexicon(
        frozenset(plain(word) for data in read for word in data["function"]),
        {name: WordList(word for data in read for word in data[name]) for name in names},
        {claim: WordList(words) for claim, words in claims.items()},
        fixed,
    )


@cache
def _read(language: str) -> dict[str, Any]:
    import yaml

    data = yaml.safe_load((Path(__file__).parent / f"{language}.yaml").read_text("utf-8"))
    return {name: _split(value) for name, value in data.items()}


def _split(value: Any) -> Any:
    """Lists stand in the files as commas between entries, to be read and edited with ease."""
    if isinstance(value, dict):
        return {name: _split(inner) for name, inner in value.items()}
    return [entry.strip() for entry in str(value).replace("\n", " ").split(",") if entry.strip()]
