"""Touches and conversions in order of person and time, in batches; and which touches count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gouvernail.measurement.attribution.paths import Floats, Integers

Codes = npt.NDArray[np.int32]
CONVERSION = -1
"""Code of a row that is a conversion and no touch."""


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


def whole_people(batches: Iterable[Batch]) -> Iterator[Batch]:
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
