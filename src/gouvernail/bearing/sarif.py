"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail import __version__
from gouvernail.bearing.export import dump

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.model import LocatedFinding

LEVELS = {"blocking": "error", "warning": "warning", "advice": "note"}


def check_to_sarif(checked: CheckedPlan, language: str) -> str:
    """Return the findings of a checked plan as SARIF text."""
    from gouvernail.checks.catalogue import RULES

    used = sorted({one.finding.code for one in checked.findings})
    rules = [
        {"id": code, "shortDescription": {"text": RULES[code].title.render(language)}}
        for code in used
        if code in RULES
    ]
    tool = {"driver": {"name": "gouvernail", "version": __version__, "rules": rules}}
    return dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": tool, "results": [_result(one, language) for one in checked.findings]}],
        }
    )


def _result(located: LocatedFinding, language: str) -> dict[str, Any]:
    finding = located.finding
    message = f"{finding.message.render(language)} {finding.hint.render(language)}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"identity": finding.identity},
        "properties": {"element": finding.element},
    }
    if located.location:
        place = {
            "artifactLocation": {"uri": Path(located.location.file).as_posix()},
            "region": {"startLine": located.location.line},
        }
        result["locations"] = [{"physicalLocation": place}]
    return result
