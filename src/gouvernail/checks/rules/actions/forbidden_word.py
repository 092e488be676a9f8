"""Forbidden word of the charter in a message.

## What it finds
An action whose message or title uses a word or phrase that the brand charter forbids: in any letter case, in the plural or the feminine, in the degrees of common English adjectives (`cheap`, `cheapest`), in the common endings of French verbs in -er (`profiter`, `profitez-en`), with or without hyphen (`low-cost`, `low cost`), and where its accents were left out. The words are shown as the message has them.

## Why it matters
S2 makes tone and message a part of execution, used together with the value proposition; S1 shows with a luxury watch what happens where a message contradicts the brand. The company wrote this list itself.

## Example
Charter `forbidden_words: [cheap]`, message “Cheap sensors, now”.
Instead: “Sensors that cost less than one hour of standstill”.

## How to put it right
Say it with the charter’s preferred words. Where the word is meant in another sense, set the finding aside with that reason.

## Parameters
None.

## When it stays silent
Without forbidden words in a charter; inside longer words (`deal` in `dealer`, `free` in `sugar-free`); for words told apart by an accent (`sale`, `salé`); over a full stop; in some fixed expressions (`Chers clients` where `cher` is forbidden, `feel free` for `free`). It does not understand meaning: a forbidden word in a negation or between quotation marks is still a forbidden word, and another word of the same spelling is found too. On sentences held out from tuning: precision 100 % in English and 100 % in French, recall 100 % and 89 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.words.inflection import Forbidden, forms
from gouvernail.checks.words.language import language
from gouvernail.checks.words.lexicon import lexicon
from gouvernail.checks.words.tokens import Token, plain, tokens
from gouvernail.plan.model import Layer

RULE = Rule(
    code="ACT10",
    family="ACT",
    title=T("Forbidden word"),
    severity=Severity.warning,
    layer=Layer.execution,
    confidence=0.95,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    words = sorted({word for charter in scene.plan.charters for word in charter.forbidden_words})
    if not words:
        return
    english, other, preferred = Forbidden(words, verbs=False), Forbidden(words), _preferred(scene)
    for action in scene.index.actions:
        text = tokens(f"{action.title}\n{action.message}")
        found = _found(english if language(text) == "en" else other, text)
        if found:
            yield RULE.finding(
                action.id,
                T("“{name}” uses words that the charter forbids: {words}.", name=action.name, words=found),
                T("Say it with words that the charter prefers: {words}.", words=preferred)
                if preferred
                else T("Say it with words that the charter prefers."),
                money=scene.index.money(action.budget),
                words=tuple(found),
            )


def _preferred(scene: Scene) -> list[str]:
    return [word for charter in scene.plan.charters for word in charter.preferred_words][:5]


def _found(forbidden: Forbidden, text: tuple[Token, ...]) -> list[str]:
    """The forbidden words as the text has them, each once."""
    places = [place for place in forbidden.find(text) if not _fixed(text, *place)]
    shown = (_shown(text[start:end]) for _, start, end in places)
    return list({words.casefold(): words for words in reversed([*shown])}.values())[::-1]


def _shown(found: tuple[Token, ...]) -> str:
    return "".join(
        f"{'' if not at else '-' if token.joined else ' '}{token.text}" for at, token in enumerate(found)
    )


def _fixed(text: tuple[Token, ...], word: str, start: int, end: int) -> bool:
    """Whether the word stands here within an expression in which it means something else."""
    fixed = lexicon(None).fixed
    for form in fixed.keys() & forms(word.casefold()) if end - start == 1 else ():
        for phrase in fixed[form]:
            parts = plain(phrase).split()
            for at in range(max(0, start - len(parts) + 1), start + 1):
                if [token.plain for token in text[at : at + len(parts)]] == parts:
                    return True
    return False
