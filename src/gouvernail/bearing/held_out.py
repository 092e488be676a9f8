"""What channels cause, beside what they are credited with: the holdouts of the period, read with its sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gouvernail.base.outcome import Estimate, Grade, Refusal
from gouvernail.base.text import Text
from gouvernail.measurement.attribution.drawn import EVERYTHING, drawn
from gouvernail.measurement.attribution.holdouts import incremental
from gouvernail.measurement.attribution.stream import Asked
from gouvernail.measurement.attribution.study import Effect, Incremental

__all__ = ["EVERYTHING", "Caused", "caused"]


@dataclass(frozen=True)
class Caused:
    """What holdouts tell.

    Attributes:
        told: effect by channel or campaign, and all together.
        left_out: people drawn for some of the channels only, whom the study leaves out.
        names: what each channel or campaign is called.
    """

    told: Incremental
    left_out: int
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def backed(self) -> tuple[str, ...]:
        """Channels whose effect is told, by an experiment."""
        return tuple(
            name for name, one in self.told.channels.items() if isinstance(one.conversions, Estimate)
        )

    @property
    def grade(self) -> Grade:
        """How strong the evidence is; none where every channel refuses."""
        return Grade.experiment if self.backed else Grade.none

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why what is not told is not told, each reason once."""
        outcomes = [
            outcome
            for one in self.told.channels.values()
            for outcome in (one.conversions, one.share)
            if isinstance(outcome, Refusal)
        ]
        outcomes += [self.told.total] if isinstance(self.told.total, Refusal) else []
        return tuple({one.reason: one for one in outcomes}.values())

    def ordered(self) -> Sequence[tuple[str, Effect]]:
        """Return the channels, the strongest first; those that refuse come last."""

        def strength(item: tuple[str, Effect]) -> tuple[float, str]:
            found = item[1].conversions
            return (-found.value if isinstance(found, Estimate) else float("inf"), item[0])

        return sorted(self.told.channels.items(), key=strength)


def caused(engine: Any, asked: Asked) -> Caused | Refusal:
    """Return what channels cause among the people who were drawn, or why it cannot be told."""
    found = drawn(engine, asked)
    if isinstance(found, Refusal):
        return found
    told = incremental(found.study)
    return told if isinstance(told, Refusal) else Caused(told, found.left_out)
