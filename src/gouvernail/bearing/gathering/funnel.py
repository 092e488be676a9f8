"""The funnel as cohorts: of those who entered a stage and had time to go on, how many did.

Only stages that the data know are told. Who is seen at a stage has passed those before it. Contacts tell
the way to the opportunity; deals tell from the opportunity to the win; without contacts, deals tell all.
Right-censoring: a stage's cohort ends so many days before the period's end as nine in ten of those who
went on took (90 days where the data tell no delays), so that nobody counts as lost who had no time yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import LAST
from gouvernail.bearing.gathering.ground import Ground, days_before
from gouvernail.checks.sales_evidence import Funnel, FunnelStage
from gouvernail.metrics.conditions import dated

if TYPE_CHECKING:
    import ibis

STAGES = ("lead", "mql", "sql", "opportunity", "won")
PATIENCE = 0.9
"""Share of those who went on that had done so after the time that a cohort is given."""
DAYS_UNKNOWN = 90
LINKED = 0.8
"""Share of the deals whose person must be among the contacts, before contacts are said to have become deals."""
LEAST_DELAYS = 5
"""Fewer delays than this tell no ninth decile."""


@dataclass(frozen=True)
class _Step:
    """From one stage to the next that the data know, told by contacts or by deals; None after the last."""

    kind: str
    stage: str
    following: str | None


def funnel(ground: Ground) -> Funnel | None:
    """Return the funnel of the year; None where no stage of it is known or fewer than two."""
    if not ground.has("deals"):
        return None
    each = _travels(ground)
    steps = _steps(ground, each)
    if len(steps) < 2:
        return None
    delays = ground.rows(each.aggregate(**_delays(each, steps)))[0]
    cohorts = ground.rows(each.aggregate(**_cohorts(ground, each, steps, delays)))[0]
    stages = tuple(_stage(number, step, delays, cohorts) for number, step in enumerate(steps))
    worth = ground.told(ground.measures.value("average_deal_value", ground.year))
    return Funnel(stages, ground.year, worth)


def _travels(ground: Ground) -> ibis.Table:
    """Return one row a contact or deal: the first day at each stage up to the period's end, and of its creation."""
    deals = ground.table("deals")
    deals = deals.filter(deals["day"] <= ground.period.end)
    day = deals["day"]
    kind = deals["cut"].coalesce("deals").name("kind")
    first = {f"own_{stage}": day.min(where=deals.stage == stage) for stage in STAGES[:-1]}
    won = dated(deals, "closed").min(where=deals.stage == "won")
    each = deals.group_by(["source", "account", "deal_id", kind]).aggregate(
        **first, own_won=won, created=deals.created.min(), person=deals.person.max()
    )
    each = _linked(each)
    entered = {stage: _entered(each, place) for place, stage in enumerate(STAGES)}
    # A contact is a lead from its creation on, and a deal an opportunity, unless earlier stages are told of it.
    entered["lead"] = (each.kind == "contacts").ifelse(
        _earliest(each.created, *(each[f"own_{stage}"] for stage in STAGES)), entered["lead"]
    )
    early = each.own_lead.notnull() | each.own_mql.notnull() | each.own_sql.notnull()
    born = ((each.kind == "deals") & ~early).ifelse(each.created, None)
    entered["opportunity"] = (each.kind == "deals").ifelse(
        _earliest(born, each.own_opportunity, early.ifelse(each.own_won, None)), entered["opportunity"]
    )
    return each.mutate(born=born, **{f"in_{stage}": entered[stage] for stage in STAGES})


def _linked(each: ibis.Table) -> ibis.Table:
    """A contact that no export calls an opportunity is one from the first deal of the same person on.

    `known` tells of a deal whether its person is among the contacts.
    """
    deals, contacts = each.filter(each.kind == "deals"), each.filter(each.kind == "contacts")
    born = deals.created.coalesce(deals.own_opportunity).coalesce(deals.own_won)
    firsts = deals.group_by(deals.person.name("who")).aggregate(deal_born=born.min())
    joined = each.left_join(firsts, each.person == firsts.who)
    own = joined.own_opportunity.coalesce((joined.kind == "contacts").ifelse(joined.deal_born, None))
    known = (joined.kind == "deals") & joined.person.isin(contacts.person)
    return joined.mutate(own_opportunity=own, known=known).drop("who", "deal_born", "person")


