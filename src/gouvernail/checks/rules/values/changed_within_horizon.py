"""Value changed before its time.

## What it finds
A value that was reworded into another one although it had been held for less than ten years: by its `former` wordings and their dates, where the change itself is less than ten years old; or, where the check compares with an earlier revision, by another text under the same id. The sentence shows the wording that was given up.

## Why it matters
S2 gives values a horizon of ten years: one does not change them “each time the wind turns”. A value that changes with the season guides neither staff nor customers.

## Example
```yaml
values:
  - {id: repair, title: Repair first, since: 2019-01-01, former: [{text: Always the newest, until: 2024-06-30}]}
```
“Always the newest” was held for five years only.

## How to put it right
Keep the value and change the means (vision, strategy, actions). If the new one is truly another value, say so once and set the finding aside with the reason.

## Parameters
`horizon_years` (10): how long a value should be held. `other_words` (0.5): share of the old wording’s words that must be gone to make it another value.

## When it stays silent
For spelling, case, accents, plurals and for a text made longer or more precise: words of the old wording count as kept where the new one has them or one spelt nearly alike (three letters of four), and little words do not count. For a wording whose beginning is unknown (no `since` before its end, no earlier wording), for changes older than the horizon, and for values added or dropped as a whole. It reads the calendar and history, so it stays out of the score.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from gouvernail.base.text import TN, T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Former, Layer, Value

RULE = Rule(
    code="VAL05",
    family="VAL",
    title=T("Value changed before its time"),
    severity=Severity.warning,
    layer=Layer.values,
    dated=True,
    confidence=0.8,
    parameters=(
        Parameter("horizon_years", 10.0, T("How long a value should be held, in years.")),
        Parameter(
            "other_words", 0.5, T("Share of the old words that must be gone to make it another value.")
        ),
    ),
)
NEARLY = 0.75
"""Likeness of two spellings from which they are one word: “réparer”, “repare”, “reparier”."""
MOST = 80
"""Words read of a wording: a value is one to three sentences, and each word is compared with each."""
LITTLE = 4
"""Words shorter than this (the, our, les, nos) do not make a value."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    before = {value.id: value for value in scene.previous.values} if scene.previous else {}
    for value in scene.plan.values:
        yield from _by_dates(scene, value) or _by_revision(scene, value, before.get(value.id))


def _by_dates(scene: Scene, value: Value) -> list[Finding]:
    """Judge the latest dated change within the horizon: the wording given up, and how long it had been held."""
    horizon = scene.parameters["horizon_years"]
    newer = f"{value.title} {value.text}"
    for at, old in enumerate(value.former):
        begun = _begun(value, at)
        recent = old.until and 0 <= _years(old.until, scene.today) < horizon
        if (
            recent
            and old.until
            and begun
            and _years(begun, old.until) < horizon
            and _other(scene, old.text, newer)
        ):
            message = _sentence(value, old, int(_years(begun, old.until)), int(horizon))
            return [RULE.finding(value.id, message, _HINT, since=begun, until=old.until)]
        newer = old.text
    return []


def _sentence(value: Value, old: Former, years: int, horizon: int) -> Text:
    if years < 1:
        return T(
            "The value “{name}” was “{old}” until {until}, held for less than a year: a value is meant for {horizon}.",
            name=value.name,
            old=old.text,
            until=old.until,
            horizon=horizon,
        )
    return TN(
        "The value “{name}” was “{old}” until {until}, held for {n} year only: a value is meant for {horizon}.",
        "The value “{name}” was “{old}” until {until}, held for {n} years only: a value is meant for {horizon}.",
        n=years,
        name=value.name,
        old=old.text,
        until=old.until,
        horizon=horizon,
    )


def _begun(value: Value, at: int) -> date | None:
    """Return the first day of the wording `former[at]`: the end of the one before it, else the value’s own."""
    until = value.former[at].until
    earlier = value.former[at + 1].until if at + 1 < len(value.former) else value.since
    return earlier if earlier and until and earlier < until else None


def _by_revision(scene: Scene, value: Value, old: Value | None) -> list[Finding]:
    if old is None or not _other(scene, f"{old.title} {old.text}", f"{value.title} {value.text}"):
        return []
    until = scene.plan.revised or scene.today
    if old.since and _years(old.since, until) >= scene.parameters["horizon_years"]:
        return []
    return [
        RULE.finding(
            value.id,
            T(
                "The value “{name}” was “{old}” in the earlier revision: a value is meant for {horizon} years.",
                name=value.name,
                old=old.title or old.text or old.id,
                horizon=int(scene.parameters["horizon_years"]),
            ),
            _HINT,
            severity=Severity.advice,
            confidence=0.6,
        )
    ]


_HINT = T("Keep the value and change the means; if it truly is another value now, say so once and keep it.")


def _other(scene: Scene, old: str, new: str) -> bool:
    """Whether so many words of the old wording are gone that it is another value."""
    words, kept = _words(old), _words(new)
    if not words or not kept:
        return False
    gone = [
        word for word in words if word not in kept and not difflib.get_close_matches(word, kept, 1, NEARLY)
    ]
    return bool(len(gone) / len(words) > scene.parameters["other_words"])


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    found = re.findall(r"[a-z0-9]+", plain)
    return list(dict.fromkeys([word for word in found if len(word) >= LITTLE] or found))[:MOST]


def _years(start: date, end: date) -> float:
    return (end - start).days / 365.25
