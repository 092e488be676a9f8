"""A text cut into words, numbers and signs, with what the rules need to know of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(r"\d+(?:[.,’'\u00a0\u202f]\d+)*(?![^\W_])|[^\W_]+|%|[.!?…;:\n]|-")
_STOPS = frozenset(".!?…;:\n")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or percent sign.

    `word` is in lower case with its accents, `plain` without them. `joined` says that a hyphen ties it to the one
    before (`low-cost`), `opens` that it begins a sentence.
    """

    text: str
    word: str
    plain: str
    joined: bool
    opens: bool

    @property
    def number(self) -> bool:
        return self.text[0].isdigit()


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text`. An elided article is a token of its own: `l’atelier` is `l`, `atelier`."""
    found: list[Token] = []
    opens, hyphen, end = True, False, -1
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in _STOPS:
            opens = True
        elif piece == "-":
            hyphen = match.start() == end
            end = match.end()
        else:
            joined = hyphen and match.start() == end
            found.append(Token(piece, piece.casefold(), plain(piece), joined, opens))
            opens, hyphen, end = False, False, match.end()
    return tuple(found)


def plain(word: str) -> str:
    """Return `word` in lower case without accents: `Été` is `ete`, `œuvre` is `oeuvre`."""
    if word.isascii():
        return word.lower()
    spelt = word.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return what words of one family mostly share: `réparable`, `réparons` and `réparer` are `repar`.

    Light and sometimes wrong; used only where a shared stem makes a rule keep silent, so that a mistake costs a
    finding and never a false alarm.
    """
    short = plain(word)
    for ending in _ENDINGS:
        if short.endswith(ending) and len(short) - len(ending) >= 4:
            return short[: -len(ending)]
    return short


_ENDINGS = sorted(
    (
        "issement issements ation ations ateur ateurs atrice ateurs ement ements able ables ible ibles ance ances "
        "ence ences ique iques ite ites ive ives if ifs euse euses eux ion ions ment ments ante antes ant ants "
        "ee ees er ers ez ons ent es e s x i is ie ies it its ing ings ed ly ness y ability ivity ure ures aison aisons"
    ).split(),
    key=len,
    reverse=True,
)
