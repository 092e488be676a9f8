"""Cases of the rules, as data: `cases/<CODE>.yaml`.

rule: VAL01
fail_without_any:            # the name begins with pass, fail or unchecked
  plan: {…}                  # any part of a plan
  evidence: {…}              # for measured rules: the fields of `Evidence` in short
  today: 2026-09-15          # the default
  previous: {…}              # the plan at an earlier revision
  expect:                    # what must be found, nothing more
    - {element: values, severity: blocking, en: [words of the message], fr: [mots], money: 1000}
"""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Period, parse_period
from gouvernail.base.text import T
from gouvernail.checks.evidence import Evidence

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 9, 15)


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    plan: dict[str, Any]
    evidence: Evidence | None
    today: date
    previous: dict[str, Any] | None
    expect: tuple[dict[str, Any], ...]


@cache
def cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _of(path)]


def _of(path: Path) -> list[Case]:
    data = yaml.safe_load(path.read_text("utf-8"))
    rule = data.pop("rule")
    assert rule == path.stem
    return [
        Case(
            rule,
            name,
            case.get("plan") or {},
            _evidence(case["evidence"]) if "evidence" in case else None,
            case.get("today", TODAY),
            case.get("previous"),
            tuple(case.get("expect", ())),
        )
        for name, case in data.items()
    ]


def _evidence(data: dict[str, Any]) -> Evidence:
    """Read the fields of `Evidence`, by their types: `1000 CHF` is money, `2026-08` a period or month, a number an
    estimate, nothing a refusal. `spend: {action: 100 CHF}` is short for actions that only spent."""
    spends = data.pop("spend", {})
    for action, amount in spends.items():
        data.setdefault("actions", {}).setdefault(action, {})["spend"] = amount
    for action, facts in data.get("actions", {}).items():
        facts["action"] = action
    for channel, facts in data.get("channels", {}).items():
        facts["channel"] = channel
    hints = get_type_hints(Evidence)
    given = {name: _read(value, hints[name]) for name, value in data.items()}
    return Evidence(**{"period": parse_period("2026-08"), "today": TODAY, **given})


def _read(value: Any, kind: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if Estimate in arguments:
        return _outcome(value)
    if origin in (Union, UnionType):
        return None if value is None else _read(value, next(a for a in arguments if a is not type(None)))
    if origin is tuple and arguments[-1] is Ellipsis:
        return tuple(_read(item, arguments[0]) for item in value)
    if origin is tuple:
        return tuple(_read(item, one) for item, one in zip(value, arguments, strict=True))
    if origin is not None:
        return {_read(key, arguments[0]): _read(item, arguments[1]) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(value, dict):
        hints = get_type_hints(kind)
        return kind(**{name: _read(item, hints[name]) for name, item in value.items()})
    return _plain(value, kind)


def _plain(value: Any, kind: Any) -> Any:
    if kind is Money:
        amount, currency = value.split()
        return Money(Decimal(amount), currency)
    if kind is Decimal:
        return Decimal(str(value))
    if kind is Period:
        return parse_period(str(value))
    if kind is float:
        return float(value)
    assert isinstance(value, kind), f"{value!r} is no {kind}"
    return value


def _outcome(value: Any) -> Outcome:
    if value is None:
        return Refusal("no_data", T("No data."))
    if isinstance(value, dict):
        return Estimate(method="trend", **value)
    return Estimate(float(value), "trend")
