"""From touches and conversions in order of person and time to distinct paths with counts: vectorised, batch by batch.

No path is built row by row. A path is known by a 64-bit number that its steps give (prefix sums of one number a channel
times powers of an odd base, modulo 2^64, so that the number of any stretch is one subtraction); a second, independent
number tells whether two different paths fell on one (`CollisionError`); the caller then asks again with another seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.attribution.aging import HALF_LIFE_DAYS, Aged, Stretches, aged
from gouvernail.measurement.attribution.paths import Floats, Integers, Paths, tallied

Codes = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
CONVERSION = -1
"""Code of a row that is a conversion and no touch."""
HELD = 4_000_000
"""Journeys of several batches that are kept apart before they are folded into distinct paths; half as many again as
were left by the last folding, where those are more, so that folding costs no more than reading."""


@dataclass(frozen=True)
class Window:
    """Which touches count for a conversion.

    Attributes:
        days: how long before a conversion a touch still counts.
        restart: a person's path begins anew after each conversion; otherwise earlier touches count again.
    """

    days: float = 90.0
    restart: bool = True


@dataclass(frozen=True, eq=False)
class Batch:
    """Rows ordered by person, instant, and touches before conversions of the same instant.

    Attributes:
        person: any numbers that are alike for one person's rows and differ from the next person's.
        instant: seconds.
        step: number of the channel, `CONVERSION` for a conversion.
        worth: value of a conversion, 0 for a touch.
    """

    person: Integers
    instant: Integers
    step: Codes
    worth: Floats


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of journeys by path and by group of people, for resampling people: one entry where there is any."""

    path: Integers
    group: Integers
    conversions: Floats
    value: Floats
    nulls: Floats


@dataclass(frozen=True, eq=False)
class Journeys:
    """Distinct paths, and what had none: conversions of people without a touch in the window; credit by age."""

    paths: Paths
    tally: Tally
    untraced: float
    untraced_value: float
    people: int
    touches: int
    aged: Aged | None = None


@dataclass(eq=False)
class _Piece:
    """Journeys of a batch: their two numbers, group, counts, and for one of each path its steps."""

    first: Hashes
    second: Hashes
    group: Integers
    conversions: Floats
    value: Floats
    nulls: Floats
    lengths: Integers
    steps: Codes


@dataclass
class _Count:
    """What is counted while batches go by."""

    aged_conversions: Floats
    aged_value: Floats
    half_life_days: float
    most: int
    people: int = 0
    touches: int = 0
    untraced: float = 0.0
    untraced_value: float = 0.0
    pieces: list[_Piece] = field(default_factory=list)
    held: int = 0


@dataclass(frozen=True, eq=False)
class Counts:
    """Distinct paths that were counted elsewhere, each once a group of people, and what goes with them.

    Attributes:
        steps, bounds: the paths one after the other; where each begins, and where the last ends.
        group, conversions, value, nulls: of each path.
    """

    steps: Codes
    bounds: Integers
    group: Integers
    conversions: Floats
    value: Floats
    nulls: Floats
    people: int
    touches: int
    untraced: float
    untraced_value: float
    aged: Aged


class CollisionError(Exception):
    """Two different paths fell on one number: chance of about 1 in 10⁷ for a million paths. Ask again with another seed."""


