"""An organisation's own words for the usual ones: "Key result" where others say "Objective".

Own words touch no number and no long sentence: a word that stands alone (a heading, a column, a kind) is said as the
organisation says it while its page or report is written, in every language; so are buttons of two words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from gouvernail.base.text import Text

Words = Mapping[str, str | Text]
"""Template of the usual word → what is said instead; a sentence is rendered in the reader's language."""
USUAL: Words = MappingProxyType({})
"""No own words: everything is called as usual."""
_OWN: ContextVar[Words] = ContextVar("own words", default=USUAL)


@contextmanager
def speaking(own: Words) -> Iterator[None]:
    """Say the words of `own` instead of the usual ones."""
    before = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(before)


def own_word(template: str) -> str | Text | None:
    """Return the word in force for a usual one, None where there is none."""
    return _OWN.get().get(template)
