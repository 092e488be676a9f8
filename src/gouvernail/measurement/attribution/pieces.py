"""Journeys that are known by numbers, so that alike ones are found without comparing their steps.

A path is known by a 64-bit number that its steps give (prefix sums of one number a channel times powers of an odd base,
modulo 2^64, so that the number of any stretch is one subtraction); a second, independent number tells whether two
different paths fell on one (`CollisionError`); the caller then asks again with another seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.attribution.batches import Codes
from gouvernail.measurement.attribution.paths import Floats, Integers, cut_out, tallied

Hashes = npt.NDArray[np.uint64]
RANGE = 1 << 17
"""Journeys that are folded at a time."""
ROWS = ("first", "second", "group", "conversions", "value", "nulls", "lengths")
"""Columns of a piece that have one number a journey."""


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
    """Return one entry for each path and group, in the order of `_order`, with the steps where each path is first met."""
    _, index, entry = np.unique(_order(piece), return_index=True, return_inverse=True)
    if (piece.second[index][entry] != piece.second).any() or (piece.group[index][entry] != piece.group).any():
        raise CollisionError
    lengths = piece.lengths[index]
    return Piece(
        piece.first[index],
        piece.second[index],
        piece.group[index],
        tallied(entry, piece.conversions, len(index)),
        tallied(entry, piece.value, len(index)),
        tallied(entry, piece.nulls, len(index)),
        lengths,
        cut_out(piece.steps, begins[index], lengths)[0],
    )


def folded(pieces: list[Piece]) -> Piece:
    """Return the pieces as one, each path and group once; the list is emptied: both at once would be too much.

    Pieces are in order, so that those of one range of numbers lie together in each: range after range is folded, in
    little memory that is used again. Fresh memory for all of them at once costs more than the folding itself.
    """
    ranges = sum(len(one.first) for one in pieces) // RANGE + 1
    edges = np.arange(1, ranges, dtype=np.uint64) * np.uint64((2**64 - 1) // ranges)
    parts = [_once(_joined(same)) for same in zip(*(_cut(one, edges) for one in pieces), strict=True)]
    pieces.clear()
    return _joined(parts)


def _order(piece: Piece) -> Hashes:
    """Return a number for each path and group."""
    return piece.first + piece.group.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)


def _once(piece: Piece) -> Piece:
    return distinct(piece, np.concatenate(([0], np.cumsum(piece.lengths)[:-1])).astype(np.int64))


def _cut(piece: Piece, edges: Hashes) -> list[Piece]:
    """Return the parts of a piece between the edges, which share its arrays."""
    cuts = [0, *np.searchsorted(_order(piece), edges).tolist(), len(piece.first)]
    steps = np.concatenate(([0], np.cumsum(piece.lengths)))[cuts].tolist()
    return [
        Piece(
            **{name: getattr(piece, name)[slice(*rows)] for name in ROWS}, steps=piece.steps[slice(*walked)]
        )
        for rows, walked in zip(pairwise(cuts), pairwise(steps), strict=True)
    ]


def _joined(pieces: Sequence[Piece]) -> Piece:
    """Return pieces one after the other. They are emptied on the way."""
    columns = {}
    for name in (*ROWS, "steps"):
        columns[name] = np.concatenate([getattr(one, name) for one in pieces])
        for one in pieces:
            setattr(one, name, columns[name][:0].copy())
    return Piece(**columns)


def nothing() -> Piece:
    none, hashes = np.zeros(0), np.zeros(0, dtype=np.uint64)
    whole = np.zeros(0, dtype=np.int64)
    return Piece(hashes, hashes, whole, none, none, none, whole, np.zeros(0, dtype=np.int32))
