"""Value that says nothing specific to this company.

## What it finds
A value that rests on words that every company uses (innovation, quality, respect, the customer …) and has fewer words of its own than of those. Words of its own are those left without articles and the like, without the commonplace ones and without the usual words around them (`always`, `strive`, `best solutions`); a word that forbids or leaves out (`no`, `without`, `only`) counts for two more. The words it rests on are shown.

## Why it matters
S2 asks values to be specific, aspirational and timeless, and warns of “grandes généralités molles”. A value that the competitor could sign too guides no decision. The word lists are modest and this is an advice: only you know what the word means to you.

## Example
`{id: innovation, title: Innovation, text: We are innovative.}`
Instead: `{id: repairable, title: Repairable, text: Whatever we sell can be repaired for fifteen years.}`

## How to put it right
Say what the value forbids or costs, or give in `example` a decision in which it weighed more than money.

## Parameters
`specific_words` (4): how many words of its own make a value specific, however many others stand beside them. `commonplace`: the words and beginnings of words (`qualit*`) that count as commonplace, English and French, without accents.

## When it stays silent
For a value with an `example`, with no word of the list, with more words of its own than others, with a number (but for 100 %, 24/7 and the like), or in a language other than English and French. A dated value is VAL03’s. On sentences held out from tuning: precision 100 % in English and 86 % in French, recall 78 % and 67 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.words.language import language
from gouvernail.checks.words.lexicon import LANGUAGES, Lexicon, WordList, entries, lexicon
from gouvernail.checks.words.tokens import Token, tokens
from gouvernail.plan.model import Layer, Value

HOLLOW = frozenset(("1", "100", "360", "24", "7"))
"""Numbers that make nothing more specific: number 1, 100 %, 360°, 24/7."""

RULE = Rule(
    code="VAL02",
    family="VAL",
    title=T("Commonplace value"),
    severity=Severity.advice,
    layer=Layer.values,
    confidence=0.88,
    parameters=(
        Parameter("specific_words", 4, T("How many words of its own make a value specific.")),
        Parameter("commonplace", entries("commonplace"), T("Commonplace words, and beginnings of them.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    commonplace = WordList(scene.parameters["commonplace"])
    for value in scene.plan.values:
        common = _rests_on(value, commonplace, scene.parameters["specific_words"])
        if common:
            yield RULE.finding(
                value.id,
                T(
                    "The value “{name}” could be any company’s: it rests on {words}.",
                    name=value.name,
                    words=common,
                ),
                T(
                    "Say what it forbids or costs here, or give a decision in which it weighed more than money."
                ),
                words=tuple(common),
            )


def _rests_on(value: Value, commonplace: WordList, specific: float) -> list[str]:
    """The commonplace words that the value is made of; none where it has enough of its own."""
    text = tokens(f"{value.title}\n{value.text}")
    spoken = language(text)
    if value.example or not text or spoken not in (None, *LANGUAGES):
        return []
    hits = commonplace.find(text)
    taken = {at for hit in hits for at in range(hit.start, hit.end)}
    if any(token.number and token.text not in HOLLOW for token in text):
        return []
    own, filling = _others(text, taken, lexicon(spoken))
    if own >= specific or own > len(hits) + filling:
        return []
    # Each word once, as first written: “Quality” and “quality” are one.
    return list({hit.words.casefold(): hit.words for hit in reversed(hits)}.values())[::-1]


def _others(text: Sequence[Token], taken: set[int], words: Lexicon) -> tuple[int, int]:
    """How many different words of the text are its own, and how many are the usual ones around commonplaces."""
    usual = {at for hit in words.lists["filler"].find(text) for at in range(hit.start, hit.end)} - taken
    own = {
        token.plain
        for at, token in enumerate(text)
        if at not in taken and at not in usual and token.plain not in words.function and token.text != "%"
    }
    forbids = any(hit.start not in usual for hit in words.lists["restriction"].find(text))
    return len(own) + 2 * forbids, len(usual)
