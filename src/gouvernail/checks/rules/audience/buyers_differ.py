"""Who buys or answers differs from who is targeted.

## What it finds
From the CRM’s rows of a year, against the planned money by the publics it addresses:
*Ages*: most deals won (or leads) come from ages that a good part of the money does not address, and the money lies years away from the buyers: by the earth mover’s distance (Wasserstein; Vallender 1974), the years by which the money’s ages would have to move, on average, to lie like the buyers’.
*Roles*: the roles that the money addresses make few of the deals, and others most. Titles are compared by the function that they name (purchasing, production, technical …) in English, French and German; only where all targeted titles and most of the CRM’s are understood.
*Countries*: those who answer live elsewhere than where the money goes, by the share that would have to move (total variation distance). Only leads are looked at: that deals still come from the home market is what entering a new one means.

## Why it matters
S0: Instagram for the young, while industrial buyers of 50 decide. Who really buys is a matter of fact; the public was a choice.

## Example
Of 212 deals won, 81 % by people of 45 to 60; CHF 50,000 (62 % of the money) addresses people of 18 to 30.

## How to put it right
Ask which of the two is right. Either the buyers are the true public: move the money. Or the public is new on purpose: say so in the strategy, and follow its leads alone.

## Parameters
`minimum` (30): deals or leads, with the age, role or country known, below which nothing is said.
`core` (0.8): share of the deals that makes the buyers’ core ages.
`money` (0.25): share of the money that must lie wholly outside the core ages.
`years` (5): distance in years that is let pass.
`roles` (0.25): share of deals by targeted roles that is enough.
`countries` (0.5): share of the money that may lie in other countries than the leads.

## When it stays silent
Where less than half of the planned money says its ages (roles, countries). Where an objective has segments of one country alone in its `scope`: that country is aimed at on purpose. Buyers drawn from the very public that is targeted set it off, by their ages, in fewer than 1 of 100 simulated cases of 30 deals (tests/checks/test_false_alarms.py). A channel that misses its public is AUD01. Without rows that say who buys or answers: *not checked*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Country, Number, Ratio
from gouvernail.checks.audiences import segments_of, targets
from gouvernail.checks.distances import Band, core, part_apart, spread, years_apart
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import wilson
from gouvernail.checks.roles import functions
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.sales_evidence import Buyers
from gouvernail.plan.model import Action, Layer, Persona, Segment

RULE = Rule(
    code="AUD04",
    family="AUD",
    title=T("Buyers differ from the public aimed at"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    confidence=0.8,
    parameters=(
        Parameter("minimum", 30.0, T("Deals or leads below which nothing is said.")),
        Parameter("core", 0.8, T("Share of the deals that makes the buyers’ core ages.")),
        Parameter("money", 0.25, T("Share of the money that must lie wholly outside the core ages.")),
        Parameter("years", 5.0, T("Distance in years that is let pass.")),
        Parameter("roles", 0.25, T("Share of deals by targeted roles that is enough.")),
        Parameter("countries", 0.5, T("Share of the money that may lie in other countries than the leads.")),
    ),
)

_HINT = T(
    "Which is right? Move the money to those who buy, or say in the strategy that the public is new on purpose."
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    known = [
        (people, won)
        for people, won in ((evidence.buyers, True), (evidence.answerers, False))
        if people and (people.by_age or people.by_role or people.by_country)
    ] if evidence else []  # fmt: skip
    if evidence is None or not known:
        yield RULE.not_checked(
            T("No rows say who buys or answers: import deals or contacts with age, role or country.")
        )
        return
    for looks_at in (_ages, _roles):
        found = next((one for people, won in known if (one := looks_at(scene, people, won))), None)
        if found:
            yield found
    if evidence.answerers and (found := _countries(scene, evidence.answerers)):
        yield found


def _people(count: int, won: bool) -> Text:
    return T("{count} deals won", count=count) if won else T("{count} leads", count=count)


def _ages(scene: Scene, people: Buyers, won: bool) -> Finding | None:
    count = sum(people.by_age.values())
    bands = list(_aged_money(scene))
    middle = core(people.by_age, scene.parameters["core"])
    if count < scene.parameters["minimum"] or middle is None or not _half(scene, sum(b[2] for b in bands)):
        return None
    buyers = spread((age, age, n) for age, n in people.by_age.items())
    years = years_apart(spread(bands), buyers)
    outside = _outside(bands, middle)
    whole = sum(weight for _, _, weight in bands)
    away = sum(weight for _, _, weight in outside)
    if years < scene.parameters["years"] or away < scene.parameters["money"] * whole or not outside:
        return None
    money = _money(scene, away)
    return RULE.finding(
        "execution",
        T(
            "Of {people}, {share} are by people of {low} to {high}; {money} ({part} of the money with ages) "
            "addresses people of {young} to {old}: {years} years apart on average.",
            people=_people(count, won),
            share=Ratio(middle[2], 0),
            low=middle[0],
            high=middle[1],
            money=money,
            part=Ratio(away / whole, 0),
            young=min(low for low, _, _ in outside),
            old=max(high for _, high, _ in outside),
            years=Number(years),
        ),
        _HINT,
        related=("ages",),
        money=money,
        years=years,
    )


def _aged_money(scene: Scene) -> Iterator[Band]:
    """The planned money by the ages it addresses; an action with several publics is split alike."""
    for action in scene.index.actions:
        aged = [(low, high) for low, high in _ages_of(scene, action) if low <= high]
        for low, high in aged if action.budget else ():
            yield low, high, float(action.budget or 0) / len(aged)


def _ages_of(scene: Scene, action: Action) -> list[tuple[int, int]]:
    """The ages that an action addresses: those it says itself, unless it names segments or personas."""
    own = action.audience.age
    if own and not segments_of(scene.index, action):
        return [(own.low, own.high)]
    return [one.age for one in targets(scene.index, action) if one.age]


def _outside(bands: list[Band], middle: tuple[int, int, float]) -> list[Band]:
    """The bands that do not touch the buyers' core ages, on the side that holds more money."""
    sides = [[one for one in bands if one[1] < middle[0]], [one for one in bands if one[0] > middle[1]]]
    return max(sides, key=lambda side: sum(weight for _, _, weight in side))


