"""Forbidden word of the charter in a message.

## What it finds
An action whose message or title holds a word that the brand charter forbids, in any letter case, as whole words.

## Why it matters
S2: tone and message are part of execution; S1: each message that contradicts the charter wears the brand down.

## Example
Charter `forbidden_words: [cheap]`, message “Cheap sensors, now”.

## How to put it right
Say it with the charter’s preferred words.

## Parameters
None.

## When it stays silent
Without a charter or forbidden words; inside longer words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="ACT10",
    family="ACT",
    title=T("Forbidden word"),
    severity=Severity.warning,
    layer=Layer.execution,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    words = sorted(
        {word.strip() for charter in scene.plan.charters for word in charter.forbidden_words if word.strip()}
    )
    if not words:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    for action in scene.index.actions:
        found = list(dict.fromkeys(pattern.findall(f"{action.title}\n{action.message}")))
        if found:
            yield RULE.finding(
                action.id,
                T("“{name}” uses words that the charter forbids: {words}.", name=action.name, words=found),
                T("Say it with words that the charter prefers."),
                words=tuple(found),
            )
