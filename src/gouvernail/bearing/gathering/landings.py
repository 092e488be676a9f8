"""Where visits land: by first page and by campaign, each visit counted under one report only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gouvernail.bearing.gathering.ground import UNNAMED, Ground, count, decimal
from gouvernail.checks.campaign_evidence import Landing
from gouvernail.metrics.groups import BY_CAMPAIGN

if TYPE_CHECKING:
    import ibis

BY_PAGE = ("landing_page", "events")
"""Cuts of `web` whose rows name the first page, better first."""
MOST = 1000
"""Pages, and campaigns, that are looked at: the most visited. Judging the tail of a large site is noise."""


def landings(ground: Ground) -> tuple[Landing, ...]:
    """Return the pages and campaigns of the period by visits, most visited first."""
    chosen = ground.measures.facts.measure_of("sessions") if ground.measures.facts else None
    if chosen is None or chosen.measure.table != "web":
        return ()
    table = ground.within(ground.table("web"), ground.period)
    table = table.filter(table.source.isin(chosen.sources) & (table.sessions > 0))
    pages = _best(_grouped(ground, table, "landing_page", BY_PAGE), BY_PAGE)
    campaigns = _best(_grouped(ground, table, "campaign", BY_CAMPAIGN), BY_CAMPAIGN)
    found = [_landing("page", row, None) for row in pages]
    found += [_landing("campaign", row, _owner(ground, row)) for row in campaigns]
    return tuple(sorted(found, key=lambda one: (one.what, -one.sessions, one.name)))


def _grouped(ground: Ground, table: ibis.Table, name: str, cuts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Ask for the sums by name; a report that counts engaged visits tells the others as bounces."""
    table = table.mutate(told_by=table["cut"].coalesce(cuts[0]))
    told = table[name].notnull() & ~table[name].isin(UNNAMED) & table.told_by.isin(cuts)
    table = table.filter(told)
    bounced = table.bounces.coalesce(table.sessions - table.engaged_sessions)
    question = table.group_by(["source", "told_by", table[name].name("called")]).aggregate(
        sessions=table.sessions.sum(),
        bounces=bounced.sum(),
        # Bounces of a part of the visits would make a rate of nothing.
        whole=bounced.notnull().all(),
        key_events=table.key_events.sum(),
        origin=table.traffic_source.max(),
        origins=table.traffic_source.nunique(),
    )
    return ground.rows(question.order_by([question.sessions.desc(), "called"]).limit(MOST))


def _best(rows: list[dict[str, Any]], cuts: tuple[str, ...]) -> Iterable[dict[str, Any]]:
    """Keep one report: the cuts tell the same visits."""
    best = min((cuts.index(row["told_by"]) for row in rows), default=0)
    return [row for row in rows if row["told_by"] == cuts[best]]


def _owner(ground: Ground, row: dict[str, Any]) -> str | None:
    origin = row["origin"] if row["origins"] == 1 else None
    return ground.owner("web", row["source"], row["called"], None, origin)


def _landing(what: str, row: dict[str, Any], action: str | None) -> Landing:
    return Landing(
        what=what,
        name=row["called"],
        sessions=count(row["sessions"]) or 0,
        bounces=count(row["bounces"]) if row["whole"] else None,
        key_events=decimal(row["key_events"]),
        action=action,
    )
