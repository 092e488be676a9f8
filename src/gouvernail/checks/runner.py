"""Running the rules: `check` over the plan alone, `judge` over the plan and what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.settings import Tuning, merged
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Ignore, Layer, Plan


@dataclass(frozen=True)
class Ignored:
    """A finding that the plan sets aside, and why."""

    finding: Finding
    reason: str
    by: str = ""
    """Who set it aside, as far as the plan says."""
    day: date | None = None


@dataclass(frozen=True)
class CheckResult:
    """What the rules say, in order of layer, severity, code and element."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    ignored: tuple[Ignored, ...]


def check(
    plan: Plan,
    *,
    today: date,
    parameters: Tuning | None = None,
    rules: Mapping[str, Rule] = RULES,
    previous: Plan | None = None,
) -> CheckResult:
    """Run the plan's own rules.

    Args:
        plan: any plan, half-written ones too.
        today: the day that rules reading the calendar compare with.
        parameters: rule code → parameter → value, over those of the plan.
        rules: the catalogue, or part of it.
        previous: an earlier revision, for the few rules that compare.
    """
    return _run(plan, today, None, parameters, rules, lambda rule: not rule.measured, previous)


def judge(
    plan: Plan, evidence: Evidence, *, parameters: Tuning | None = None, rules: Mapping[str, Rule] = RULES
) -> CheckResult:
    """Run the rules that read facts. Their findings never enter the coherence score."""
    return _run(
        plan, evidence.today, evidence, parameters, rules, lambda rule: rule.measured or rule.also_judges
    )


def _run(
    plan: Plan,
    today: date,
    evidence: Evidence | None,
    parameters: Tuning | None,
    rules: Mapping[str, Rule],
    wanted: Callable[[Rule], bool],
    previous: Plan | None = None,
) -> CheckResult:
    graph, index = Graph(plan), Index(plan)
    found: list[Finding] = []
    not_checked: list[NotChecked] = []
    for rule in rules.values():
        if rule.run is None or not wanted(rule):
            continue
        scene = Scene(plan, graph, index, today, evidence, previous, merged(rule, plan, parameters))
        for answer in rule.run(scene):
            (found if isinstance(answer, Finding) else not_checked).append(answer)  # type: ignore[arg-type]
    kept, ignored = keep(plan, found, rules)
    return CheckResult(
        kept, tuple(sorted(not_checked, key=lambda gap: (gap.code, gap.element or ""))), tuple(ignored)
    )


def keep(
    plan: Plan, found: Iterable[Finding], rules: Mapping[str, Rule] = RULES
) -> tuple[tuple[Finding, ...], list[Ignored]]:
    """Return findings in their order, each once, without those that the plan sets aside; and those."""
    # The same name written twice in one field is one finding, not two of one identity.
    kept, ignored = _set_aside(plan, list({finding.identity: finding for finding in found}.values()))
    return tuple(sorted(kept, key=lambda finding: _order(plan, rules, finding))), ignored


def _set_aside(plan: Plan, found: list[Finding]) -> tuple[list[Finding], list[Ignored]]:
    everywhere: dict[str, Ignore] = {}
    by_element: dict[tuple[str, str], Ignore] = {}
    for ignore in plan.rules.ignore:
        if ignore.elements:
            by_element.update({(ignore.rule, element): ignore for element in ignore.elements})
        else:
            everywhere[ignore.rule] = ignore
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    for finding in found:
        cause = by_element.get((finding.code, finding.element), everywhere.get(finding.code))
        if cause is None:
            kept.append(finding)
        else:
            ignored.append(Ignored(finding, cause.reason, cause.by, cause.day))
    return kept, sorted(ignored, key=lambda entry: entry.finding.identity)


_LAYERS = list(Layer)
_SEVERITIES = list(Severity)


def _order(plan: Plan, rules: Mapping[str, Rule], finding: Finding) -> tuple[int, int, str, str]:
    element = plan.get(finding.element)
    layer = finding.missing_in or (element.layer if element else rules[finding.code].layer)
    return (
        _LAYERS.index(layer) if layer else len(_LAYERS),
        _SEVERITIES.index(finding.severity),
        finding.code,
        finding.identity,
    )
