"""Play the same people through every world: all channels, each one missing, none, and the world with its holdouts.

Every world uses the same chances drawn, so that a person's sale in one world and not in another is the channel's doing.
Nothing of a person is a model's guess: the truth is a count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gouvernail.simulate.causal.demand import CHANNELS, ROUNDS, Demand

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
WEEK = 7 * 86_400
TOGETHER = 20_000
"""People played at once."""
COUNTED = 3
"""Meetings with one channel that lift intent."""
LIKELIEST = 0.9


@dataclass(frozen=True)
class Holdouts:
    """Who is shown nothing: `each` of the people by channel, dealt anew for each, and `everything` from all of them."""

    each: float = 0.1
    everything: float = 0.1


@dataclass(frozen=True, eq=False)
class Truth:
    """Sales and their value in each world, over all people.

    Attributes:
        everything: conversions and value with all channels.
        without: a row a channel: the same without it.
        nothing: without any.
    """

    everything: Floats
    without: Floats
    nothing: Floats

    @property
    def incremental(self) -> Floats:
        """Return what each channel causes while the others run: a row a channel, conversions and value."""
        return self.everything - self.without

    @property
    def total(self) -> Floats:
        """Return what all channels cause together."""
        return self.everything - self.nothing

    @property
    def shares(self) -> Floats:
        """Return each channel's part of what channels cause one by one (conversions)."""
        each = self.incremental[:, 0]
        parts: Floats = each / each.sum()
        return parts


@dataclass(frozen=True, eq=False)
class Played:
    """What a company would see, and the truth that it would not.

    Attributes:
        people: how many.
        held: by person and channel, whether the person is held out.
        would: by person and channel, the instant (s) of the first would-be exposure; infinite where there is none.
        who, instant, channel: exposures, in order of person and time.
        buyer, bought, value: sales, in order of person.
    """

    people: int
    held: Flags
    would: Floats
    who: npt.NDArray[np.int64]
    instant: npt.NDArray[np.int64]
    channel: npt.NDArray[np.int32]
    buyer: npt.NDArray[np.int64]
    bought: npt.NDArray[np.int64]
    value: Floats
    truth: Truth


def play(demand: Demand, people: int, seed: int, holdouts: Holdouts | None = None) -> Played:
    """Return people's exposures and sales under holdouts, and what would have been. One seed, one answer."""
    holdouts = holdouts or Holdouts()
    parts = []
    for place, first in enumerate(range(0, people, TOGETHER)):
        rng = np.random.default_rng((seed, place))
        parts.append(_Crowd(demand, min(TOGETHER, people - first), first, rng, holdouts).played())
    return _joined(parts)


