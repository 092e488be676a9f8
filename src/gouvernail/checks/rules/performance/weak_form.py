"""Weak form conversion.

## What it finds
A page with a form that converts less than half as well as the company’s own best form pages: the upper end of its interval lies below that share of the lower end of theirs (Wilson, 99 %). And the forms as a whole, sent over begun, clearly below their benchmark.

## Why it matters
S4: “if the conversion rate of a contact form is low, the form may be too long or too complex; simplify it”. Every visit that was won and paid for stops here.

## Example
“/contact” turns 1.1 % of 2,300 visits into a lead; “/demo” turns 6.4 %.

## How to put it right
Ask only what the first answer needs, show one column, say what happens after sending, and try the page on a phone.

## Parameters
`minimum` (200): visits (or forms begun) below which nothing is said.
`ratio` (0.5): conversion, as a share of the best pages’ (or the benchmark), from which it is let pass.
`words`: parts of an address by which a page with a form is known.
`most` (3): pages that are told, the most conversions lost first.

## When it stays silent
Pages without a form are not compared with those that have one. Among pages that convert alike it speaks in none of 1,000 simulated cases (tests/checks/test_false_alarms.py). Without two such pages and without forms begun against a benchmark: *not checked*.

Source of the interval: Wilson (1927), Journal of the American Statistical Association 22.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import Landing
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import wilson
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

WORDS = (
    "contact", "kontakt", "demo", "devis", "quote", "offerte", "anfrage", "inscription", "signup", "sign-up",
    "register", "registration", "anmeldung", "trial", "essai", "rendez-vous", "booking", "formulaire", "form",
)  # fmt: skip

RULE = Rule(
    code="PER03",
    family="PER",
    title=T("Weak form conversion"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    confidence=0.7,
    parameters=(
        Parameter("minimum", 200.0, T("Visits, or forms begun, below which nothing is said.")),
        Parameter("ratio", 0.5, T("Conversion, as a share of the best pages’, from which it is let pass.")),
        Parameter("words", WORDS, T("Parts of an address by which a page with a form is known.")),
        Parameter("most", 3.0, T("Pages that are told, the most conversions lost first.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    pages = _form_pages(scene)
    forms = _forms(scene.evidence) if scene.evidence else None
    benchmark = scene.index.benchmark("form_conversion_rate")
    if len(pages) < 2 and not (forms and benchmark):
        yield RULE.not_checked(_why_not(scene))
        return
    yield from _weak_pages(scene, pages)
    if forms and benchmark and forms[1] >= scene.parameters["minimum"]:
        limit = scene.parameters["ratio"] * float(benchmark.value)
        if wilson(*forms)[1] < limit:
            yield RULE.finding(
                "execution",
                T(
                    "Of {begun} forms begun, {rate} are sent, against {benchmark} ({source}, {year}).",
                    begun=round(forms[1]),
                    rate=Ratio(forms[0] / forms[1]),
                    benchmark=Ratio(float(benchmark.value)),
                    source=verbatim(benchmark.source),
                    year=str(benchmark.year),
                ),
                _HINT,
                rate=forms[0] / forms[1],
            )


def _why_not(scene: Scene) -> Text:
    """What is lacking: the pages' key events, or only the way to tell which pages hold a form."""
    pages = (one for one in (scene.evidence.landings if scene.evidence else ()) if one.what == "page")
    if any(one.key_events is not None for one in pages):
        return T(
            "Fewer than two pages with a form are known by their address: give its words to the rule (“words”), "
            "or import forms begun and a benchmark."
        )
    return T(
        "Forms cannot be compared: import visits and key events by page, or forms begun and a benchmark."
    )


_HINT = T(
    "The form may be too long or too complex: ask only what the first answer needs, and try it on a phone."
)


def _form_pages(scene: Scene) -> list[Landing]:
    """Pages with a form and with enough visits, in the order of the evidence."""
    words = "|".join(re.escape(word.casefold()) for word in scene.parameters["words"] if word)
    landings = scene.evidence.landings if scene.evidence and words else ()
    known = re.compile(rf"(?:^|[^a-z])(?:{words})(?:$|[^a-z])")
    least = max(scene.parameters["minimum"], 1)
    return [
        one
        for one in landings
        if one.what == "page"
        and one.key_events is not None
        and one.sessions >= least
        and known.search(one.name.casefold())
    ]


def _weak_pages(scene: Scene, pages: list[Landing]) -> Iterator[Finding]:
    if len(pages) < 2:
        return
    best = max(pages, key=lambda one: (wilson(_sent(one), one.sessions)[0], one.name))
    floor = wilson(_sent(best), best.sessions)[0]
    top = _sent(best) / best.sessions
    weak = [
        one
        for one in pages
        if one is not best and wilson(_sent(one), one.sessions)[1] < scene.parameters["ratio"] * floor
    ]
    weak.sort(key=lambda one: (_sent(one) - top * one.sessions, one.name))
    for one in weak[: int(scene.parameters["most"])]:
        yield RULE.finding(
            "execution",
            T(
                "“{page}” turns {rate} of its {sessions} visits into a contact; “{best}” turns {top}.",
                page=one.name,
                rate=Ratio(_sent(one) / one.sessions),
                sessions=one.sessions,
                best=best.name,
                top=Ratio(top),
            ),
            _HINT,
            related=(one.name,),
            rate=_sent(one) / one.sessions,
            best=top,
        )


def _sent(one: Landing) -> float:
    return min(float(one.key_events or 0), one.sessions)


def _forms(evidence: Evidence) -> tuple[float, float] | None:
    """(forms sent, forms begun) over the longest time that is known."""
    for values in (evidence.yearly, evidence.values):
        sent, begun = values.get("form_submissions"), values.get("form_starts")
        if isinstance(sent, Estimate) and isinstance(begun, Estimate) and begun.value > 0:
            return min(sent.value, begun.value), begun.value
    return None
