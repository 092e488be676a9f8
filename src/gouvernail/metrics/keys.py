"""Tracking keys: which action a campaign, code or source belongs to. Each fact belongs to one action at most."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Field = Literal["utm_campaign", "utm_id", "campaign", "promo_code", "phone", "source"]
Form = Literal["exact", "prefix", "pattern"]
_STRENGTH: dict[str, int] = {"exact": 0, "prefix": 1, "pattern": 2}
ADS = frozenset({"spend"})
"""Tables whose campaign name is the platform's, not the utm_campaign of a link."""


@dataclass(frozen=True)
class Key:
    """How facts are recognised as an action's (the plan's TrackingKey, without the plan).

    `campaign` compares with any campaign name; `utm_campaign` with those of links (site and CRM);
    `utm_id` with the platform's campaign id; `promo_code` with codes used; `source` with where
    visits, leads and orders come from, or the platform that spent. No table carries phone numbers
    yet, so `phone` keys match nothing. `pattern` allows * and ?. `source` limits to one source.
    """

    value: str
    field: Field = "campaign"
    match: Form = "exact"
    source: str | None = None


@dataclass(frozen=True)
class ActionKeys:
    """An action's keys and dates."""

    action: str
    keys: tuple[Key, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Identity:
    """What a group of facts says of itself. `origin` is the traffic source, or the platform for spend."""

    table: str
    source: str
    campaign: str | None = None
    campaign_id: str | None = None
    promo_code: str | None = None
    origin: str | None = None


class Owners:
    """Finds the action of an identity: exact beats prefix beats pattern, then the longer key, then the action's id."""

    def __init__(self, actions: Iterable[ActionKeys]) -> None:
        keyed = [(key, each.action) for each in actions for key in each.keys if key.value.strip()]
        keyed.sort(key=lambda pair: (_STRENGTH[pair[0].match], -len(pair[0].value.strip()), pair[1]))
        self._exact: dict[str, list[tuple[Key, str]]] = {}
        self._loose: list[tuple[Key, str, re.Pattern[str]]] = []
        for key, action in keyed:
            word = _plain(key.value)
            if key.match == "exact":
                self._exact.setdefault(word, []).append((key, action))
            else:
                glob = re.escape(word) + ".*" if key.match == "prefix" else fnmatch.translate(_no_class(word))
                self._loose.append((key, action, re.compile(glob, re.DOTALL)))
        self._known: dict[Identity, str | None] = {}

    def of(self, identity: Identity) -> str | None:
        """Return the action that owns the facts, None where none does."""
        if identity not in self._known:
            self._known[identity] = self._find(identity)
        return self._known[identity]

    def _find(self, identity: Identity) -> str | None:
        said = {_plain(words) for words in _all_words(identity)}
        hits = [
            (-len(word), action)
            for word in said
            for key, action in self._exact.get(word, ())
            if _applies(key, identity) and word in _words_for(key, identity)
        ]
        if hits:
            return min(hits)[1]
        for key, action, pattern in self._loose:
            if _applies(key, identity) and any(map(pattern.fullmatch, _words_for(key, identity))):
                return action
        return None


def _applies(key: Key, identity: Identity) -> bool:
    return key.source is None or key.source == identity.source


def _words_for(key: Key, identity: Identity) -> tuple[str, ...]:
    match key.field:
        case "campaign":
            found = identity.campaign
        case "utm_campaign":
            found = None if identity.table in ADS else identity.campaign
        case "utm_id":
            found = identity.campaign_id
        case "promo_code":
            found = identity.promo_code
        case "source":
            found = identity.origin
        case _:
            found = None
    return (_plain(found),) if found else ()


def _all_words(identity: Identity) -> list[str]:
    words = (identity.campaign, identity.campaign_id, identity.promo_code, identity.origin)
    return [word for word in words if word]


def _plain(words: str) -> str:
    return words.strip().casefold()


def _no_class(pattern: str) -> str:
    """Take brackets for what they are: campaign names are full of them."""
    return pattern.replace("[", "[[]")