class _Crowd:
    """Some people in all worlds at once. Worlds: all, without each channel, none, and the one with holdouts (last)."""

    def __init__(
        self, demand: Demand, count: int, first: int, rng: np.random.Generator, holdouts: Holdouts
    ) -> None:
        self.demand, self.count, self.first, self.rng = demand, count, first, rng
        breadth = len(CHANNELS)
        self.intent = np.exp(demand.spread * rng.standard_normal(count) - demand.spread**2 / 2).astype("f4")
        self.worth = demand.value * rng.lognormal(-0.125, 0.5, count)
        everything = rng.random(count) < holdouts.everything
        self.held = (rng.random((breadth, count)) < holdouts.each) | everything
        shown: list[list[Any]] = [[True] * breadth]
        shown += [[channel != missing for channel in range(breadth)] for missing in range(breadth)]
        self.shown = [*shown, [False] * breadth, list(~self.held)]
        self.lift = np.array(demand.lift, dtype="f4")
        self.met = [np.zeros((breadth, count), dtype=np.int8) for _ in self.shown]
        self.boost = [np.ones(count, dtype="f4") for _ in self.shown]
        self.bought = [np.zeros(count, dtype=bool) for _ in self.shown]
        self.would = np.full((breadth, count), np.inf)
        self.exposures: list[tuple[npt.NDArray[np.int64], ...]] = []
        self.sold_at = np.zeros(count, dtype=np.int64)

    def played(self) -> Played:
        for number in range(ROUNDS):
            self._round(number)
        who, instant, channel = (np.concatenate([one[place] for one in self.exposures]) for place in range(3))
        order = np.lexsort((channel, instant, who))
        buyer = np.flatnonzero(self.bought[-1])
        counts = np.array([[won.sum(), self.worth[won].sum()] for won in self.bought[:-1]])
        return Played(
            self.count,
            self.held.T,
            self.would.T,
            who[order] + self.first,
            instant[order],
            channel[order].astype(np.int32),
            buyer + self.first,
            self.sold_at[buyer],
            self.worth[buyer],
            Truth(counts[0], counts[1:-1], counts[-1]),
        )

    def _round(self, number: int) -> None:
        """Meet channels at some instant of the week, in every world; buy, or not, at its end."""
        shape = (len(CHANNELS), self.count)
        chance = self.rng.random(shape, dtype="f4")
        instants = number * WEEK + (self.rng.random(shape, dtype="f4") * (WEEK - 1)).astype(np.int64)
        luck = self.rng.random(self.count, dtype="f4")
        rates = self.demand.base * self.intent
        for world, shown in enumerate(self.shown):
            boost, met, bought = self.boost[world], self.met[world], self.bought[world]
            intent = self.intent * boost
            for channel in range(len(CHANNELS)):
                reached = (chance[channel] < self._chance(channel, intent)) & ~bought
                if world == len(self.shown) - 1:
                    self._log(channel, reached, shown[channel], instants[channel])
                if shown[channel] is not False:
                    fresh = reached & shown[channel] & (met[channel] < COUNTED)
                    met[channel] += fresh
                    boost += fresh * self.lift[channel]
            buys = (luck < np.minimum(rates * boost, LIKELIEST)) & ~bought
            bought |= buys
        self.sold_at[buys] = (number + 1) * WEEK - 1

    def _chance(self, channel: int, intent: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | float:
        reach, pull = self.demand.reach[channel], self.demand.pull[channel]
        if not pull:
            return reach
        told: npt.NDArray[np.float32] = np.minimum(
            reach * (intent if pull == 1.0 else intent ** np.float32(pull)), LIKELIEST
        )
        return told

    def _log(self, channel: int, reached: Flags, shown: Flags, instants: npt.NDArray[np.int64]) -> None:
        np.minimum(self.would[channel], np.where(reached, instants, np.inf), out=self.would[channel])
        who = np.flatnonzero(reached & shown)
        self.exposures.append((who, instants[who], np.full(len(who), channel)))


def _joined(parts: list[Played]) -> Played:
    def stacked(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(one, name) for one in parts])

    def summed(name: str) -> Floats:
        told: Floats = np.sum([getattr(one.truth, name) for one in parts], axis=0)
        return told

    return Played(
        sum(one.people for one in parts),
        stacked("held"),
        stacked("would"),
        stacked("who"),
        stacked("instant"),
        stacked("channel"),
        stacked("buyer"),
        stacked("bought"),
        stacked("value"),
        Truth(summed("everything"), summed("without"), summed("nothing")),
    )


def rows(played: Played) -> Iterator[tuple[npt.NDArray[np.generic], ...]]:
    """Yield exposures and sales as (person, instant, step, worth) arrays in order; a sale's step is -1."""
    person = np.concatenate((played.who, played.buyer))
    instant = np.concatenate((played.instant, played.bought))
    step = np.concatenate((played.channel, np.full(len(played.buyer), -1, dtype=np.int32)))
    worth = np.concatenate((np.zeros(len(played.who)), played.value))
    order = np.lexsort((step, step == -1, instant, person))
    yield person[order], instant[order], step[order], worth[order]