def _entered(each: ibis.Table, place: int) -> Any:
    """The day of the stage, else of the first later one seen: who is there has passed here."""
    return _earliest(*(each[f"own_{stage}"] for stage in STAGES[place:]))


def _earliest(*days: Any) -> Any:
    """The first of the days that are known. Engines differ in what the least of an unknown value is."""
    import ibis

    if len(days) == 1:
        return days[0]
    far = ibis.literal(LAST)
    return ibis.least(*(day.coalesce(far) for day in days)).nullif(far)


def _steps(ground: Ground, each: ibis.Table) -> list[_Step]:
    """Return the stages that the data know, each with the one that follows."""
    seen = {f"n_{stage}": each[f"own_{stage}"].count() for stage in STAGES}
    rows = {
        row["kind"]: row
        for row in ground.rows(
            each.group_by("kind").aggregate(
                **seen, born=each.born.count(), n=each.count(), known=each.known.ifelse(1, 0).sum()
            )
        )
    }
    contacts, deals = rows.get("contacts"), rows.get("deals")
    if contacts and deals and (deals["known"] or 0) < LINKED * deals["n"]:
        # Deals of strangers: how many contacts became one cannot be told.
        contacts["n_opportunity"] = 0
    known: list[tuple[str, str]] = []
    if contacts:
        known += [("contacts", stage) for stage in STAGES[:3] if stage == "lead" or contacts[f"n_{stage}"]]
    elif deals:
        known += [("deals", stage) for stage in STAGES[:3] if deals[f"n_{stage}"]]
    tellers = {"contacts": contacts, "deals": deals}
    if deals and (deals["n_opportunity"] or deals["born"]):
        known.append(("deals", "opportunity"))
    elif contacts and contacts["n_opportunity"]:
        known.append(("contacts", "opportunity"))
    if deals and deals["n_won"]:
        known.append(("deals", "won"))
    return [
        _Step(kind, stage, _following(known, place, tellers)) for place, (kind, stage) in enumerate(known)
    ]


def _following(known: list[tuple[str, str]], place: int, tellers: dict[str, Any]) -> str | None:
    """The next stage, where the same rows tell it: contacts that no export ever calls opportunity do not."""
    if place + 1 == len(known):
        return None
    (kind, _), (_, following) = known[place], known[place + 1]
    told = tellers[kind]
    return following if told and told[f"n_{following}"] else None


def _delays(each: ibis.Table, steps: list[_Step]) -> dict[str, Any]:
    """The delays of those who went on, where both days are told: a snapshot's days are all alike, and tell none."""
    wanted: dict[str, Any] = {}
    for number, step in enumerate(steps):
        if step.following is None:
            continue
        days = each[f"own_{step.following}"].epoch_days() - each[f"in_{step.stage}"].epoch_days()
        told = (each.kind == step.kind) & (days >= 0)
        wanted |= {
            f"median{number}": days.quantile(0.5, where=told),
            f"patience{number}": days.quantile(PATIENCE, where=told),
            f"longest{number}": days.max(where=told),
            f"told{number}": days.count(where=told),
        }
    return wanted or {"none": each.count()}


def _cohorts(ground: Ground, each: ibis.Table, steps: list[_Step], delays: dict[str, Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for number, step in enumerate(steps):
        entry = each[f"in_{step.stage}"]
        last = days_before(ground.year.end, _patience(number, step, delays))
        mine = (each.kind == step.kind) & (entry >= ground.year.start) & (entry <= last)
        wanted[f"entered{number}"] = mine.ifelse(1, 0).sum()
        if step.following:
            gone = each[f"in_{step.following}"].notnull()
            wanted[f"gone{number}"] = (mine & gone).ifelse(1, 0).sum()
    return wanted


def _patience(number: int, step: _Step, delays: dict[str, Any]) -> int:
    if step.following is None:
        return 0
    if not delays[f"longest{number}"] or delays[f"told{number}"] < LEAST_DELAYS:
        return DAYS_UNKNOWN
    return int(delays[f"patience{number}"]) + 1


def _stage(number: int, step: _Step, delays: dict[str, Any], cohorts: dict[str, Any]) -> FunnelStage:
    days = delays.get(f"median{number}") if delays.get(f"longest{number}") else None
    return FunnelStage(
        stage=step.stage,
        entered=cohorts[f"entered{number}"] or 0,
        went_on=cohorts.get(f"gone{number}"),
        days_to_next=float(days) if days is not None else None,
    )
