"""Whom an action really addresses: ages and market of its segments, personas or objectives' scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gouvernail.base.channels import Channel
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, AgeBand, Market, Objective, Persona, Segment


@dataclass(frozen=True)
class Target:
    """A public to reach: the element that describes it, its ages and market where known."""

    id: str
    name: str
    age: tuple[int, int] | None
    market: str | None


def targets(index: Index, action: Action) -> tuple[Target, ...]:
    """Return the publics that `action` is for.

    Segments and personas that the action names; without any, the segments in the scope of the objectives that it
    serves; without those, the action's own ages and market.
    """
    named = [_segment(index, one) for id in action.audience.segments if (one := index.segments.get(id))]
    named += [_persona(index, who) for id in action.audience.personas if (who := index.personas.get(id))]
    if not named:
        named = [_segment(index, one) for one in _scope(index, action)]
    if not named and (action.audience.age or action.audience.market):
        market = action.audience.market or index.plan.organisation.market
        named = [Target(action.id, action.name, _ages(action.audience.age), _market(market))]
    return tuple(dict.fromkeys(named))


def segments_of(index: Index, action: Action) -> frozenset[str]:
    """Return the ids of the segments that the action names, itself or by its personas."""
    people = (index.personas.get(id) for id in action.audience.personas)
    return frozenset(action.audience.segments) | {who.segment for who in people if who and who.segment}


def uses(index: Index, target: Target, channel: Channel) -> bool:
    """Whether a persona of this public is known to use the channel or its network."""
    persona = index.personas.get(target.id)
    known = [persona] if persona else index.personas_of.get(target.id, ())
    catalogue = index.channels
    for one in known:
        for id in one.channels:
            listed = catalogue.get(id)
            if id == channel.id or (listed and listed.network and listed.network == channel.network):
                return True
    return False


def _scope(index: Index, action: Action) -> Iterator[Segment]:
    for objective in index.parents(action):
        if isinstance(objective, Objective):
            for id in objective.scope.segments:
                if segment := index.segments.get(id):
                    yield segment


def _segment(index: Index, segment: Segment) -> Target:
    market = segment.market or index.plan.organisation.market
    return Target(segment.id, segment.name, _ages(segment.age), _market(market))


def _persona(index: Index, persona: Persona) -> Target:
    segment = index.segments.get(persona.segment or "")
    age = persona.age or (segment.age if segment else None)
    market = (segment.market if segment else None) or index.plan.organisation.market
    return Target(persona.id, persona.name, _ages(age), _market(market))


def _ages(age: AgeBand | None) -> tuple[int, int] | None:
    return (age.low, age.high) if age else None


def _market(market: Market | None) -> str | None:
    return market.value if market else None
