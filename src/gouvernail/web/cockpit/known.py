"""What pages look up in a bearing again and again, sorted once and kept for as long as the bearing is in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import ActionStatus, Bearing, MetricReading
from gouvernail.checks.finding import Severity
from gouvernail.checks.score import Loss
from gouvernail.plan.model import Layer
from gouvernail.report import groups, story
from gouvernail.report.context import Reading, readings

KEPT = 32
Made = TypeVar("Made")


@dataclass(frozen=True)
class Known:
    """A bearing with its parts by name."""

    bearing: Bearing
    _made: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def findings(self) -> Mapping[str, LocatedFinding]:
        """Findings by identity."""
        return {one.finding.identity: one for one in self.bearing.findings}

    @cached_property
    def by_element(self) -> Mapping[str, tuple[LocatedFinding, ...]]:
        """Findings by the element that they judge."""
        found: dict[str, list[LocatedFinding]] = {}
        for one in self.bearing.findings:
            found.setdefault(one.finding.element, []).append(one)
        return {element: tuple(several) for element, several in found.items()}

    def gravities(self, element: str) -> tuple[Severity, ...]:
        """Return the gravities of the findings on an element."""
        return tuple(one.finding.severity for one in self.by_element.get(element, ()))

    @cached_property
    def actions(self) -> Mapping[str, ActionStatus]:
        """Actions by id."""
        return {one.id: one for one in self.bearing.actions}

    @cached_property
    def missing(self) -> Mapping[Layer, tuple[str, ...]]:
        """Findings that judge a layer as a whole."""
        return {layer: groups.missing_in(layer, self.bearing) for layer in Layer}

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """Points lost, the dearest first."""
        return tuple(sorted(self.bearing.figures.coherence.losses, key=lambda one: -one.cost))

    @cached_property
    def decisions(self) -> tuple[LocatedFinding, ...]:
        """The three findings most worth a decision."""
        return story.decisions(self.bearing.findings)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Indicators with their context."""
        return readings(self.bearing)

    @cached_property
    def metrics(self) -> Mapping[str, MetricReading]:
        """Indicators by id."""
        return {one.id: one for one in self.bearing.metrics}

    def once(self, name: str, language: str, make: Callable[[], Made]) -> Made:
        """Return what `make` makes, made once for a language: a chart, say."""
        if (name, language) not in self._made:
            self._made[name, language] = make()
        return cast(Made, self._made[name, language])


_kept: OrderedDict[int, Known] = OrderedDict()


def known(bearing: Bearing) -> Known:
    """Return the parts of a bearing by name, those of before where it is the same one."""
    found = _kept.get(id(bearing))
    if found is None or found.bearing is not bearing:
        found = _kept[id(bearing)] = Known(bearing)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found
