"""An organisation's own words for the usual ones: "Key result" where others say "Objective".

Own words touch no number and no sentence: a word that stands alone (a heading, a column, a kind) is said as the
organisation says it while its page or report is written, in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

USUAL: Mapping[str, str] = MappingProxyType({})
"""No own words: everything is called as usual."""
_OWN: ContextVar[Mapping[str, str]] = ContextVar("own words", default=USUAL)


@contextmanager
def speaking(own: Mapping[str, str]) -> Iterator[None]:
    """Say the words of `own` (template of the usual word → own word) instead of the usual ones."""
    before = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(before)


def own_word(template: str) -> str | None:
    """Return the word in force for a usual one, None where there is none."""
    return _OWN.get().get(template)
