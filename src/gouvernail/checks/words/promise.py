"""Whether a message carries a promise: by families of words and by claims shared, silent in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouvernail.checks.words.claims import Claims
from gouvernail.checks.words.language import language
from gouvernail.checks.words.lexicon import LANGUAGES, lexicon
from gouvernail.checks.words.tokens import stem, tokens
from gouvernail.plan.model import ValueProposition


@dataclass(frozen=True)
class Promise:
    """A value proposition as the words by which it is recognised."""

    language: str | None
    stems: frozenset[str]
    claims: frozenset[str]

    @classmethod
    def of(cls, proposition: ValueProposition) -> Promise:
        """Read title, text, proof and key words."""
        said = "\n".join((proposition.title, proposition.text, proposition.proof))
        text = tokens(said)
        meant = [*text, *(token for words in proposition.key_words for token in tokens(words))]
        idle = lexicon(None).function
        stems = frozenset(stem(token.word) for token in meant if token.plain not in idle)
        return cls(language(text), stems, frozenset(Claims.of(said).claims))


def says_nothing_of(promises: Sequence[Promise], message: str, specific_words: int = 1) -> bool:
    """Whether `message` shares no word and no claim with any promise, and would suit any offer.

    It suits any offer where, beside words of advertising, numbers and names, at most `specific_words` are its own.
    """
    text = tokens(message)
    spoken = language(text)
    if spoken not in (None, *LANGUAGES) or any(_foreign(promise.language, spoken) for promise in promises):
        return False
    words = lexicon(spoken)
    meant = [(at, token) for at, token in enumerate(text) if token.plain not in words.function]
    stems = {stem(token.word) for _, token in meant}
    if any(stems & promise.stems for promise in promises):
        return False
    idle = {at for hit in words.lists["talk"].find(text) for at in range(hit.start, hit.end)}
    own = [token for at, token in meant if at not in idle and not _signs(token.text)]
    if len(own) > specific_words or len(own) == len(meant):
        return False
    claims = set(Claims.of(message).claims)
    return not any(claims & promise.claims for promise in promises)


def _foreign(promised: str | None, spoken: str | None) -> bool:
    return promised is not None and spoken is not None and promised != spoken


def _signs(text: str) -> bool:
    """Numbers, percent signs and codes such as the number of a stand."""
    return not text.isalpha()
