"""Value proposition missing, or used by no action.

## What it finds
A strategy with segments or offers but without any value proposition; a value proposition that no living action carries: none names it in `value_proposition`, none serves it, and none of its `key_words` stands in an action’s title or message. At stake is the money of the actions that address its segments without any proposition. And (advice) a primary segment that no proposition names, where each of them names its own.

## Why it matters
S1: how to shape a singular offer that resonates with the target public is “at the centre”. S2 names the proposition that is “limp or badly used” among the three reasons why execution fails.

## Example
`value_propositions: [{id: six-weeks, key_words: [six weeks]}]` and ten actions with other messages.

## How to put it right
Write in one sentence what the segment gains and the proof; then let the actions carry it (`value_proposition: six-weeks`).

## Parameters
None.

## When it stays silent
While neither segment nor offer is written; without living actions (ACT12) nothing is said of use. Whether one action’s message carries its proposition is ACT07’s question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gouvernail.base.text import T
from gouvernail.checks.audiences import segments_of
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Priority, ValueProposition

RULE = Rule(
    code="STR10",
    family="STR",
    title=T("Value proposition missing or unused"),
    severity=Severity.warning,
    layer=Layer.strategy,
)
LONGEST = 6
"""Words of the longest key word looked for."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    plan, index = scene.plan, scene.index
    if not plan.value_propositions:
        if plan.segments or plan.offers:
            yield RULE.missing(
                Layer.strategy,
                T(
                    "The strategy has no value proposition: nothing says what a customer gains here and nowhere else."
                ),
                T("Write for each segment, in one sentence, what it gains, and the proof."),
            )
        return
    yield from _forgotten(scene)
    if not index.actions:
        return
    silent = _silent(scene)
    named = {action.value_proposition for action in index.actions}
    said = _phrases(f"{action.title}\n{action.message}" for action in index.actions)
    for promise in plan.value_propositions:
        carried = promise.id in named or promise.id in index.with_action
        if not carried and not any(_words(key) in said for key in promise.key_words):
            yield _finding(scene, promise, silent)


def _forgotten(scene: Scene) -> Iterator[Finding]:
    """Yield the primary segments that no proposition names; one that names no segment is for all."""
    promises = scene.plan.value_propositions
    named = {id for promise in promises for id in promise.segments}
    if not all(promise.segments for promise in promises):
        return
    for segment in scene.plan.segments:
        if segment.priority is Priority.primary and segment.id not in named:
            yield RULE.finding(
                segment.id,
                T("No value proposition says what “{name}”, a primary segment, gains.", name=segment.name),
                T("Write one for it, or name it under “segments” of the one that holds for it too."),
                severity=Severity.advice,
            )


def _finding(scene: Scene, promise: ValueProposition, silent: Mapping[frozenset[str], Decimal]) -> Finding:
    spent = sum((money for public, money in silent.items() if public & set(promise.segments)), Decimal(0))
    return RULE.finding(
        promise.id,
        T("No action carries the value proposition “{name}”.", name=promise.name),
        T("Let the actions for its public say it, and name it there under “value_proposition”; or drop it."),
        money=scene.index.money(spent),
    )


def _silent(scene: Scene) -> Mapping[frozenset[str], Decimal]:
    """Segments addressed together → money of the actions that address them without any proposition."""
    found: dict[frozenset[str], Decimal] = defaultdict(Decimal)
    for action in scene.index.actions:
        if not action.value_proposition:
            found[segments_of(scene.index, action)] += action.budget or 0
    return found


def _phrases(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return every run of up to `LONGEST` words in the texts: a key word is then found in one look-up."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = _words(text)
        found.update(words[i : i + n] for i in range(len(words)) for n in range(1, LONGEST + 1))
    return frozenset(found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
