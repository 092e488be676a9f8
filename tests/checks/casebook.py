"""Cases of the rules, as data: `cases/<CODE>.yaml`.

rule: VAL01
fail_without_any:            # the name begins with pass, fail or unchecked
  plan: {…}                  # any part of a plan
  evidence: {…}              # for measured rules: the fields of `Evidence` in short
  today: 2026-09-15          # the default
  expect:                    # what must be found, nothing more
    - {element: values, severity: blocking, en: [words of the message], fr: [mots], money: 1000}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.periods import parse_period
from gouvernail.base.text import T
from gouvernail.checks.evidence import ActionFacts, Evidence, OrphanCampaign, TwoSources

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 9, 15)


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    plan: dict[str, Any]
    evidence: Evidence | None
    today: date
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
            tuple(case.get("expect", ())),
        )
        for name, case in data.items()
    ]


def _money(words: str | None) -> Money | None:
    if words is None:
        return None
    amount, currency = words.split()
    return Money(Decimal(amount), currency)


def _evidence(data: dict[str, Any]) -> Evidence:
    spends = data.get("spend", {})
    orphans = [{**orphan, "spend": _money(orphan["spend"])} for orphan in data.get("orphans", [])]
    pairs = [
        {
            **pair,
            "period": parse_period(pair["period"]),
            "first_value": Decimal(str(pair["first_value"])),
            "second_value": Decimal(str(pair["second_value"])),
        }
        for pair in data.get("disagreements", [])
    ]
    return Evidence(
        period=parse_period("2026-08"),
        today=TODAY,
        actions={
            id: ActionFacts(id, _money(m), None, None, None, None, None, None) for id, m in spends.items()
        },
        orphans=tuple(OrphanCampaign(**orphan) for orphan in orphans),
        disagreements=tuple(TwoSources(**pair) for pair in pairs),
        probabilities={
            id: Estimate(p, "trend") if p is not None else Refusal("no_data", T("No data."))
            for id, p in data.get("probabilities", {}).items()
        },
        monthly_leads={month: Decimal(n) for month, n in data.get("monthly_leads", {}).items()},
        sources=tuple(data.get("sources", ())),
    )
