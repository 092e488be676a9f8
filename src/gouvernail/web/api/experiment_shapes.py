"""What the API is asked and answers about experiments."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, WithJsonSchema

from gouvernail.bearing.experiments import State, Trial
from gouvernail.bearing.wanted import Wanted
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Spending
from gouvernail.web.api.shapes import SHAPE, BearingOut, Page, Taken

TrialBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Trial"})]
DesignBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "ExperimentDesign"})]


class TrialsOut(Page[TrialBody]):
    """Experiments of a bearing; none while it is being taken (202)."""

    bearing: BearingOut


class TrialOut(Schema):
    """One experiment of a bearing; null while it is being taken (202)."""

    trial: TrialBody | None
    bearing: BearingOut


class Tried(Taken):
    """Which experiments."""

    state: State | None = Field(None, description="Only those that stand so.")
    action: str | None = Field(None, description="Only those on one action.")
    metric: str | None = Field(None, description="Only those on one metric.")

    def takes(self, one: Trial) -> bool:
        """Return whether an experiment is asked for."""
        asked = ((self.state, one.state), (self.action, one.action), (self.metric, one.metric))
        return all(wanted is None or wanted == has for wanted, has in asked)


class DesignAsk(Schema):
    """What is asked of an experiment before it starts; shares as 0 to 1 (0.03 is 3 %)."""

    baseline: float = Field(description="What the control does today: a share (0.03), a mean or a ratio.")
    kind: Literal["proportion", "mean", "ratio"] | None = Field(
        None, description="What is compared; told by `deviation` where not said."
    )
    deviation: float | None = Field(
        None, description="Standard deviation of a subject, for a mean or a ratio."
    )
    units: float = Field(1.0, description="Of a ratio: its mean denominator by subject.")
    correlation: float = Field(0.0, description="Of the metric with what the same subjects did before.")
    effect: float | None = Field(None, description="Smallest effect to be found, in the metric's unit.")
    uplift: float | None = Field(None, description="The same as a share of the level today.")
    value_of_one: float | None = Field(None, description="Money for one more unit of the metric.")
    horizon_days: int = 365
    horizon_subjects: float | None = Field(
        None, description="How many would meet the change; from the subjects a day where not said."
    )
    cost: float = Field(0.0, description="Of the change over the horizon.")
    least_gain: float = Field(0.0, description="After cost, under which nobody would bother.")
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    subjects_a_day: float | None = Field(None, description="Over all arms.")
    most_days: int = 84
    shares: list[float] = Field([1.0, 1.0], max_length=10, description="Of the arms, the control first.")
    reading: Literal["fixed", "always_valid", "group_sequential", "bayesian"] = "fixed"
    looks: int = 5
    spending: Literal["obrien_fleming", "pocock", "power"] = "obrien_fleming"
    power: float = 0.8
    level: float = 0.95
    side: Literal["both", "greater", "less"] = "both"

    def wanted(self) -> Wanted:
        """Return the same as the design takes it."""
        return Wanted(
            baseline=self.baseline,
            deviation=self.deviation,
            kind=Kind(self.kind) if self.kind else None,
            units=self.units,
            correlation=self.correlation,
            effect=self.effect,
            uplift=self.uplift,
            traffic=self.subjects_a_day,
            most_days=self.most_days,
            power=self.power,
            level=self.level,
            side=Side(self.side),
            shares=tuple(self.shares),
            method=Method(self.reading),
            looks=self.looks,
            spending=Spending(self.spending),
            value=self.value_of_one,
            horizon_days=self.horizon_days,
            horizon_subjects=self.horizon_subjects,
            cost=self.cost,
            least=self.least_gain,
            currency=self.currency,
        )
