"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the line.

What is written, and which properties say what, stands in docs/findings.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gouvernail import __version__
from gouvernail.bearing.export import dump
from gouvernail.bearing.moves import Gone, Moves

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.located import LocatedFinding, SetAside
    from gouvernail.checks.finding import NotChecked
    from gouvernail.checks.rule import Rule

LEVELS = {"blocking": "error", "warning": "warning", "advice": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"

Object = dict[str, Any]


def check_to_sarif(checked: CheckedPlan, language: str, moves: Moves | None = None) -> str:
    """Return the findings of a checked plan as SARIF text.

    Findings set aside come with their suppression. With `moves`, each result says whether it is new, unchanged
    or absent since the earlier plan; what is gone because it was set aside stands as suppressed only.
    """
    states = _states(moves)
    results = [_result(one, language, states) for one in checked.findings]
    results += [_suppressed(one, one.located, language, states) for one in checked.ignored if one.located]
    gone = [one for one in moves.gone if one.why is not Gone.set_aside] if moves else []
    results += [_absent(one.located, one.why, moves, language) for one in gone if moves]
    rules = _rules({str(result["ruleId"]) for result in results})
    at = {rule.code: i for i, rule in enumerate(rules)}
    for result in results:
        if result["ruleId"] in at:
            result["ruleIndex"] = at[result["ruleId"]]
    run: Object = {
        "tool": {"driver": _driver(rules, language)},
        "automationDetails": {"id": "gouvernail/plan-check/"},
        "language": str(language),
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(checked, language)],
        "results": results,
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: list[Rule], language: str) -> Object:
    return {
        "name": "gouvernail",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_descriptor(rule, language) for rule in rules],
    }


def _rules(codes: set[str]) -> list[Rule]:
    from gouvernail.checks.catalogue import RULES

    return [RULES[code] for code in RULES if code in codes]


def _descriptor(rule: Rule, language: str) -> Object:
    page = _page(rule, language)
    statement = page.partition("\n")[0].strip()
    tags = [rule.family, *([str(rule.layer)] if rule.layer else []), *(["facts"] if rule.measured else [])]
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title.render(language)},
        "fullDescription": {"text": statement or rule.title.render(language)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": tags, "precision": _precision(rule.confidence), "since": rule.since},
    }


def _page(rule: Rule, language: str) -> str:
    """Return the page of a rule in the reader's language, the English one where it is not translated."""
    from gouvernail.checks.pages import page

    try:
        return page(rule.code, str(language))
    except FileNotFoundError:
        return rule.doc


def _precision(confidence: float) -> str:
    return "very-high" if confidence >= 1 else "high" if confidence >= 0.85 else "medium"


def _invocation(checked: CheckedPlan, language: str) -> Object:
    """What ran; rules that lacked their input are told as notifications, for they did not pass."""
    notes = [_notification(gap, language) for gap in checked.not_checked]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _notification(gap: NotChecked, language: str) -> Object:
    return {
        "level": "note",
        "message": {"text": gap.reason.render(language)},
        "associatedRule": {"id": gap.code},
        "properties": {"element": gap.element} if gap.element else {},
    }


def _states(moves: Moves | None) -> Mapping[str, str] | None:
    """Return identity → new where findings are compared with an earlier plan; None where they are not."""
    return dict.fromkeys(moves.new_ids, "new") if moves else None


def _result(located: LocatedFinding, language: str, states: Mapping[str, str] | None) -> Object:
    finding = located.finding
    message = f"{finding.message.render(language)} {finding.hint.render(language)}"
    result: Object = {
        "ruleId": finding.code,
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"identity/v1": finding.identity},
        "suppressions": [],
        "properties": dict(_properties(located)),
    }
    if states is not None:
        result["baselineState"] = states.get(finding.identity, "unchanged")
    place = _location(located)
    if place:
        result["locations"] = [place]
    return result


def _properties(located: LocatedFinding) -> Iterator[tuple[str, Any]]:
    yield "element", located.finding.element
    yield "severity", str(located.finding.severity)
    yield "confidence", located.finding.confidence
    if located.owner:
        yield "owner", located.owner
    if located.stake:
        yield "atStake", {"amount": str(located.stake.rounded().amount), "currency": located.stake.currency}


def _suppressed(
    aside: SetAside, located: LocatedFinding, language: str, states: Mapping[str, str] | None
) -> Object:
    who = ", ".join(part for part in (aside.by, aside.day.isoformat() if aside.day else "") if part)
    justification = f"{aside.reason} ({who})" if who else aside.reason
    suppression = {"kind": "inSource", "status": "accepted", "justification": justification}
    return _result(located, language, states) | {"suppressions": [suppression]}


def _absent(located: LocatedFinding, why: Gone, moves: Moves, language: str) -> Object:
    """A finding of the earlier plan that is no more; its file is named as it was in the earlier plan."""
    result = _result(located, language, None) | {"baselineState": "absent"}
    result["properties"] = {**result["properties"], "gone": str(why)}
    for place in result.get("locations", ()):
        if located.location and "physicalLocation" in place:
            file = located.location.file.removeprefix(f"{moves.since}:")
            place["physicalLocation"]["artifactLocation"] = _artifact(file)
    return result


def _location(located: LocatedFinding) -> Object:
    place: Object = {"logicalLocations": [{"fullyQualifiedName": located.finding.element, "kind": "element"}]}
    if located.location:
        place["physicalLocation"] = {
            "artifactLocation": _artifact(located.location.file),
            "region": {"startLine": located.location.line},
        }
    return place


def _artifact(file: str) -> Object:
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}
