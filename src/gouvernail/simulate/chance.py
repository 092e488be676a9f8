"""Seeded chance: one stream of random numbers per name, so that adding a part leaves the others unchanged."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """Return the generator called `names` under `seed` (PCG64: the same numbers on every machine)."""
    key = [seed, *(crc32(name.encode()) for name in names)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


def noise(chance: np.random.Generator, size: int, spread: float) -> Floats:
    """Return `size` positive factors around 1 (log-normal, mean 1, log standard deviation `spread`)."""
    return chance.lognormal(-spread * spread / 2, spread, size)
