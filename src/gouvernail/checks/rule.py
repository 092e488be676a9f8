"""What a rule is: one module a rule, its docstring its page, its cases in YAML beside the tests.

A rule module is `checks/rules/<family>/<what_it_flags>.py` and looks like this:

    '''Value that says nothing specific to this company.

    ## What it finds
    ## Why it matters          (with its source: S0–S4, a paper, a standard)
    ## Example
    ## How to put it right
    ## Parameters
    ## When it stays silent
    '''

    RULE = Rule(code="VAL02", family="VAL", title=T("Commonplace value"), severity=Severity.advice,
                layer=Layer.values, since="0.1", parameters=(…))

    @RULE.check
    def check(scene: Scene) -> Iterator[Finding | NotChecked]: ...

No rule raises on a half-written plan: what is missing is a finding, or silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from gouvernail.base.money import Money
from gouvernail.base.text import Text
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.plan.model import Layer, Plan

if TYPE_CHECKING:
    from gouvernail.checks.index import Index
    from gouvernail.plan.graph import Graph


@dataclass(frozen=True)
class Parameter:
    """A threshold that a plan may tune: name, default, meaning."""

    name: str
    default: Any
    meaning: Text


@dataclass(frozen=True)
class Scene:
    """What a rule sees. `evidence` is None in the plan-only check; `parameters` are already merged.

    `index` answers, in constant time, what several rules ask of the plan: a rule over n elements stays linear.
    """

    plan: Plan
    graph: Graph
    index: Index
    today: date
    evidence: Evidence | None = None
    previous: Plan | None = None
    """The plan at an earlier revision, where the check compares with one."""
    parameters: Mapping[str, Any] = field(default_factory=dict)


Check = Callable[[Scene], Iterator[Finding | NotChecked]]


@dataclass
class Rule:
    """A rule of the catalogue.

    `measured` rules read facts; `dated` rules read the calendar. Neither enters the coherence score, so that a
    plan revision has one score. `also_judges` marks a plan rule that says more once there is evidence.
    """

    code: str
    family: str
    title: Text
    severity: Severity
    layer: Layer | None
    measured: bool = False
    dated: bool = False
    also_judges: bool = False
    confidence: float = 1.0
    """How sure its findings are, 0 to 1, unless a finding says otherwise."""
    parameters: tuple[Parameter, ...] = ()
    status: Literal["preview", "stable", "deprecated"] = "stable"
    since: str = "0.1"
    run: Check | None = None
    doc: str = ""

    def check(self, function: Check) -> Check:
        """Attach the check to the rule."""
        self.run = function
        return function

    @property
    def scored(self) -> bool:
        """Whether its findings cost coherence."""
        return not (self.measured or self.dated)

    def finding(
        self,
        element: str,
        message: Text,
        hint: Text,
        *,
        severity: Severity | None = None,
        related: tuple[str, ...] = (),
        money: Money | None = None,
        confidence: float | None = None,
        **evidence: Any,
    ) -> Finding:
        """Return a finding of this rule on `element`; the severity is the rule's unless given."""
        return Finding(
            self.code,
            element,
            severity or self.severity,
            message,
            hint,
            evidence,
            related,
            money,
            self.confidence if confidence is None else confidence,
        )

    def missing(self, layer: Layer, message: Text, hint: Text) -> Finding:
        """Return a finding that something is missing altogether in `layer`."""
        return Finding(
            self.code, layer.value, self.severity, message, hint, confidence=self.confidence, missing_in=layer
        )

    def not_checked(self, reason: Text, element: str | None = None) -> NotChecked:
        """Return that this rule lacked its input."""
        return NotChecked(self.code, reason, element)
