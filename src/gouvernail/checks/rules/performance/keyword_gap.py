"""Keyword gap against a competitor.

## What it finds
Keywords on which a competitor stands among the first ten and we do not, each counted once (with the competitor that stands best), where there are several with enough searches. The most searched are named.

## Why it matters
S4: the digital SWOT uses tools such as SEMrush or Ahrefs “to identify the keywords used by your competitors”. Whoever searches these words meets the others only; the first results take most clicks (Joachims et al. 2005, SIGIR, on how people look at results).

## Example
Acme stands in the first ten for 34 keywords on which you do not: “precision pump” (1,900 searches a month), “pump repair” (880) …

## How to put it right
Choose the few that carry your offer and your segments’ words, and write one good page for each; leave the rest.

## Parameters
`volume` (50): searches a month below which a keyword does not count.
`keywords` (3): how many keywords make a gap.
`named` (3): how many are named.

## When it stays silent
Keywords with the competitor’s own name. Without keywords of competitors: *not checked*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from gouvernail.base.text import TN, T
from gouvernail.checks.campaign_evidence import KeywordGap
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Competitor, Layer

FIRST_PAGE = 10

RULE = Rule(
    code="PER10",
    family="PER",
    title=T("Keyword gap against a competitor"),
    severity=Severity.advice,
    layer=Layer.strategy,
    measured=True,
    confidence=0.8,
    parameters=(
        Parameter("volume", 50.0, T("Searches a month below which a keyword does not count.")),
        Parameter("keywords", 3.0, T("How many keywords make a gap.")),
        Parameter("named", 3.0, T("How many are named.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or scene.evidence.keyword_gaps is None:
        yield RULE.not_checked(
            T("No keyword of a competitor is known: import a ranking (Semrush, Ahrefs) of their domains.")
        )
        return
    known = {_bare(name): one for one in scene.plan.competitors for name in (one.domain, one.name) if name}
    for competitor, gaps in _by_competitor(scene, scene.evidence.keyword_gaps, known).items():
        if len(gaps) >= scene.parameters["keywords"]:
            rival = known.get(_bare(competitor))
            yield _finding(scene, competitor, gaps, rival.id if rival else "strategy")


def _by_competitor(
    scene: Scene, gaps: tuple[KeywordGap, ...], known: Mapping[str, Competitor]
) -> dict[str, list[KeywordGap]]:
    """Competitor → its keywords, each keyword with whom stands best, most searched first."""
    best: dict[str, KeywordGap] = {}
    for gap in gaps:
        if _counts(gap, scene.parameters["volume"]) and not _branded(gap, known.get(_bare(gap.competitor))):
            before = best.get(gap.keyword.casefold())
            if before is None or gap.their_position < before.their_position:
                best[gap.keyword.casefold()] = gap
    found: dict[str, list[KeywordGap]] = defaultdict(list)
    for gap in sorted(best.values(), key=lambda gap: (-(gap.volume or 0), gap.keyword)):
        found[gap.competitor].append(gap)
    return found


def _counts(gap: KeywordGap, volume: float) -> bool:
    ours = gap.our_position is not None and gap.our_position <= FIRST_PAGE
    return not ours and gap.their_position <= FIRST_PAGE and (gap.volume or 0) >= volume


def _branded(gap: KeywordGap, rival: Competitor | None) -> bool:
    """Whether the keyword holds the competitor's own name: as written, its first word, or its domain's."""
    names = [gap.competitor, *((rival.name, rival.domain) if rival else ())]
    names += [name.split()[0] for name in names if name.split()]
    keyword = gap.keyword.casefold().replace(" ", "").replace("-", "")
    return any(len(name) > 2 and name in keyword for name in map(_bare, names))


def _bare(name: str) -> str:
    """The bare name by which a competitor is told: of a domain, what stands before the last dot."""
    bare = name.casefold().removeprefix("https://").removeprefix("www.").split("/")[0]
    parts = bare.split(".")
    return (parts[-2] if len(parts) > 1 and " " not in bare else bare).replace(" ", "").replace("-", "")


def _finding(scene: Scene, competitor: str, gaps: list[KeywordGap], element: str) -> Finding:
    top = gaps[: max(int(scene.parameters["named"]), 1)]
    return RULE.finding(
        element,
        TN(
            "{competitor} stands in the first ten for {n} keyword on which you do not: {top} searches a month.",
            "{competitor} stands in the first ten for {n} keywords on which you do not, first {top} searches a month.",
            n=len(gaps),
            competitor=competitor,
            top=[T("“{keyword}” with {volume}", keyword=gap.keyword, volume=gap.volume or 0) for gap in top],
        ),
        T("Choose those that carry your offer, and write one good page for each."),
        related=() if element != "strategy" else (competitor,),
        keywords=[gap.keyword for gap in gaps],
    )
