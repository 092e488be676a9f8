"""What stands beside the findings: what was set aside and why, and the rules that could not look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gouvernail.base.text import Text
from gouvernail.bearing.located import SetAside
from gouvernail.web.rhythm.asides import cause
from gouvernail.web.rhythm.findings import Told, title_of
from gouvernail.web.rhythm.links import element_link, link


@dataclass(frozen=True)
class Aside:
    """A finding set aside. `whole` where the rule is turned off for the whole plan."""

    one: SetAside
    title: str
    url: str
    rule: Text
    rule_url: str
    whole: bool


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not look, and why."""

    code: str
    rule: Text
    rule_url: str
    reasons: tuple[tuple[Text, str], ...]
    """Why, and on which element ("" for the whole plan)."""


def set_aside(told: Told) -> tuple[Aside, ...]:
    """Return what the plan sets aside, with who and why; what was taken back meanwhile is left out."""
    found: list[Aside] = []
    seen: set[tuple[str, str]] = set()
    for one in (*told.bearing.ignored, *_meanwhile(told)):
        why = cause(told.plan, one.code, one.element)
        if why is None or (one.code, one.element) in seen:
            continue
        seen.add((one.code, one.element))
        shown = replace(one, reason=why.reason, by=why.by, day=why.day)
        found.append(
            Aside(
                shown,
                told.name(one.element),
                element_link(told.slug, told.plan, one.element),
                title_of(one.code),
                link("rule", told.slug, one.code),
                not why.elements,
            )
        )
    return tuple(found)


def _meanwhile(told: Told) -> Iterable[SetAside]:
    for located in told.bearing.findings:
        finding = located.finding
        if why := cause(told.plan, finding.code, finding.element):
            yield SetAside(finding.code, finding.element, why.reason, why.by, why.day, located)


def not_checked(told: Told) -> tuple[Unchecked, ...]:
    """Return the rules that could not look, with every reason, by rule."""
    found: dict[str, dict[str, tuple[Text, str]]] = {}
    for gap in told.bearing.not_checked:
        where = told.name(gap.element) if gap.element else ""
        found.setdefault(gap.code, {})[f"{gap.reason} {where}"] = (gap.reason, where)
    return tuple(
        Unchecked(code, title_of(code), link("rule", told.slug, code), tuple(reasons.values()))
        for code, reasons in found.items()
    )
