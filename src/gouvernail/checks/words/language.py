"""Which language a short text is in, by its function words: enough to know when to keep silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from gouvernail.checks.words.lexicon import LANGUAGES, lexicon
from gouvernail.checks.words.tokens import Token, plain

_OTHERS = {
    "de": "der die das den dem des ein eine einer und oder aus mit von für ist sind wir sie ihr ihre nicht auf zu im "
    "bei nach über unser unsere jetzt mehr kein keine ich es bis",
    "it": "il lo gli una uno di del della dei che per con non è nel nella sono siamo più nostro nostra vostra alla",
    "es": "el los las una uno del que por para con no es en nuestro nuestra más sus su al como",
}


def language(text: Sequence[Token]) -> str | None:
    """Return `en`, `fr`, `de`, `it` or `es` by the most function words; None where there are none, or a tie.

    Where no function word tells, an accent of French tells French.
    """
    spoken = _spoken()
    counts = Counter(one for token in text for one in spoken.get(token.plain, ()))
    best = max(counts.values(), default=0)
    first = [one for one, count in counts.items() if count == best]
    if best and len(first) == 1:
        return first[0]
    if (not counts or "fr" in first) and any(set(token.word) & set("éèêàçùœ") for token in text):
        return "fr"
    return None


def ours(text: Sequence[Token]) -> str | None:
    """Return the language of `text` where we have lists for it, None (which means both) elsewhere."""
    found = language(text)
    return found if found in LANGUAGES else None


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """Function word → the languages that have it."""
    own = {one: lexicon(one).function for one in LANGUAGES}
    others = {one: frozenset(plain(word) for word in words.split()) for one, words in _OTHERS.items()}
    found: dict[str, tuple[str, ...]] = {}
    for one, words in {**own, **others}.items():
        for word in words:
            found[word] = (*found.get(word, ()), one)
    return found
