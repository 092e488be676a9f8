"""The mix of segments: what their rates, their shares of the whole and the whole's size added to a move.

`orders = Σ visits of a channel × its conversion`: more orders can come from more visits (volume), from better channels
(rate), or from the same channels in another mixture (mix). Every pair of factors shares its common effect in equal
halves (Shapley), as in the driver tree. Method: docs/methods/explain.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T


class Effect(StrEnum):
    """What moved: how many there are in all, how good a segment is, how large a part of the whole, or value without size."""

    volume = "volume"
    rate = "rate"
    mix = "mix"
    apart = "apart"


@dataclass(frozen=True)
class Segment:
    """One segment at one end: `value` (orders) out of `size` (visits)."""

    value: float
    size: float

    @property
    def rate(self) -> float | None:
        """Value for each of the size; None where there is no size."""
        return self.value / self.size if self.size else None


@dataclass(frozen=True)
class MixPart:
    """What one effect of one segment added. `before` and `now`: the size (volume), the rate, the share, or the value."""

    effect: Effect
    segment: str
    before: float
    now: float
    added: float


@dataclass(frozen=True)
class Mix:
    """The move of a whole by its segments. The parts add up to `now - before`."""

    of: Literal["total", "rate"]
    before: float
    now: float
    parts: tuple[MixPart, ...]

    def added(self, effect: Effect) -> float:
        """Return what an effect added over all segments."""
        return math.fsum(part.added for part in self.parts if part.effect is effect)


def mix(
    before: Mapping[str, Segment], now: Mapping[str, Segment], of: Literal["total", "rate"] = "total"
) -> Mix | Refusal:
    """Return what volume, rates and mix added to the whole's total value, or to its rate.

    With N the whole size, R the whole rate, w and r a segment's share and rate, bars for the mean of both ends:

    - volume: R̄ ΔN (total only)
    - rate of a segment: N̄ w̄ Δr
    - mix of a segment: N̄ Δw (r̄ − R̄): gaining share counts by how much better than the whole it is
    - apart: value of a segment that has no size at one end, which has no rate

    (N̄ is 1 for a rate.) A segment that is new or gone has one rate only, taken for both ends: it is mix.

    Args:
        before: segment → value and size, at the first end.
        now: the same at the second end; segments that one end lacks are empty there.
        of: `total` (Σ value) or `rate` (Σ value / Σ size).
    """
    names = tuple(dict.fromkeys((*before, *now)))
    first, last = _End.of(before, names), _End.of(now, names)
    if not math.isfinite(first.total + last.total + first.size + last.size):
        return Refusal("no_values", T("Some segment has no value."))
    for end in (first, last):
        if not end.size and (of == "rate" or any(one.size for one in end.segments.values())):
            return Refusal("no_volume", T("The segments have no size in all: there is no rate to speak of."))
    if not first.size and not last.size:
        return Refusal("no_volume", T("The segments have no size in all: there is no rate to speak of."))
    return _Mixing(first, last, of).told(names)


@dataclass(frozen=True)
class _End:
    segments: Mapping[str, Segment]
    size: float
    total: float

    @staticmethod
    def of(given: Mapping[str, Segment], names: tuple[str, ...]) -> _End:
        segments = {name: given.get(name, Segment(0.0, 0.0)) for name in names}
        return _End(
            segments,
            math.fsum(one.size for one in segments.values()),
            math.fsum(one.value for one in segments.values()),
        )

    def share(self, name: str) -> float | None:
        return self.segments[name].size / self.size if self.size else None

    def apart(self, name: str) -> float:
        one = self.segments[name]
        return 0.0 if one.size else one.value

    @property
    def rate(self) -> float | None:
        """The whole's rate, of what has a size."""
        kept = math.fsum(one.value for one in self.segments.values() if one.size)
        return kept / self.size if self.size else None


@dataclass(frozen=True)
class _Mixing:
    first: _End
    last: _End
    of: Literal["total", "rate"]

    def told(self, names: tuple[str, ...]) -> Mix:
        first, last = self.first, self.last
        whole = _pair(first.rate, last.rate)
        scale = 1.0 if self.of == "rate" else (first.size + last.size) / 2
        parts = [part for name in names for part in self._segment(name, sum(whole) / 2, scale)]
        if self.of == "total":
            volume = sum(whole) / 2 * (last.size - first.size)
            parts.insert(0, MixPart(Effect.volume, "", first.size, last.size, volume))
            return Mix(self.of, first.total, last.total, tuple(parts))
        return Mix(self.of, first.total / first.size, last.total / last.size, tuple(parts))

    def _segment(self, name: str, whole: float, scale: float) -> list[MixPart]:
        first, last = self.first, self.last
        parts: list[MixPart] = []
        rates = first.segments[name].rate, last.segments[name].rate
        if rates != (None, None):
            r0, r1 = _pair(*rates)
            w0, w1 = _pair(first.share(name), last.share(name))
            parts.append(MixPart(Effect.rate, name, r0, r1, scale * (w0 + w1) / 2 * (r1 - r0)))
            parts.append(MixPart(Effect.mix, name, w0, w1, scale * (w1 - w0) * ((r0 + r1) / 2 - whole)))
        a0, a1 = first.apart(name), last.apart(name)
        if a0 or a1:
            added = a1 - a0 if self.of == "total" else a1 / last.size - a0 / first.size
            parts.append(MixPart(Effect.apart, name, a0, a1, added))
        return parts


def _pair(first: float | None, last: float | None) -> tuple[float, float]:
    """Return both ends, the one known standing in for the one that is not."""
    either = first if first is not None else last
    known = 0.0 if either is None else either
    return (known if first is None else first), (known if last is None else last)
