"""Findings as JSON: what is wrong, what was not checked, what the plan sets aside, and the points they cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gouvernail.bearing.located import Coherence, LocatedFinding, SetAside
from gouvernail.bearing.values_json import day, money, plain
from gouvernail.checks.finding import NotChecked


def coherence(figure: Coherence) -> dict[str, Any]:
    """Return the coherence figure: score and losses, which sum to 100 − score."""
    return {
        "score": float(figure.score),
        "by_layer": {str(layer): float(kept) for layer, kept in figure.by_layer.items()},
        "losses": [
            {
                "finding": loss.finding,
                "code": loss.code,
                "element": loss.element,
                "layer": str(loss.layer),
                "cost": float(loss.cost),
            }
            for loss in figure.losses
        ],
    }


def finding(located: LocatedFinding, language: str) -> dict[str, Any]:
    """Return one finding: code, element, severity, file, line, message, hint, money, and its identity."""
    found = located.finding
    return {
        "id": found.identity,
        "code": found.code,
        "element": found.element,
        "severity": str(found.severity),
        "file": located.location.file if located.location else None,
        "line": located.location.line if located.location else None,
        "layer": str(located.layer) if located.layer else None,
        "owner": located.owner,
        "message": found.message.render(language),
        "hint": found.hint.render(language),
        "money": money(found.money),
        "at_stake": money(located.stake),
        "confidence": found.confidence,
        "cost": float(located.cost),
        "related": list(found.related),
        "evidence": plain(found.evidence, language),
    }


def not_checked(one: NotChecked, language: str) -> dict[str, Any]:
    """Return one rule that lacked its input."""
    return {"code": one.code, "element": one.element, "reason": one.reason.render(language)}


def ignored(rows: Iterable[SetAside]) -> list[dict[str, str | None]]:
    """Return the findings that the plan sets aside: why, by whom and when."""
    return [
        {
            "code": one.code,
            "element": one.element,
            "reason": one.reason,
            "by": one.by or None,
            "day": day(one.day),
        }
        for one in rows
    ]
