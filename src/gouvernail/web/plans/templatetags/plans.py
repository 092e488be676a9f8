"""Small helps of the plan's templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from gouvernail.base.text import Text
from gouvernail.checks.finding import Severity
from gouvernail.web.plans.formulas import MARKS

register = template.Library()
_TONES = {Severity.blocking: "is-bad", Severity.warning: "is-warn", Severity.advice: "is-info"}
_ICONS = {Severity.blocking: "alert-octagon", Severity.warning: "alert-triangle", Severity.advice: "bulb"}


@register.filter
def held(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, None for nothing."""
    return mapping.get(key)


@register.filter
def tone_of(severity: Severity | str) -> str:
    """Return the class of a finding's tone."""
    return _TONES[Severity(severity)]


@register.filter
def severity_icon(severity: Severity | str) -> str:
    """Return the icon of a finding."""
    return _ICONS[Severity(severity)]


@register.simple_tag
def formula_marks() -> list[tuple[str, str, Text]]:
    """Return what stands between the metrics of a formula: as written, as shown, its name."""
    return [(mark, shown, name) for mark, (shown, name) in MARKS.items()]
