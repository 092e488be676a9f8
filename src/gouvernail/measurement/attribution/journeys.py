"""From touches and conversions in order of person and time to distinct paths with counts: vectorised, batch by batch.

No path is built row by row: stretches of touches are found by where they begin and end, and known by numbers (`pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.attribution.aging import HALF_LIFE_DAYS, Aged, Stretches, aged
from gouvernail.measurement.attribution.batches import CONVERSION, Batch, Codes, Window, whole_people
from gouvernail.measurement.attribution.paths import Floats, Integers, Paths, cut_out, tallied
from gouvernail.measurement.attribution.pieces import Keys, Piece, distinct, folded, nothing

HELD = 4_000_000
"""Journeys of several batches that are kept apart before they are folded into distinct paths; half as many again as
were left by the last folding, where those are more, so that folding costs no more than reading."""


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
    pieces: list[Piece] = field(default_factory=list)
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
    keys = Keys(channels, seed)
    shape = (groups, len(channels))
    count = _Count(np.zeros(shape), np.zeros(shape), half_life_days, HELD)
    for whole in whole_people(batches):
        piece = _journeys(whole, keys, window, groups, count)
        count.pieces.append(piece)
        count.held += len(piece.first)
        if count.held > count.most:
            count.pieces = [folded(count.pieces)]
            count.held = len(count.pieces[0].first)
            count.most = max(HELD, count.held * 3 // 2)
    return _told(folded(count.pieces or [nothing()]), channels, count)


def of_counts(found: Counts, channels: Sequence[str], seed: int = 0) -> Journeys:
    """Return paths that were counted elsewhere in the order in which `walked` gives them.

    Raises:
        CollisionError: two different paths fell on one number.
    """
    keys, begins, ends = Keys(channels, seed), found.bounds[:-1], found.bounds[1:]
    piece = Piece(
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
    return _told(distinct(piece, begins), channels, count)


def _journeys(batch: Batch, keys: Keys, window: Window, groups: int, count: _Count) -> Piece:
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


def _ended(keys: Keys, steps: Codes, won: Stretches, lost: tuple[Integers, Integers, Integers]) -> Piece:
    """Return the stretches that led to sales, and those that led to nothing (begin, end, group), as distinct paths."""
    begins = np.concatenate((won.begins, lost[0]))
    ends = np.concatenate((won.ends, lost[1]))
    nothing = np.zeros(len(lost[0]))
    conversions = np.concatenate((np.ones(len(won.begins)), nothing))
    one = Piece(
        keys.numbers(0, steps, begins, ends),
        keys.numbers(1, steps, begins, ends),
        np.concatenate((won.group, lost[2])),
        conversions,
        np.concatenate((won.worth, nothing)),
        1.0 - conversions,
        ends - begins,
        steps,
    )
    return distinct(one, begins)


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


def _told(piece: Piece, channels: Sequence[str], count: _Count) -> Journeys:
    """Return paths in the order of their numbers, whatever the batches were."""
    _, index, path = np.unique(piece.first, return_index=True, return_inverse=True)
    begins = np.concatenate(([0], np.cumsum(piece.lengths)[:-1])).astype(np.int64)[index]
    steps, bounds = cut_out(piece.steps, begins, piece.lengths[index])
    totals = [tallied(path, worth, len(index)) for worth in (piece.conversions, piece.value, piece.nulls)]
    return Journeys(
        Paths(tuple(channels), steps, bounds, *totals),
        Tally(path, piece.group, piece.conversions, piece.value, piece.nulls),
        count.untraced,
        count.untraced_value,
        count.people,
        count.touches,
        Aged(count.half_life_days, count.aged_conversions, count.aged_value),
    )
