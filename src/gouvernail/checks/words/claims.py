"""What a positioning claims, and whether another claims the same: by claims shared, not by understanding."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.checks.words.language import language
from gouvernail.checks.words.lexicon import LANGUAGES, lexicon
from gouvernail.checks.words.tokens import Token, stem, tokens
from gouvernail.plan.model import Plan


@dataclass(frozen=True)
class Claims:
    """A sentence seen as its usual claims and what else it says."""

    language: str | None
    claims: dict[str, str]
    """Claim (quality, price …) → the words that make it, as written."""
    other: dict[str, Token]
    """Stem → the first word of that stem which makes no usual claim."""
    stems: frozenset[str]

    @classmethod
    def of(cls, said: str) -> Claims:
        """Read a sentence in English or French; of another language, or none, come no claims."""
        text = tokens(said)
        spoken = language(text)
        if spoken not in (None, *LANGUAGES):
            return cls(spoken, {}, {}, frozenset())
        words = lexicon(spoken)
        fillers = words.lists["claim_filler"].find(text)
        idle = {at for hit in fillers for at in range(hit.start, hit.end)}
        # In “au service de l’industrie” nobody promises service.
        phrases = {hit.start + 1 for hit in fillers if hit.end - hit.start > 1}
        found, taken = {}, set[int]()
        for claim, list_ in words.claims.items():
            hits = [hit for hit in list_.find(text) if hit.start not in phrases]
            if hits:
                found[claim] = ", ".join(dict.fromkeys(hit.words for hit in hits))
                taken |= {at for hit in hits for at in range(hit.start, hit.end)}
        meant = [(at, token) for at, token in enumerate(text) if token.plain not in words.function]
        other = {
            stem(token.word): token for at, token in reversed(meant) if at not in taken and at not in idle
        }
        return cls(spoken, found, other, frozenset(stem(token.word) for _, token in meant))


def shared(ours: Claims, theirs: Claims, known: frozenset[str], own_words: int = 0) -> list[str]:
    """Return our claims, in our words, where `theirs` makes them all and ours says nothing else; else nothing.

    `known` are stems that tell no difference, e.g. of the trade.
    """
    spoken = {ours.language, theirs.language} - {None}
    if len(spoken) > 1 or not ours.claims or not set(ours.claims) <= set(theirs.claims):
        return []
    own = set(ours.other) - theirs.stems - known
    return list(dict.fromkeys(ours.claims.values())) if len(own) <= own_words else []


def trade(plan: Plan) -> frozenset[str]:
    """Return the stems of the words of the trade: of the offers, the industry and the company’s name."""
    organisation = plan.organisation
    said = [organisation.name, organisation.industry, *(offer.title for offer in plan.offers)]
    return frozenset(stem(token.word) for one in said for token in tokens(one))
