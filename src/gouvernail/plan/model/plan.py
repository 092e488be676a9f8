"""The plan: every element of the chain and of what stands around it, in one frozen value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from gouvernail.plan.model.around import (
    Benchmark,
    DataSource,
    Decision,
    Evaluation,
    Experiment,
    Meeting,
    Organisation,
    OwnChannel,
    Person,
    PlanMetric,
    Responsibility,
    Role,
    RuleSettings,
    Team,
)
from gouvernail.plan.model.common import (
    Day,
    Element,
    Layer,
    Record,
)
from gouvernail.plan.model.execution import Action, Envelope, Sprint
from gouvernail.plan.model.foundations import Mission, Need, Offer, Value, Vision
from gouvernail.plan.model.objectives import Driver, Objective
from gouvernail.plan.model.strategy import (
    BigIdea,
    Charter,
    Competitor,
    JourneyStage,
    MarketStudy,
    Persona,
    Positioning,
    Segment,
    SwotItem,
    Trend,
    ValueProposition,
)

CURRENT_VERSION: Final = 1


class Plan(Record):
    """A marketing plan tied to the business: the chain of S2 from values to execution, and what surrounds it."""

    version: Literal[1] = CURRENT_VERSION
    """Version of the plan file's format."""
    organisation: Organisation = Organisation()
    revised: Day | None = None
    """The day on which the plan was last revised as a whole."""

    values: tuple[Value, ...] = ()
    visions: tuple[Vision, ...] = ()
    missions: tuple[Mission, ...] = ()
    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    big_ideas: tuple[BigIdea, ...] = ()
    positionings: tuple[Positioning, ...] = ()
    value_propositions: tuple[ValueProposition, ...] = ()
    segments: tuple[Segment, ...] = ()
    personas: tuple[Persona, ...] = ()
    journey: tuple[JourneyStage, ...] = ()
    swot: tuple[SwotItem, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    market_studies: tuple[MarketStudy, ...] = ()
    trends: tuple[Trend, ...] = ()
    charters: tuple[Charter, ...] = ()
    objectives: tuple[Objective, ...] = ()
    drivers: tuple[Driver, ...] = ()
    actions: tuple[Action, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    sprints: tuple[Sprint, ...] = ()

    teams: tuple[Team, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    metrics: tuple[PlanMetric, ...] = ()
    sources: tuple[DataSource, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    channels: tuple[OwnChannel, ...] = ()

    rules: RuleSettings = RuleSettings()
    vocabulary: dict[str, str] = Field(default_factory=dict)
    """Words of the chain renamed for this organisation, e.g. `{objective: key result}`."""

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Every element by its id."""
        return {element.id: element for element in self.elements()}

    def elements(self) -> Iterator[Element]:
        """Yield every element, in the order of the chain."""
        for section in SECTIONS:
            yield from getattr(self, section)

    def of_layer(self, layer: Layer) -> Iterator[Element]:
        """Yield the elements of one layer."""
        return (element for element in self.elements() if element.layer is layer)

    def get(self, id: str) -> Element | None:
        """Return the element called `id`, or None."""
        return self.by_id.get(id)


SECTIONS: dict[str, type[Element]] = {
    "values": Value,
    "visions": Vision,
    "missions": Mission,
    "needs": Need,
    "offers": Offer,
    "big_ideas": BigIdea,
    "positionings": Positioning,
    "value_propositions": ValueProposition,
    "segments": Segment,
    "personas": Persona,
    "journey": JourneyStage,
    "swot": SwotItem,
    "competitors": Competitor,
    "market_studies": MarketStudy,
    "trends": Trend,
    "charters": Charter,
    "objectives": Objective,
    "drivers": Driver,
    "actions": Action,
    "envelopes": Envelope,
    "sprints": Sprint,
    "teams": Team,
    "people": Person,
    "roles": Role,
    "responsibilities": Responsibility,
    "meetings": Meeting,
    "decisions": Decision,
    "evaluations": Evaluation,
    "metrics": PlanMetric,
    "sources": DataSource,
    "experiments": Experiment,
    "benchmarks": Benchmark,
    "channels": OwnChannel,
}
"""Section of the plan file → model of its elements, in the order of the chain."""
