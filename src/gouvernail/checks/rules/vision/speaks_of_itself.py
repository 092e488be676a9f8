"""Vision that says nothing about customers or society.

## What it finds
A vision that speaks of the company’s own rank, size, money or fame (leader, turnover, market share, a known brand …; or two of the weaker ones, such as best, market, growth; one is enough in a vision that opens with “to be”, “become”) and names nobody and nothing beyond it: no customers, users or families, no profession, town, nature or society. The words that speak of the company are shown.

## Why it matters
S2: the vision is the future one wants to see for customers and society, “l’impact ou les changements apportés à la société”. “To be the leader” is a wish of the company for itself: it guides no offer and moves no customer.

## Example
`{id: vision, text: Be the leader of our market in 2030.}`
Instead: `{id: vision, text: No line stops for want of a spare part.}`

## How to put it right
Ask what will be different for customers, and for those around them, once you are the leader; write that.

## Parameters
None.

## When it stays silent
As soon as the vision names somebody or something beyond the company, whatever it says of them; where it names neither (a vision of another kind is not judged); without a text or title (VIS01 speaks where there is no vision at all); for what is denied (“not the largest”, “plutôt que d’être leader”); in a language other than English and French. On sentences held out from tuning: precision 100 % in English and 100 % in French, recall 33 % and 22 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.words.language import language
from gouvernail.checks.words.lexicon import LANGUAGES, denied, lexicon
from gouvernail.checks.words.tokens import tokens
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VIS03",
    family="VIS",
    title=T("Vision that speaks of the company alone"),
    severity=Severity.advice,
    layer=Layer.vision,
    confidence=0.86,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for vision in scene.plan.visions:
        found = _speaks_of_itself(f"{vision.title}\n{vision.text}")
        if found:
            yield RULE.finding(
                vision.id,
                T(
                    "The vision “{name}” speaks of the company ({words}), and of nobody it wants to serve.",
                    name=vision.title or vision.text,
                    words=found,
                ),
                T("Say what will be different for customers and society once this is reached."),
                words=tuple(found),
            )


def _speaks_of_itself(read: str) -> list[str]:
    """The words that speak of the company; none where the vision speaks of others too."""
    text = tokens(read)
    spoken = language(text)
    if spoken not in (None, *LANGUAGES):
        return []
    words = lexicon(spoken)
    lists = words.lists
    itself = [hit for hit in lists["self_centred"].find(text) if not denied(text, hit.start, words)]
    taken = {at for hit in itself for at in range(hit.start, hit.end)}
    weak = [
        hit
        for hit in lists["self_weak"].find(text)
        if hit.start not in taken and not denied(text, hit.start, words)
    ]
    # “A family business” speaks of no family.
    if any(hit.start not in taken for hit in lists["people"].find(text)):
        return []
    opens = any(hit.start == 0 or text[hit.start].opens for hit in lists["opening"].find(text))
    if not itself and len({hit.words.casefold() for hit in weak}) + opens < 2:
        return []
    said_of_itself = sorted((*itself, *weak), key=lambda hit: hit.start)
    return list(dict.fromkeys(hit.words for hit in said_of_itself))