def _roles(scene: Scene, people: Buyers, won: bool) -> Finding | None:
    known = {role: (functions(role), n) for role, n in people.by_role.items() if functions(role)}
    count = sum(n for _, n in known.values())
    aimed, money = _aimed_roles(scene)
    wanted = [functions(role) for role in aimed]
    # A title that is not understood may well be the one that buys: nothing is said then.
    if count < scene.parameters["minimum"] or 2 * count < sum(people.by_role.values()) or not all(wanted):
        return None
    about = frozenset().union(*wanted)
    others = {role: n for role, (what, n) in known.items() if not what & about}
    hit = count - sum(others.values())
    if not _half(scene, money) or not others or wilson(hit, count)[1] >= scene.parameters["roles"]:
        return None
    first = max(others, key=lambda role: (others[role], role))
    return RULE.finding(
        "execution",
        T(
            "Of {people}, {share} are by the roles that {money} addresses ({roles}); most by “{first}” ({part}).",
            people=_people(count, won),
            share=Ratio(hit / count, 0),
            money=_money(scene, money),
            roles=aimed[:3],
            first=first,
            part=Ratio(others[first] / count, 0),
        ),
        _HINT,
        related=("roles",),
        money=_money(scene, money),
        confidence=0.6,
    )


def _aimed_roles(scene: Scene) -> tuple[list[str], float]:
    """The roles that paid actions name by their publics, and the money of these actions."""
    roles: dict[str, None] = {}
    money = 0.0
    for action in scene.index.actions:
        named = [role for one in targets(scene.index, action) for role in _roles_of(scene, one.id)]
        if action.budget and named:
            roles.update(dict.fromkeys(named))
            money += float(action.budget)
    return list(roles), money


def _roles_of(scene: Scene, id: str) -> tuple[str, ...]:
    element = scene.plan.get(id)
    if isinstance(element, Persona):
        return (element.role,) if element.role else _roles_of(scene, element.segment or "")
    return element.roles if isinstance(element, Segment) else ()


def _countries(scene: Scene, people: Buyers) -> Finding | None:
    count = sum(people.by_country.values())
    money = _country_money(scene)
    if count < scene.parameters["minimum"] or not _half(scene, sum(money.values())):
        return None
    leads = {country.upper(): float(n) for country, n in people.by_country.items()}
    apart = part_apart(money, leads)
    if apart <= scene.parameters["countries"]:
        return None
    whole = sum(money.values())
    excess = {id: money.get(id, 0) / whole - leads.get(id, 0) / count for id in {*money, *leads}}
    paid, answering = (
        max(excess, key=lambda id: (excess[id], id)),
        min(excess, key=lambda id: (excess[id], id)),
    )
    if paid in _on_purpose(scene):
        return None
    return RULE.finding(
        "execution",
        T(
            "Of {people}, {share} come from {answering} and {few} from {paid}, to which {money} ({part} of the money "
            "with countries) goes.",
            people=_people(count, won=False),
            share=Ratio(leads.get(answering, 0) / count, 0),
            answering=Country(answering),
            few=Ratio(leads.get(paid, 0) / count, 0),
            paid=Country(paid),
            money=_money(scene, money[paid]),
            part=Ratio(money[paid] / whole, 0),
        ),
        _HINT,
        severity=Severity.advice,
        confidence=0.5,  # the home market answers by itself
        related=("countries",),
        money=_money(scene, apart * whole),
        apart=apart,
    )


def _on_purpose(scene: Scene) -> frozenset[str]:
    """Countries that an objective aims at alone, by the segments in its scope."""
    aimed = (
        {code for id in objective.scope.segments for code in _codes(_countries_of(scene, id))}
        for objective in scene.plan.objectives
    )
    return frozenset(next(iter(codes)) for codes in aimed if len(codes) == 1)


def _country_money(scene: Scene) -> Mapping[str, float]:
    """ISO code → planned money; an action for several countries is split alike."""
    found: dict[str, float] = defaultdict(float)
    for action in scene.index.actions:
        named = action.audience.countries or tuple(
            country for one in targets(scene.index, action) for country in _countries_of(scene, one.id)
        )
        codes = _codes(named)
        for code in codes if action.budget else ():
            found[code] += float(action.budget or 0) / len(codes)
    return found


def _countries_of(scene: Scene, id: str) -> tuple[str, ...]:
    element = scene.plan.get(id)
    if isinstance(element, Persona):
        element = scene.plan.get(element.segment or "")
    return element.countries if isinstance(element, Segment) else ()


def _codes(countries: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one.upper() for one in countries if re.fullmatch("[A-Za-z]{2}", one)))


def _half(scene: Scene, told: float) -> bool:
    """Whether what is told holds for half of the planned money at least: the rest may be for anybody."""
    return told > 0 and 2 * told >= sum(float(action.budget or 0) for action in scene.index.actions)


def _money(scene: Scene, amount: float) -> Money | None:
    return scene.index.money(Decimal(str(amount)).quantize(CENT))