def walked(
    batches: Iterable[Batch],
    channels: Sequence[str],
    window: Window | None = None,
    *,
    groups: int = 1,
    half_life_days: float = HALF_LIFE_DAYS,
    seed: int = 0,
) -> Journeys:
    """Return the distinct paths of all people.

    Args:
        batches: rows in order; one person's rows may go over several batches.
        channels: the name behind each step's number.
        window: which touches count; 90 days and a new path after each conversion when not given.
        groups: into how many groups people are dealt, in turn, for resampling.
        half_life_days: after how many days a touch counts half as much, for the credit by age.
        seed: of the numbers that paths are known by. It changes their order, and nothing else.

    Raises:
        CollisionError: two different paths fell on one number.

    Touches after a person's last conversion, as far back from the last of them as the window goes, are a path
    that did not convert.
    """
    window = window or Window()
    keys = _Keys(channels, seed)
    shape = (groups, len(channels))
    count = _Count(np.zeros(shape), np.zeros(shape), half_life_days, HELD)
    for whole in _whole_people(batches):
        piece = _journeys(whole, keys, window, groups, count)
        count.pieces.append(piece)
        count.held += len(piece.first)
        if count.held > count.most:
            count.pieces = [_folded(count.pieces)]
            count.held = len(count.pieces[0].first)
            count.most = max(HELD, count.held * 3 // 2)
    return _told(_folded(count.pieces or [_nothing()]), channels, count)


def of_counts(found: Counts, channels: Sequence[str], seed: int = 0) -> Journeys:
    """Return paths that were counted elsewhere in the order in which `walked` gives them.

    Raises:
        CollisionError: two different paths fell on one number.
    """
    keys, begins, ends = _Keys(channels, seed), found.bounds[:-1], found.bounds[1:]
    piece = _Piece(
        keys.numbers(0, found.steps, begins, ends),
        keys.numbers(1, found.steps, begins, ends),
        found.group,
        found.conversions,
        found.value,
        found.nulls,
        ends - begins,
        found.steps,
    )
    count = _Count(
        found.aged.conversions,
        found.aged.value,
        found.aged.half_life_days,
        HELD,
        found.people,
        found.touches,
        found.untraced,
        found.untraced_value,
    )
    return _told(_distinct(piece, begins), channels, count)


class _Keys:
    """A number for each channel, from its name, and the base of the powers; two of each."""

    def __init__(self, channels: Sequence[str], seed: int = 0) -> None:
        salt = seed.to_bytes(8, "little")
        told = [blake2b(name.encode(), digest_size=16, salt=salt).digest() for name in channels]
        self.value = (
            np.frombuffer(b"".join(told), dtype=np.uint64).reshape(-1, 2)
            if told
            else np.zeros((0, 2), np.uint64)
        )
        self.bases = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
        self._powers: dict[int, Hashes] = {}

    def numbers(self, which: int, steps: Codes, begins: Integers, ends: Integers) -> Hashes:
        """Return the number of every stretch `steps[begin:end]`."""
        base = self.bases[which]
        powers = self._power(base, len(steps) + 1)
        sums = np.zeros(len(steps) + 1, dtype=np.uint64)
        np.cumsum(self.value[steps, which] * powers[: len(steps)], out=sums[1:])
        inverse = self._power(pow(base, -1, 1 << 64), len(steps) + 1)
        return (sums[ends] - sums[begins]) * inverse[begins]

    def _power(self, base: int, count: int) -> Hashes:
        known = self._powers.get(base)
        if known is None or len(known) < count:
            known = np.full(max(count, 1), base, dtype=np.uint64)
            known[0] = 1
            known = self._powers[base] = np.multiply.accumulate(known)
        return known


def _whole_people(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield batches that end where a person ends."""
    rest: list[Batch] = []
    for batch in batches:
        if not len(batch.person):
            continue
        changes = np.flatnonzero(batch.person[1:] != batch.person[:-1]) + 1
        same = not rest or rest[-1].person[-1] == batch.person[0]
        if not len(changes) and same:
            rest.append(batch)
            continue
        cut = int(changes[-1]) if len(changes) else 0
        yield _joined([*rest, _part(batch, slice(0, cut))])
        rest = [_part(batch, slice(cut, None))]
    if rest:
        yield _joined(rest)


def _part(batch: Batch, rows: slice) -> Batch:
    return Batch(batch.person[rows], batch.instant[rows], batch.step[rows], batch.worth[rows])


def _joined(parts: Sequence[Batch]) -> Batch:
    if len(parts) == 1:
        return parts[0]
    return Batch(
        np.concatenate([one.person for one in parts]),
        np.concatenate([one.instant for one in parts]),
        np.concatenate([one.step for one in parts]),
        np.concatenate([one.worth for one in parts]),
    )


def _journeys(batch: Batch, keys: _Keys, window: Window, groups: int, count: _Count) -> _Piece:
    """Return the journeys of whole people, one entry for each path, group and end."""
    new = np.empty(len(batch.person), dtype=bool)
    new[:1] = True
    np.not_equal(batch.person[1:], batch.person[:-1], out=new[1:])
    who = np.cumsum(new) - 1
    touching = batch.step != CONVERSION
    before = np.cumsum(touching) - touching
    steps = batch.step[touching]
    converted = np.flatnonzero(~touching)
    people = int(who[-1]) + 1 if len(who) else 0

    first_touch = before[new]
    last_end = first_touch.copy()
    last_end[who[converted]] = before[converted]  # the latest wins: rows are in order
    begins, ends = _converting(batch, who, before, touching, converted, first_touch, window)
    traced = ends > begins
    count.untraced += float((~traced).sum())
    count.untraced_value += float(batch.worth[converted][~traced].sum())

    null_begin, null_end = _unconverted(
        batch, who, touching, converted, first_touch, last_end, window, people
    )
    some = null_end > null_begin
    offset = count.people
    won_by = who[converted][traced] + offset
    worth = batch.worth[converted][traced]
    won = Stretches(begins[traced], ends[traced], worth, won_by % groups)
    _age(batch, touching, won, count)
    count.people += people
    count.touches += len(steps)
    lost = np.flatnonzero(some) + offset
    return _ended(keys, steps, won, (null_begin[some], null_end[some], lost % groups))


def _ended(keys: _Keys, steps: Codes, won: Stretches, lost: tuple[Integers, Integers, Integers]) -> _Piece:
    """Return the stretches that led to sales, and those that led to nothing (begin, end, group), as distinct paths."""
    begins = np.concatenate((won.begins, lost[0]))
    ends = np.concatenate((won.ends, lost[1]))
    nothing = np.zeros(len(lost[0]))
    conversions = np.concatenate((np.ones(len(won.begins)), nothing))
    one = _Piece(
        keys.numbers(0, steps, begins, ends),
        keys.numbers(1, steps, begins, ends),
        np.concatenate((won.group, lost[2])),
        conversions,
        np.concatenate((won.worth, nothing)),
        1.0 - conversions,
        ends - begins,
        steps,
    )
    return _distinct(one, begins)


def _age(batch: Batch, touching: npt.NDArray[np.bool_], led: Stretches, count: _Count) -> None:
    """Add what the touches that led to sales are credited with by their age."""
    shape = (count.aged_value.shape[0], count.aged_value.shape[1])
    found = aged(batch.step[touching], batch.instant[touching], led, shape, count.half_life_days)
    count.aged_conversions += found.conversions
    count.aged_value += found.value


def _converting(
    batch: Batch,
    who: Integers,
    before: Integers,
    touching: npt.NDArray[np.bool_],
    converted: Integers,
    first_touch: Integers,
    window: Window,
) -> tuple[Integers, Integers]:
    """Return where the stretch of touches of every conversion begins and ends."""
    ends = before[converted]
    begins = first_touch[who[converted]]
    if window.restart and len(converted):
        again = np.flatnonzero(who[converted][1:] == who[converted][:-1]) + 1
        begins = begins.copy()
        begins[again] = ends[again - 1]
    return np.maximum(
        begins, _since(batch, who, touching, who[converted], batch.instant[converted], window)
    ), ends


def _unconverted(
    batch: Batch,
    who: Integers,
    touching: npt.NDArray[np.bool_],
    converted: Integers,
    first_touch: Integers,
    last_end: Integers,
    window: Window,
    people: int,
) -> tuple[Integers, Integers]:
    """Return, for every person, where the touches that led to nothing begin and end."""
    ends = np.append(first_touch[1:], int(touching.sum()))
    begins = last_end
    if not window.restart:
        begins = begins.copy()
        begins[who[converted]] = ends[who[converted]]
    instants = batch.instant[touching]
    latest = instants[np.maximum(ends - 1, 0)] if len(instants) else np.zeros(people, dtype=np.int64)
    return np.maximum(begins, _since(batch, who, touching, np.arange(people), latest, window)), ends


def _since(
    batch: Batch,
    who: Integers,
    touching: npt.NDArray[np.bool_],
    people: Integers,
    instants: Integers,
    window: Window,
) -> Integers:
    """Return the first touch of each person within the window before an instant."""
    if not len(batch.instant):
        return np.zeros(len(people), dtype=np.int64)
    earliest = int(batch.instant.min())
    breadth = int(batch.instant.max()) - earliest + 1
    key = who[touching] * breadth + (batch.instant[touching] - earliest)
    since = np.maximum(instants - earliest - int(window.days * 86_400), 0)
    return np.searchsorted(key, people * breadth + since)


def _distinct(piece: _Piece, begins: Integers) -> _Piece:
    """Return one entry for each path and group, with the steps of each path where it is first met."""
    mixed = piece.first + piece.group.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    _, index, entry = np.unique(mixed, return_index=True, return_inverse=True)
    if (piece.second[index][entry] != piece.second).any() or (piece.group[index][entry] != piece.group).any():
        raise CollisionError
    lengths = piece.lengths[index]
    places = np.repeat(begins[index] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return _Piece(
        piece.first[index],
        piece.second[index],
        piece.group[index],
        tallied(entry, piece.conversions, len(index)),
        tallied(entry, piece.value, len(index)),
        tallied(entry, piece.nulls, len(index)),
        lengths,
        piece.steps[places + np.arange(len(places))],
    )


def _folded(pieces: Sequence[_Piece]) -> _Piece:
    """Return the pieces as one, each path and group once."""
    names = ("first", "second", "group", "conversions", "value", "nulls", "lengths", "steps")
    whole = _Piece(*(np.concatenate([getattr(one, name) for one in pieces]) for name in names))
    return _distinct(whole, np.concatenate(([0], np.cumsum(whole.lengths)[:-1])).astype(np.int64))


def _told(piece: _Piece, channels: Sequence[str], count: _Count) -> Journeys:
    """Return paths in the order of their numbers, whatever the batches were."""
    _, index, path = np.unique(piece.first, return_index=True, return_inverse=True)
    lengths = piece.lengths[index]
    begins = np.concatenate(([0], np.cumsum(piece.lengths)[:-1])).astype(np.int64)[index]
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    places = np.repeat(begins - bounds[:-1], lengths) + np.arange(int(bounds[-1]))
    totals = [tallied(path, worth, len(index)) for worth in (piece.conversions, piece.value, piece.nulls)]
    return Journeys(
        Paths(tuple(channels), piece.steps[places], bounds, *totals),
        Tally(path, piece.group, piece.conversions, piece.value, piece.nulls),
        count.untraced,
        count.untraced_value,
        count.people,
        count.touches,
        Aged(count.half_life_days, count.aged_conversions, count.aged_value),
    )


def _nothing() -> _Piece:
    none, hashes = np.zeros(0), np.zeros(0, dtype=np.uint64)
    whole = np.zeros(0, dtype=np.int64)
    return _Piece(hashes, hashes, whole, none, none, none, whole, np.zeros(0, dtype=np.int32))
