"""A checked plan: its findings where they stand, the score, and what each finding costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.bearing.located import Coherence, LocatedFinding, SetAside
from gouvernail.bearing.own_metrics import measure_faults
from gouvernail.bearing.worth import stake
from gouvernail.checks.finding import Finding, NotChecked
from gouvernail.checks.index import Index
from gouvernail.checks.runner import Ignored, check
from gouvernail.checks.score import score
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.faults import refuse
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.load import LoadedPlan, load_plan
from gouvernail.plan.model import Layer, Plan


@dataclass(frozen=True)
class CheckedPlan:
    """What the plan alone says: findings with their place and cost, and the coherence that follows."""

    loaded: LoadedPlan
    findings: tuple[LocatedFinding, ...]
    not_checked: tuple[NotChecked, ...]
    ignored: tuple[SetAside, ...]
    coherence: Coherence

    @property
    def plan(self) -> Plan:
        return self.loaded.plan

    @property
    def by_element(self) -> Mapping[str, tuple[str, ...]]:
        """Element id → identities of its findings."""
        found: dict[str, tuple[str, ...]] = {}
        for located in self.findings:
            element = located.finding.element
            found[element] = (*found.get(element, ()), located.finding.identity)
        return found


def open_plan(path: Path) -> LoadedPlan:
    """Read a plan and its formulas.

    Raises:
        PlanError: the plan cannot be read, or a formula of its driver tree is wrong; with every fault.
    """
    loaded = load_plan(path)
    _, faults = parse_drivers(loaded.plan, METRICS, loaded.locations)
    faults = [*faults, *measure_faults(loaded)]
    if faults:
        raise refuse(faults)
    return loaded


def check_loaded(loaded: LoadedPlan, *, today: date, previous: Plan | None = None) -> CheckedPlan:
    """Run the plan's rules and score what they find; `previous` is an earlier revision, for rules that compare."""
    result = check(loaded.plan, today=today, previous=previous)
    index = Index(loaded.plan)
    scored = score(loaded.plan, result.findings)
    costs: dict[str, Decimal] = {}
    for loss in scored.losses:
        costs[loss.finding] = costs.get(loss.finding, Decimal(0)) + loss.cost
    return CheckedPlan(
        loaded=loaded,
        findings=tuple(
            locate(finding, loaded, index, costs.get(finding.identity)) for finding in result.findings
        ),
        not_checked=tuple(result.not_checked),
        ignored=tuple(set_aside(one, loaded, index) for one in result.ignored),
        coherence=Coherence(scored.score, scored.losses, dict(scored.by_layer)),
    )


def set_aside(ignored: Ignored, loaded: LoadedPlan, index: Index) -> SetAside:
    """Return a finding that the plan sets aside, with its place."""
    finding = ignored.finding
    located = locate(finding, loaded, index)
    return SetAside(finding.code, finding.element, ignored.reason, ignored.by, ignored.day, located)


def locate(finding: Finding, loaded: LoadedPlan, index: Index, cost: Decimal | None = None) -> LocatedFinding:
    """Return the finding with the place of its element, its layer, its owner and its worth."""
    element = loaded.plan.get(finding.element)
    at_stake = stake(finding, index)
    return LocatedFinding(
        finding=finding,
        location=loaded.locations.of(finding.element),
        cost=cost or Decimal(0),
        layer=_layer(finding, loaded.plan),
        owner=element.owner if element else None,
        stake=at_stake.money,
        worth=at_stake.worth,
    )


def _layer(finding: Finding, plan: Plan) -> Layer | None:
    """The layer of the element judged; a finding on a whole layer names the layer itself."""
    element = plan.get(finding.element)
    if element is not None:
        return element.layer
    return Layer(finding.element) if finding.element in set(Layer) else None
