"""What the API answers, as types; the plan's own elements keep the plan's own models."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field, WithJsonSchema

from gouvernail.bearing.explained import Explained
from gouvernail.bearing.located import LocatedFinding
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Layer

T_ = TypeVar("T_")
SHAPE = "x-shape"
"""Stands in a schema for a model of the plan; `openapi.finished` puts the reference there."""
PlanBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Plan"})]
ElementBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Element"})]
BearingBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Bearing"})]
FindingBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Finding"})]
ExplanationBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Explanation"})]
ForecastBody = Annotated[dict[str, Any], WithJsonSchema({SHAPE: "Forecast"})]


class Page(Schema, Generic[T_]):
    """One page of a list."""

    items: list[T_]
    count: int = Field(description="How many there are in all.")
    page: int
    pages: int


class OrganisationOut(Schema):
    """An organisation, and the caller's place in it."""

    slug: str
    name: str
    language: str
    time_zone: str
    role: str
    permissions: list[str]
    revision: int = Field(description="Number of the newest revision of its plan; 0 without a plan.")


class PlanOut(Schema):
    """The whole plan at a revision."""

    revision: int
    scenario: int | None
    digest: str = Field(description="Hash of what the plan says: equal plans have equal digests.")
    plan: PlanBody


class ElementOut(Schema):
    """One element, and the revision that it was last changed in: what `If-Match` wants."""

    section: str
    id: str
    revision: int
    element: ElementBody


class ChangedOut(Schema):
    """One element that a revision changed."""

    section: str
    id: str
    deleted: bool


class RevisionOut(Schema):
    """One change of the plan."""

    number: int
    author: str | None
    made: datetime
    note: str
    label: str
    scenario: int | None


class RevisionDetail(RevisionOut):
    """One change of the plan, with what it changed."""

    changed: list[ChangedOut]


class ImportOut(Schema):
    """A file, and how far it is on its way into the data."""

    id: int
    name: str
    size: int
    state: str = Field(
        description="uploaded, previewing, previewed, importing, imported, repeated, refused, cancelled, undoing, undone, failed"
    )
    progress: float
    author: str | None
    made: datetime
    import_id: str | None = Field(description="The import in the data, once it is there.")
    message: str | None = Field(description="Why it was refused or failed.")


class BearingAsk(Schema):
    """What to take a bearing of: the last closed month of the newest plan where nothing is said."""

    period: str | None = Field(None, examples=["2026-09", "2026-Q3", "2026"])
    revision: int | None = None
    scenario: int | None = None
    again: bool = Field(False, description="Order it anew where it failed or was cancelled.")


class Taken(Schema):
    """Of which bearing: of the last closed month and the newest plan where nothing is said."""

    period: str | None = None
    revision: int | None = None
    scenario: int | None = None


class BearingOut(Schema):
    """A bearing: what it is of, and how far it is."""

    id: int
    period: str
    revision: int
    today: date
    state: str = Field(description="waiting, running, ready, failed, cancelled")
    progress: float
    asked: datetime
    finished: datetime | None
    message: str | None


class FindingsOut(Page[FindingBody]):
    """Findings of a bearing; none while it is being taken (202)."""

    bearing: BearingOut


class ExplanationsOut(Page[ExplanationBody]):
    """Explanations of a bearing; none while it is being taken (202)."""

    bearing: BearingOut


class ForecastsOut(Page[ForecastBody]):
    """What is foreseen of each objective; nothing while the bearing is being taken (202)."""

    bearing: BearingOut


class Foreseen(Taken):
    """Which forecasts: from the end of the last closed month where no period is said."""

    objective: str | None = Field(None, description="Only of one objective.")


class Unfolded(Taken):
    """Which explanations: of the last closed month where no period is said."""

    kind: Literal["move", "gap"] | None = Field(
        None, description="Why it moved, or what lacks to its target; both where not said."
    )
    objective: str | None = Field(None, description="Only of one objective.")
    metric: str | None = Field(None, description="Only of one metric.")

    def takes(self, one: Explained) -> bool:
        """Return whether an explanation is asked for."""
        asked = {"kind": self.kind, "objective": self.objective, "metric": self.metric}
        return all(value is None or getattr(one, name) == value for name, value in asked.items())


class CreditAsk(Schema):
    """Whose sales are shared, and among what: of the last closed month, by channel, where nothing is said."""

    period: str | None = None
    level: Literal["channel", "source_medium", "campaign", "action"] = "channel"
    days: int = Field(90, ge=1, le=3650, description="Days before a sale in which a contact counts.")
    restart: bool = Field(True, description="Whether a person's path begins anew after each sale.")


class CreditOut(Schema):
    """Credit by model, or how far it is. It is credit, not cause."""

    state: str = Field(description="waiting, running, ready or failed.")
    message: str | None = Field(None, description="Why there is none.")
    credit: dict[str, Any] | None = Field(
        None, description="As `gouvernail attribute --json` prints it; null until it is ready."
    )


class Where(Schema):
    """Where a change of the plan goes, and why it is made."""

    scenario: int | None = Field(None, description="Number of a scenario; the plan itself where not said.")
    note: str = Field("", max_length=300, description="Why, for the history.")


class Wanted(Taken):
    """Which findings: of the last closed month where no period is said."""

    severity: Severity | None = None
    layer: Layer | None = None
    code: str | None = Field(None, description="Only of one rule, such as OBJ02.")
    element: str | None = Field(None, description="Only on one element.")

    def takes(self, located: LocatedFinding) -> bool:
        """Whether a finding is wanted."""
        found = located.finding
        asked = (
            (self.severity, found.severity),
            (self.layer, located.layer),
            (self.code, found.code),
            (self.element, found.element),
        )
        return all(want is None or want == has for want, has in asked)


class SetAsideIn(Schema):
    """Why a finding is set aside."""

    reason: Annotated[str, Field(min_length=3, max_length=500)]


class WrittenOut(Schema):
    """The revision that a change made; none where nothing differed."""

    revision: int | None


class MetricOut(Schema):
    """A metric of the catalogue."""

    id: str
    name: str
    meaning: str
    unit: str
    better: str
    formula: str | None
    family: str
    vanity: bool


class ParameterOut(Schema):
    """A threshold of a rule."""

    name: str
    meaning: str
    default: Any


class RuleOut(Schema):
    """A rule of the catalogue."""

    code: str
    title: str
    severity: str
    layer: str | None
    measured: bool
    status: str
    parameters: list[ParameterOut]


class ChannelOut(Schema):
    """A channel of the catalogue."""

    id: str
    name: str
    market: str | None
    stages: list[str]
    skills: list[str]
    metrics: list[str]


class ProblemOut(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    instance: str
    detail: str | None = None
    errors: list[dict[str, Any]] | None = None
    theirs: dict[str, Any] | None = None
    mine: dict[str, Any] | None = None
