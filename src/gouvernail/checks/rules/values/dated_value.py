"""Value that a year, an event or a product dates.

## What it finds
A value whose title or text holds a year as a deadline (`by 2030`, `Cap 2028`), a period now running (`the next three years`), an event or a fashion of the day (the pandemic, the Olympic games, the metaverse), or the proper name of one of the plan’s offers. The words are shown.

## Why it matters
S2: values are timeless, “non basées sur l’actualité”, and hold for ten years. A value tied to a date is a goal, and one tied to a product goes when the product goes. Collins and Porras, “Building Your Company’s Vision” (Harvard Business Review, 1996), ask of a core value that it would be kept even if circumstances changed and punished it.

## Example
`{id: neutral, title: Net zero, text: We will be carbon neutral by 2030.}`
Instead: `{id: neutral, title: Leave no trace, text: We make nothing that we cannot take back.}`, and the year in an objective.

## How to put it right
Say what lies behind the date: the principle goes to the values, the deadline to an objective, the product to the offers.

## Parameters
`first_year` (2000): years before this one, or before the one in which the plan was revised, are history. `events`: events and fashions that date a value, English and French, without accents; `covid*` is a beginning of words.

## When it stays silent
For years that tell a beginning (`since 2003`, `depuis 1887`, `built after 2010`) or number something else (`ISO 9001`, `room 2024`); for durations (`thirty years`); for offers named by common words (`Training`, `Conseil`). Years in `example` or `since` date no value. A commonplace value is VAL02’s. On sentences held out from tuning: precision 100 % in English and 100 % in French, recall 100 % and 100 % (docs/methods/text-rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.words.language import ours
from gouvernail.checks.words.lexicon import WordList, entries, lexicon
from gouvernail.checks.words.names import ProperNames
from gouvernail.checks.words.tokens import Token, tokens
from gouvernail.plan.model import Layer

RULE = Rule(
    code="VAL03",
    family="VAL",
    title=T("Dated value"),
    severity=Severity.advice,
    layer=Layer.values,
    confidence=0.95,
    parameters=(
        Parameter("first_year", 2000, T("Years before this one are history, not deadlines.")),
        Parameter("events", entries("events"), T("Events and fashions that date a value.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    events = WordList(scene.parameters["events"])
    products = ProperNames(offer.title for offer in scene.plan.offers)
    written = scene.plan.revised.year if scene.plan.revised else 0
    first = max(scene.parameters["first_year"], written)
    for value in scene.plan.values:
        text = tokens(f"{value.title}\n{value.text}")
        found = [hit.words for hit in events.find(text)]
        found += _deadlines(text, first)
        found += _periods(text)
        found += products.find(text)
        if found:
            found = list(dict.fromkeys(found))
            yield RULE.finding(
                value.id,
                T("The value “{name}” is tied to its time: {words}.", name=value.name, words=found),
                T(
                    "Keep the principle as the value; put the deadline into an objective, the product among the offers."
                ),
                words=tuple(found),
            )


def _deadlines(text: Sequence[Token], first: float) -> Iterator[str]:
    """Years that a word before them makes a deadline, with that word."""
    words = lexicon(ours(text))
    leads = {hit.end: hit for hit in words.lists["before_year"].find(text)}
    weak = {hit.end: hit for hit in words.lists["before_year_or_number"].find(text)}
    founding = {at for hit in words.lists["founding"].find(text) for at in range(hit.start, hit.end)}
    for at, token in enumerate(text):
        if not (len(token.text) == 4 and token.text.isdigit() and first <= int(token.text) < 2100):
            continue
        # “For 2000 families” counts them; “in 2030 we” dates.
        counts = at + 1 < len(text) and not text[at + 1].opens and text[at + 1].plain not in words.function
        lead = leads.get(at) or (None if counts else weak.get(at))
        if lead and not founding.intersection(range(lead.start - 3, at)):
            yield f"{lead.words} {token.text}"


def _periods(text: Sequence[Token]) -> Iterator[str]:
    """Periods counted from today: `the next three years`, `dans les deux prochaines années`, `d’ici trois ans`."""
    lists = lexicon(ours(text)).lists
    ahead, lengths = lists["period_ahead"].find(text), lists["period"].find(text)
    for length in lengths:
        for sign in ahead:
            start, end = min(sign.start, length.start), max(sign.end, length.end)
            if end - start <= 3:
                yield " ".join(token.text for token in text[start:end])
        before = [token.plain for token in text[max(0, length.start - 3) : length.start]]
        if before[:2] == ["d", "ici"]:
            yield f"d’ici {text[length.start - 1].text} {length.words}"
