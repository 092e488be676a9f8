"""A bearing read aloud: everything that the rules say of it, as Markdown that a person can judge line by line."""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.bearing.worth import worthwhile
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Severity


def read_aloud(bearing: Bearing, language: str) -> str:
    """Return the reading of a bearing in one language: the same findings, the same bytes."""
    return "\n".join(_lines(bearing, language)) + "\n"


def _lines(bearing: Bearing, language: str) -> Iterator[str]:
    yield f"# {bearing.organisation}, {bearing.period} ({language})\n"
    yield _figures(bearing)
    yield "\n## Worth looking at first\n"
    yield from (f"- {one.finding.identity}" for one in worthwhile(bearing.findings))
    for severity in Severity:
        found = [one for one in bearing.findings if one.finding.severity is severity]
        yield f"\n## {severity.capitalize()}: {len(found)}"
        for one in found:
            yield _finding(one, bearing, language)
    yield "\n## Not checked\n"
    for gap in bearing.not_checked:
        yield f"- {' '.join(filter(None, (gap.code, gap.element)))}: {_said(gap.reason, language)}"
    yield "\n## Set aside\n"
    yield from (f"- {one.code} {one.element}: {one.reason}" for one in bearing.ignored)


def _figures(bearing: Bearing) -> str:
    figures, spent = bearing.figures, bearing.figures.aligned_spend.actual
    coherence = Number(float(figures.coherence.score), 2)
    if spent is None:
        return str(Text("Coherence {coherence}.", {"coherence": coherence}))
    whole = spent.aligned.amount + spent.weak.amount + spent.orphan.amount
    share = Ratio(float(spent.aligned.amount / whole))
    values = {"coherence": coherence, "share": share, "outside": figures.aligned_spend.unmatched}
    return str(Text("Coherence {coherence}; aligned spend {share}; outside the plan {outside}.", values))


def _finding(located: LocatedFinding, bearing: Bearing, language: str) -> str:
    finding = located.finding
    title = bearing.titles.get(finding.element)
    about = f"`{finding.element}`" + (f" “{title}”" if title else "")
    facts = ["facts" if RULES[finding.code].measured else "plan"]
    facts += [str(Text("at stake {money}", {"money": finding.money}))] if finding.money else []
    facts += [f"sure {finding.confidence:g}"] if finding.confidence < 1 else []
    facts += [f"with {', '.join(finding.related)}"] if finding.related else []
    heading = f"\n### {finding.code} {about}\n\n*{'; '.join(facts)}*\n"
    return f"{heading}\n{_said(finding.message, language)}\n\n> {_said(finding.hint, language)}"


def _said(text: Text, language: str) -> str:
    return text.render(language)
