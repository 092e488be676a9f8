"""Findings put together: by gravity, then by rule, so that a rule is explained once for all that it hits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.text import TN, Text
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing, ChainRow
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Severity
from gouvernail.checks.score import Loss
from gouvernail.plan.model import Layer


@dataclass(frozen=True)
class Hit:
    """One element that a rule hits. `says` and `hint` are None where the rule's heading says it all."""

    located: LocatedFinding
    says: Text | None
    hint: Text | None


@dataclass(frozen=True)
class Group:
    """The findings of one rule and one gravity, the dearest first. `hint` is what to do where it is one for all."""

    code: str
    severity: Severity
    title: Text | None
    hint: Text | None
    hits: tuple[Hit, ...]

    @property
    def elements(self) -> Mapping[str, tuple[LocatedFinding, ...]]:
        """Return the elements hit, each once, with its findings."""
        found: dict[str, list[LocatedFinding]] = defaultdict(list)
        for hit in self.hits:
            found[hit.located.finding.element].append(hit.located)
        return {element: tuple(several) for element, several in found.items()}


def by_severity(bearing: Bearing) -> tuple[tuple[Severity, int, tuple[Group, ...]], ...]:
    """Return, for each gravity, how many findings it has and its rules, the dearest first."""
    return tuple((severity, *_of_severity(severity, bearing)) for severity in Severity)


def _of_severity(severity: Severity, bearing: Bearing) -> tuple[int, tuple[Group, ...]]:
    found = sorted(
        (one for one in bearing.findings if one.finding.severity is severity), key=_weight, reverse=True
    )
    rules: dict[str, list[LocatedFinding]] = defaultdict(list)
    for located in found:
        rules[located.finding.code].append(located)
    return len(found), tuple(_group(code, several, bearing.titles) for code, several in rules.items())


def _weight(located: LocatedFinding) -> tuple[Decimal, Decimal]:
    money = located.finding.money
    return (money.amount if money else Decimal(0), located.cost)


def _group(code: str, found: list[LocatedFinding], titles: Mapping[str, str]) -> Group:
    first = found[0].finding
    shared = all(one.finding.hint == first.hint for one in found)
    title = rule_title(code)
    one_wording = title is not None and len({one.finding.message.template for one in found}) == 1
    return Group(
        code,
        first.severity,
        title,
        first.hint if shared else None,
        tuple(
            Hit(
                one,
                None if one_wording and _says_no_more(one, titles) else one.finding.message,
                None if shared else one.finding.hint,
            )
            for one in found
        ),
    )


def _says_no_more(located: LocatedFinding, titles: Mapping[str, str]) -> bool:
    """Return whether a sentence holds nothing but its element's name: the rule's title says the rest."""
    name = titles.get(located.finding.element)
    return all(value == name for value in located.finding.message.values.values())


def losses(bearing: Bearing) -> tuple[tuple[str, Decimal, tuple[Loss, ...]], ...]:
    """Return the points lost by rule: its code, what it costs in all, and its losses; the dearest first, exactly."""
    rules: dict[str, list[Loss]] = defaultdict(list)
    for loss in sorted(bearing.figures.coherence.losses, key=lambda loss: loss.cost, reverse=True):
        rules[loss.code].append(loss)
    summed = [
        (code, sum((one.cost for one in lost), Decimal(0)), tuple(lost)) for code, lost in rules.items()
    ]
    return tuple(sorted(summed, key=lambda rule: rule[1], reverse=True))


def rule_title(code: str) -> Text | None:
    """Return the title of a rule of the catalogue, None for a code that it does not know."""
    return RULES[code].title if code in RULES else None


def gravest(bearing: Bearing) -> Severity | None:
    """Return the gravest severity that some finding has."""
    found = {located.finding.severity for located in bearing.findings}
    return next((severity for severity in Severity if severity in found), None)


def missing_in(layer: Layer, bearing: Bearing) -> tuple[str, ...]:
    """Return the findings that judge a layer as a whole: of what is missing in it, no element can tell."""
    # An element may well be called `mission`, as its layer is: then the finding is its own.
    of_its_own = any(row.id == layer.value for row in bearing.chain)
    return tuple(
        located.finding.identity
        for located in bearing.findings
        if located.finding.missing_in is layer or (located.finding.element == layer.value and not of_its_own)
    )


def of_layer(layer: Layer, rows: Iterable[ChainRow], bearing: Bearing) -> tuple[str, ...]:
    """Return every finding told within a layer, each once."""
    told = (*missing_in(layer, bearing), *(identity for row in rows for identity in row.findings))
    return tuple(dict.fromkeys(told))


def ranked(
    identities: Iterable[str], known: Mapping[str, LocatedFinding]
) -> tuple[tuple[Severity, tuple[LocatedFinding, ...]], ...]:
    """Return the findings called `identities` by gravity, gravities without any left out."""
    found = [known[identity] for identity in identities if identity in known]
    return tuple(
        (severity, several)
        for severity in Severity
        if (several := tuple(one for one in found if one.finding.severity is severity))
    )


def counted(severity: Severity, n: int) -> Text:
    """Return how many findings of a gravity there are, in words."""
    match severity:
        case Severity.blocking:
            return TN("{n} blocking", "{n} blocking", n)
        case Severity.warning:
            return TN("{n} warning", "{n} warnings", n)
        case Severity.advice:
            return TN("{n} piece of advice", "{n} pieces of advice", n)
