"""Keywords on which a competitor of the plan is found and we are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gouvernail.bearing.gathering.ground import Ground, count, days_before
from gouvernail.checks.campaign_evidence import KeywordGap

if TYPE_CHECKING:
    import ibis

FIRST_TEN = 10
FRESH_DAYS = 92
"""Positions older than this say nothing of today."""
MOST = 500


def keyword_gaps(ground: Ground) -> tuple[KeywordGap, ...] | None:
    """Return the gaps, most searched first; None where it cannot be told who stands where.

    Our positions are those of the one domain in `keywords` that is no competitor's, else those of our own
    search report; without either, that we are missing cannot be said.
    """
    rivals = _rivals(ground)
    if not rivals or not ground.has("keywords"):
        return None
    table = _latest(ground)
    domains = {row["site"] for row in ground.rows(table.select("site").distinct())}
    others, theirs = domains - set(rivals), sorted(domains & set(rivals))
    if not theirs:
        return None
    if len(others) == 1:
        ours = table.filter(table.site == others.pop()).select("word", mine="place")
    elif not others and ground.has("search"):
        ours = _searched(ground)
    else:
        return None
    found = table.filter(table.site.isin(theirs) & (table.place <= FIRST_TEN))
    both = found.left_join(ours, found.word == ours.word)
    missing = both.filter(both.mine.isnull() | (both.mine > FIRST_TEN))
    order = [missing.volume.coalesce(0).desc(), missing.word, missing.site]
    return tuple(_gap(ground, row, rivals) for row in ground.rows(missing.order_by(order).limit(MOST)))


def _rivals(ground: Ground) -> dict[str, str]:
    """Domain → competitor."""
    return {
        plain: one.name
        for one in ground.measures.plan.competitors
        if (plain := plain_domain(one.domain or ""))
    }


def plain_domain(words: str) -> str:
    """Return a domain without scheme, www and path, in lower case."""
    return re.sub(r"^(https?://)?(www\.)?|/.*$", "", words.strip().casefold())


def _latest(ground: Ground) -> ibis.Table:
    """Return the latest position of each domain for each keyword, of the last three months."""
    table = ground.table("keywords")
    day = table["day"]
    table = table.filter(
        (day <= ground.period.end) & (day > days_before(ground.period.end, FRESH_DAYS)),
        table.keyword.notnull() & table.position.notnull() & table.domain.notnull(),
    )
    site = table.domain.strip().lower().re_replace(r"^(https?://)?(www\.)?", "").re_replace(r"/.*$", "")
    table = table.mutate(site=site, word=table.keyword.strip().lower())
    table = table.mutate(worth=ground.worth(table, "cpc", table["day"]))
    return table.group_by(["site", "word"]).aggregate(
        place=table.position.argmax(table["day"]),
        volume=table.volume.argmax(table["day"]),
        cpc=table.worth.argmax(table["day"]),
    )


def _searched(ground: Ground) -> ibis.Table:
    """Return our mean position for each query of the last three months, weighted by impressions."""
    table = ground.table("search")
    day = table["day"]
    table = table.filter(
        (day <= ground.period.end) & (day > days_before(ground.period.end, FRESH_DAYS)),
        table["query"].notnull() & (table.impressions > 0),
    )
    seen = table.impressions.cast("float64")
    return table.group_by(table["query"].strip().lower().name("word")).aggregate(
        mine=(table.position * seen).sum() / seen.sum()
    )


def _gap(ground: Ground, row: dict[str, Any], rivals: dict[str, str]) -> KeywordGap:
    return KeywordGap(
        keyword=row["word"],
        competitor=rivals[row["site"]],
        their_position=float(row["place"]),
        our_position=float(row["mine"]) if row["mine"] is not None else None,
        volume=count(row["volume"]),
        cpc=ground.money(row["cpc"]),
    )
