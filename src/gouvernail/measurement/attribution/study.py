"""A study with people held out, how it is read, and what is told of it (`holdouts` tells it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from gouvernail.base.outcome import Outcome, Refusal
from gouvernail.base.text import T
from gouvernail.measurement.attribution.paths import Floats, Integers
from gouvernail.measurement.experiments.split import ALARM

METHOD = "attribution"
FEWEST = 25
"""Buyers wanted among those held out and among those not, so that the normal law holds."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Study:
    """People, whom they were held out of, and what they bought.

    Attributes:
        channels: names.
        held: by person and channel, whether the person was held out; decided before anything was shown.
        buyer: for each conversion, the number of the person.
        value: for each conversion, what it was worth.
        bought: for each conversion, its instant; needed with `would`.
        would: by person and channel, the instant of the first exposure that was or would have been, infinite where
            there was none; logged alike for those held out and those not. None where it was not logged.
        shares: planned part of people held out of each channel; checked where given.
    """

    channels: tuple[str, ...]
    held: Flags
    buyer: Integers
    value: Floats
    bought: npt.NDArray[Any] | None = None
    would: Floats | None = None
    shares: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.held.ndim != 2 or self.held.shape[1] != len(self.channels):
            raise ValueError("one column of people held out for each channel expected")
        if self.would is not None and (self.would.shape != self.held.shape or self.bought is None):
            raise ValueError(
                "would-be exposure needs a number for each person and channel, and instants bought"
            )


@dataclass(frozen=True)
class Reading:
    """How a study is read; kept with every estimate."""

    level: float = 0.9
    fewest: int = FEWEST
    alarm: float = ALARM


@dataclass(frozen=True)
class Effect:
    """What one channel causes among the people of the study while the others run.

    `share` is its part of what the channels cause one by one. An interval below zero means just that: none is cut off.
    """

    conversions: Outcome
    value: Outcome
    share: Outcome
    value_share: Outcome
    held: int
    shown: int


@dataclass(frozen=True)
class Incremental:
    """What channels cause.

    Attributes:
        channels: name → effect.
        total, total_value: what all cause together, from people held out of everything. It is not the sum of the
            channels' own effects where one does another's work.
        basis: `would_be_exposure` or `intention_to_treat`.
        people: in the study.
        options: how it was read.
    """

    channels: Mapping[str, Effect]
    total: Outcome
    total_value: Outcome
    basis: str
    people: int
    options: Mapping[str, Any] = field(default_factory=dict)
    method: str = METHOD


def nobody() -> Refusal:
    """Return why nothing is told where nobody was held out."""
    return Refusal(
        "no_holdout",
        T(
            "Nobody was held out of any channel: what they cause cannot be told, only who was there. Hold a random tenth of the people out of each."
        ),
    )
