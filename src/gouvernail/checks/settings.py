"""How a plan tunes the rules: parameters merged over the defaults, and what in them cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.suggest import closest
from gouvernail.checks.rule import Rule
from gouvernail.plan.model import Plan

Tuning = Mapping[str, Mapping[str, Any]]
"""Rule code → parameter → value."""


@dataclass(frozen=True)
class Misfit:
    """A setting that cannot be used. `what` is `rule`, `parameter` or `value`."""

    what: str
    rule: str
    name: str
    value: Any = None
    default: Any = None
    suggestion: str | None = None


def fitted(default: Any, value: Any) -> Any | None:
    """Return `value` in the type of `default`, None where it does not fit."""
    match default:
        case bool():
            return value if isinstance(value, bool) else None
        case int() | float():
            number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            return float(value) if number else None
        case str():
            return value if isinstance(value, str) else None
        case tuple():
            words = isinstance(value, list | tuple) and all(isinstance(word, str) for word in value)
            return tuple(value) if words else None
    return None


def merged(rule: Rule, plan: Plan, over: Tuning | None = None) -> dict[str, Any]:
    """Return the rule's parameters: `over`, else the plan's, else the defaults. Misfits count for nothing."""
    values = {parameter.name: parameter.default for parameter in rule.parameters}
    for tuning in (plan.rules.parameters, over or {}):
        for name, value in tuning.get(rule.code, {}).items():
            usable = fitted(values[name], value) if name in values else None
            if usable is not None:
                values[name] = usable
    return values


def misfits(plan: Plan, rules: Mapping[str, Rule]) -> Iterator[Misfit]:
    """Yield every setting of the plan that names no rule, no parameter, or has a value of the wrong kind."""
    for ignore in plan.rules.ignore:
        if ignore.rule not in rules:
            yield Misfit("rule", ignore.rule, "", suggestion=closest(ignore.rule, rules))
    for code, tuning in plan.rules.parameters.items():
        if code not in rules:
            yield Misfit("rule", code, "", suggestion=closest(code, rules))
            continue
        defaults = {parameter.name: parameter.default for parameter in rules[code].parameters}
        for name, value in tuning.items():
            if name not in defaults:
                yield Misfit("parameter", code, name, suggestion=closest(name, defaults))
            elif fitted(defaults[name], value) is None:
                yield Misfit("value", code, name, value, defaults[name])
