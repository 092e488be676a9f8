"""Value that says nothing specific to this company.

## What it finds
A value made of words that every company uses (innovation, quality, respect …), without enough other words, or an example, to say what it means here. The matched words are shown.

## Why it matters
S2 asks values to be specific, aspirational and timeless. A value that the competitor could sign too guides no decision. The word lists are modest and this is an advice: only you know what the word means to you.

## Example
`{id: innovation, title: Innovation, text: We are innovative.}`
Instead: `{id: repairable, title: Repairable, text: Whatever we sell can be repaired for fifteen years.}`

## How to put it right
Say what the value forbids or costs, or give in `example` a decision in which it weighed more than money.

## Parameters
`specific_words` (4): how many other words make a value specific. `commonplace` (English and French word beginnings, without accents).

## When it stays silent
For a value with an `example`, with no word of the list, or with enough words of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

COMMONPLACE = (
    "agil", "ambiti", "audac", "authentic", "authentiq", "bienveillan", "bold", "collaborat", "commitment", "confian",
    "creativ", "customer", "durab", "engage", "equipe", "ethic", "ethiq", "excellen", "honest", "honnet", "innov",
    "integr", "loyal", "passion", "performan", "professional", "professionnal", "proximit", "qualit", "respect",
    "responsab", "responsib", "satisf", "sincer", "sustainab", "teamwork", "transparen", "trust",
)  # fmt: skip
"""Beginnings of the words that company values are mostly made of, English and French, without accents."""
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "our",
        "the",
        "their",
        "this",
        "to",
        "us",
        "we",
        "with",
        "what",
        "which",
        "will",
        "who",
        "you",
        "your",
        "always",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "chez",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "il",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "notre",
        "nos",
        "nous",
        "on",
        "ou",
        "par",
        "pour",
        "que",
        "qui",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "toujours",
        "tous",
        "tout",
        "toute",
        "toutes",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "value",
        "valeur",
        "sommes",
        "etre",
        "client",
        "clients",
        "l",
        "d",
        "c",
        "s",
        "n",
        "qu",
    ]
)

RULE = Rule(
    code="VAL02",
    family="VAL",
    title=T("Commonplace value"),
    severity=Severity.advice,
    layer=Layer.values,
    parameters=(
        Parameter("specific_words", 4, T("How many words of its own make a value specific.")),
        Parameter("commonplace", COMMONPLACE, T("Beginnings of commonplace words, without accents.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    beginnings = scene.parameters["commonplace"]
    for value in scene.plan.values:
        found = [word for word in _words(f"{value.title} {value.text}") if _plain(word) not in STOP]
        common = [word for word in found if _plain(word).startswith(beginnings)]
        if common and not value.example and len(found) - len(common) < scene.parameters["specific_words"]:
            # Each word once, as first written: “Quality” and “quality” are one.
            shown = list({_plain(word): word for word in reversed(common)}.values())[::-1]
            yield RULE.finding(
                value.id,
                T(
                    "The value “{name}” could be any company’s: it rests on {words}.",
                    name=value.name,
                    words=shown,
                ),
                T(
                    "Say what it forbids or costs here, or give a decision in which it weighed more than money."
                ),
                words=tuple(shown),
            )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
