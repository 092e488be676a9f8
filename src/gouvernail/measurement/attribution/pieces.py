"""Journeys that are known by numbers, so that alike ones are found without comparing their steps.

A path is known by a 64-bit number that its steps give (prefix sums of one number a channel times powers of an odd base,
modulo 2^64, so that the number of any stretch is one subtraction); a second, independent number tells whether two
different paths fell on one (`CollisionError`); the caller then asks again with another seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.attribution.batches import Codes
from gouvernail.measurement.attribution.paths import Floats, Integers, tallied

Hashes = npt.NDArray[np.uint64]


class CollisionError(Exception):
    """Two different paths fell on one number: chance of about 1 in 10⁷ for a million paths. Ask again with another seed."""


@dataclass(eq=False)
class Piece:
    """Journeys of a batch: their two numbers, group, counts, and for one of each path its steps."""

    first: Hashes
    second: Hashes
    group: Integers
    conversions: Floats
    value: Floats
    nulls: Floats
    lengths: Integers
    steps: Codes


class Keys:
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


def distinct(piece: Piece, begins: Integers) -> Piece:
    """Return one entry for each path and group, with the steps of each path where it is first met."""
    mixed = piece.first + piece.group.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    _, index, entry = np.unique(mixed, return_index=True, return_inverse=True)
    if (piece.second[index][entry] != piece.second).any() or (piece.group[index][entry] != piece.group).any():
        raise CollisionError
    lengths = piece.lengths[index]
    places = np.repeat(begins[index] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return Piece(
        piece.first[index],
        piece.second[index],
        piece.group[index],
        tallied(entry, piece.conversions, len(index)),
        tallied(entry, piece.value, len(index)),
        tallied(entry, piece.nulls, len(index)),
        lengths,
        piece.steps[places + np.arange(len(places))],
    )


def folded(pieces: Sequence[Piece]) -> Piece:
    """Return the pieces as one, each path and group once. They are emptied on the way: both at once would be too much."""
    columns = {}
    for name in ("first", "second", "group", "conversions", "value", "nulls", "lengths", "steps"):
        columns[name] = np.concatenate([getattr(one, name) for one in pieces])
        for one in pieces:
            setattr(one, name, columns[name][:0])
    whole = Piece(**columns)
    return distinct(whole, np.concatenate(([0], np.cumsum(whole.lengths)[:-1])).astype(np.int64))


def nothing() -> Piece:
    none, hashes = np.zeros(0), np.zeros(0, dtype=np.uint64)
    whole = np.zeros(0, dtype=np.int64)
    return Piece(hashes, hashes, whole, none, none, none, whole, np.zeros(0, dtype=np.int32))
