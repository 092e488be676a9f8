"""Action without message, or whose message does not carry the value proposition.

## What it finds
An action addressed to a public that has no message (a warning, a fact). Then a message in which nothing of its value proposition is found, neither a word of the same family nor the same claim, and which is made of words of advertising that suit any offer (`discover`, `new`, `offre spéciale`, `suivez-nous`); this is an advice, and shows the message. The proposition is the one that the action names, else all those of the segments that it addresses, else all. At stake is the action’s budget.

## Why it matters
S2 lists for execution value proposition, budget, tone and message, channel and timing, “used all together”. Rosser Reeves (“Reality in Advertising”, 1961) asks of each advertisement a proposition to the customer: buy this, and you will get this specific benefit.

## Example
Proposition “Spare parts on your site within a day”, message “Discover our new website!”.
Instead: “Your part is there before the shift ends.”

## How to put it right
Say in the message what the customer gains, in words that the public uses, and list under `key_words` the words by which the proposition is recognised.

## Parameters
`specific_words` (1): how many words of its own a message may have and still count as suiting any offer.

## When it stays silent
For product, price and distribution moves, for actions that are done, an idea or cancelled. On what the message carries: without any value proposition (STR10 speaks), for a message with words of its own (it may say the promise in other words: the rule does not understand meaning), and where message and proposition are in two languages, or in another than English and French. The second part, on sentences held out from tuning: precision 100 % in English and 100 % in French, recall 89 % and 56 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.checks.audiences import segments_of
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.words.promise import Promise, says_nothing_of
from gouvernail.plan.model import Action, ActionType, Layer, Status, ValueProposition

INWARD = (ActionType.product, ActionType.price, ActionType.distribution)
"""Moves that address the offer rather than a public."""

RULE = Rule(
    code="ACT07",
    family="ACT",
    title=T("No message, or not the promise"),
    severity=Severity.warning,
    layer=Layer.execution,
    confidence=0.93,
    parameters=(Parameter("specific_words", 1, T("Own words with which a message still suits any offer.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    promises = {one.id: Promise.of(one) for one in scene.plan.value_propositions}
    everyone = tuple(scene.plan.value_propositions)
    allowed = int(scene.parameters["specific_words"])
    for action in scene.index.actions:
        if action.type in INWARD or action.status is Status.done:
            continue
        if not action.message.strip():
            yield _silent(action, scene.index.money(action.budget))
            continue
        meant = _meant(segments_of(scene.index, action), action, everyone)
        if meant and says_nothing_of([promises[one.id] for one in meant], action.message, allowed):
            yield _elsewhere(action, meant, scene.index.money(action.budget))


def _meant(
    addressed: frozenset[str], action: Action, everyone: tuple[ValueProposition, ...]
) -> tuple[ValueProposition, ...]:
    """The proposition that the action names, else those of its segments, else all."""
    named = tuple(one for one in everyone if one.id == action.value_proposition)
    return named or tuple(one for one in everyone if addressed.intersection(one.segments)) or everyone


def _silent(action: Action, money: Money | None) -> Finding:
    return RULE.finding(
        action.id,
        T("The action “{name}” has no message: nobody knows what it says to its public.", name=action.name),
        T("Write in one sentence what the public gains, in its own words."),
        money=money,
        confidence=1.0,
    )


def _elsewhere(action: Action, meant: tuple[ValueProposition, ...], money: Money | None) -> Finding:
    return RULE.finding(
        action.id,
        T(
            "The message of “{name}” says nothing of “{promise}”: “{message}”.",
            name=action.name,
            promise=meant[0].name,
            message=action.message.strip().rstrip("."),
        )
        if len(meant) == 1
        else T(
            "The message of “{name}” says nothing of any value proposition: “{message}”.",
            name=action.name,
            message=action.message.strip().rstrip("."),
        ),
        T("Say what the customer gains: {promises}.", promises=[one.name for one in meant[:3]]),
        severity=Severity.advice,
        money=money,
        related=(meant[0].id,) if len(meant) == 1 else (),
        words=(action.message,),
    )
