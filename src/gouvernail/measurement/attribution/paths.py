"""Distinct paths with counts: what every attribution model reads, however many people walked them.

A path is the sequence of channels (or campaigns, or actions) that somebody met before a sale, or without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Steps = npt.NDArray[np.int64] | npt.NDArray[np.int32]
BLOCK = 1 << 16
"""Steps that are worked on at a time: what is reckoned on the way then stays in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Paths:
    """Distinct paths, one after the other in one array of steps.

    Attributes:
        channels: the name behind each number.
        steps: the number of the channel at every step of every path.
        bounds: where each path begins in `steps`, and where the last one ends (one more than there are paths).
        conversions: how many times each path ended in a conversion.
        value: what those conversions were worth together.
        nulls: how many times each path ended without one.
    """

    channels: tuple[str, ...]
    steps: Steps
    bounds: Integers
    conversions: Floats
    value: Floats
    nulls: Floats

    def __post_init__(self) -> None:
        counts = {len(self.bounds) - 1, len(self.conversions), len(self.value), len(self.nulls)}
        if len(counts) != 1 or (len(self.steps) and int(self.bounds[-1]) != len(self.steps)):
            raise ValueError("paths, bounds and counts differ in length")
        if (np.diff(self.bounds) < 1).any():
            raise ValueError("a path has no step")

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @cached_property
    def lengths(self) -> Integers:
        """Steps of each path."""
        return np.diff(self.bounds)

    @cached_property
    def owner(self) -> Integers:
        """For every step, the path that it belongs to."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @cached_property
    def place(self) -> Integers:
        """For every step, its place in its path, from 0."""
        return np.arange(len(self.steps)) - np.repeat(self.bounds[:-1], self.lengths)

    @cached_property
    def first(self) -> Integers:
        """For every path, where its first step stands."""
        return self.bounds[:-1]

    @cached_property
    def last(self) -> Integers:
        """For every path, where its last step stands."""
        return self.bounds[1:] - 1

    def blocks(self) -> Iterator[Paths]:
        """Yield the same paths in parts of about `BLOCK` steps, which share their arrays with the whole."""
        if len(self.steps) <= BLOCK:
            yield self
            return
        for start, end in blocks(self.bounds):
            steps, counts = slice(self.bounds[start], self.bounds[end]), slice(start, end)
            yield Paths(
                self.channels,
                self.steps[steps],
                self.bounds[start : end + 1] - self.bounds[start],
                self.conversions[counts],
                self.value[counts],
                self.nulls[counts],
            )

    def weighted(self, weights: Floats) -> Paths:
        """Return the same paths, each counted `weights` times: a resample of the people."""
        return Paths(
            self.channels,
            self.steps,
            self.bounds,
            self.conversions * weights,
            self.value * weights,
            self.nulls * weights,
        )


def blocks(bounds: Integers) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of runs of whole paths that hold about `BLOCK` steps each, or one longer path."""
    cuts = np.searchsorted(bounds, np.arange(0, int(bounds[-1]), BLOCK))
    return pairwise(np.unique(np.append(cuts, len(bounds) - 1)).tolist())


def cut_out(
    steps: npt.NDArray[np.int32], begins: Integers, lengths: Integers
) -> tuple[npt.NDArray[np.int32], Integers]:
    """Return stretches of steps one after the other, and their bounds; nothing of their size is held beside them."""
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    told = np.empty(int(bounds[-1]), dtype=steps.dtype)
    for start, end in blocks(bounds):
        first, last = int(bounds[start]), int(bounds[end])
        shift = np.repeat(begins[start:end] - bounds[start:end], lengths[start:end])
        told[first:last] = steps[shift + np.arange(first, last)]
    return told, bounds


def tallied(where: Steps, weights: Floats, count: int) -> Floats:
    """Return the sum of the weights that fall on each of `count` places."""
    return np.bincount(where, weights=weights, minlength=count).astype(np.float64, copy=False)


def gathered(rows: Iterable[tuple[Sequence[str], float, float, float]]) -> Paths:
    """Return the paths of a table: (steps, conversions, value, nulls) a row; rows of one path are added up.

    Channels are numbered in the order of their names, so that no answer hangs on the order of the rows.
    """
    counted: dict[tuple[str, ...], list[float]] = {}
    for steps, *numbers in rows:
        found = counted.setdefault(tuple(steps), [0.0, 0.0, 0.0])
        for place, number in enumerate(numbers):
            found[place] += number
    ordered = sorted(counted)
    channels = tuple(sorted({name for path in ordered for name in path}))
    number_of = {name: number for number, name in enumerate(channels)}
    steps_of = [number_of[name] for path in ordered for name in path]
    counts = np.array([counted[path] for path in ordered], dtype=np.float64).reshape(len(ordered), 3)
    bounds = np.concatenate(([0], np.cumsum([len(path) for path in ordered], dtype=np.int64)))
    return Paths(
        channels,
        np.array(steps_of, dtype=np.int64),
        bounds.astype(np.int64),
        counts[:, 0],
        counts[:, 1],
        counts[:, 2],
    )
