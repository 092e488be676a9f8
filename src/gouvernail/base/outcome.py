"""What a measurement answers: an estimate, or a refusal that says what is missing. Never a made-up number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from gouvernail.base.text import Text


class Grade(StrEnum):
    """How strong the evidence behind an effect is, strongest first (DESIGN §7)."""

    experiment = "experiment"
    calibrated_model = "calibrated_model"
    model = "model"
    credit_rule = "credit_rule"
    none = "none"


@dataclass(frozen=True)
class Estimate:
    """A number with what stands behind it.

    `low` and `high` bound it at `level` (0.9 = 90 %) where an interval is known. `method` names the
    method page; `options` are what it ran with.
    """

    value: float
    method: str
    low: float | None = None
    high: float | None = None
    level: float = 0.9
    grade: Grade = Grade.none
    options: Mapping[str, Any] = field(default_factory=dict)

    def times(self, factor: float) -> Estimate:
        """Return the same with number and bounds `factor` times as large; `factor` is above 0."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return replace(self, value=self.value * factor, low=low, high=high)


@dataclass(frozen=True)
class Refusal:
    """The numbers do not support an answer.

    `code` is stable and short (`no_data`, `too_short`, `no_target` …); `reason` says what is missing
    and what would mend it.
    """

    code: str
    reason: Text


Outcome = Estimate | Refusal
