"""Google Analytics 4: acquisition and landing-page reports as the interface exports them, and raw events."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gouvernail.simulate.chance import stream
from gouvernail.simulate.flow import Flow
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table
from gouvernail.simulate.world import DAY_ONE

_SEEN = 0.95
"""Share of leads and orders that web analytics see: the others refused cookies."""
_EVENT_DAYS = 183
"""The event export was switched on so many days before the last one."""
_STRANGERS = 0.3
"""Visits of people who never convert, for each one who does (the export keeps a sample of them)."""


def write_traffic(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write one acquisition report a year: date × session source / medium × session campaign."""
    for year in sorted({day.year for day in facts.dates()}):
        yield _traffic(facts, folder, year)


def _traffic(facts: Facts, folder: Path, year: int) -> Written:
    rows = [row for row in _traffic_rows(facts) if row[0].year == year]
    header = (
        "Date", "Session source / medium", "Session campaign", "Sessions", "Total users", "New users",
        "Engaged sessions", "Key events", "Total revenue",
    )  # fmt: skip
    cells = [[f"{row[0]:%Y%m%d}", *row[1:8], f"{cents(row[8])}"] for row in rows]
    title = "Traffic acquisition: Session source / medium"
    text = _preamble(facts, title, rows[0][0], rows[-1][0]) + table([header, *cells], end="\r\n")
    name = f"ga4/Traffic_acquisition_Session_source_medium_{year}.csv"
    save(folder / name, text)
    sums = {
        "sessions": Decimal(sum(row[3] for row in rows)),
        "new_users": Decimal(sum(row[5] for row in rows)),
        "engaged_sessions": Decimal(sum(row[6] for row in rows)),
        "key_events": Decimal(sum(row[7] for row in rows)),
    }
    if facts.world.shop:
        sums["revenue"] = cents(sum(row[8] for row in rows))
    return Written(name, "ga4", "web", len(rows), sums)


Row = tuple[date, str, str, int, int, int, int, int, int]


def _traffic_rows(facts: Facts) -> Iterator[Row]:
    revenue = _seen_revenue(facts)
    chances = {id(flow): stream(facts.flows.seed, "ga4", _key(flow)) for flow in facts.flows.flows}
    for index, day in enumerate(facts.dates()):
        for flow in facts.flows.flows:
            visits = int(flow.visits[index])
            if not visits or not flow.online:
                continue
            chance = chances[id(flow)]
            people = max(1, int(visits * chance.uniform(0.82, 0.97)))
            fresh = int(chance.binomial(people, 0.68))
            engaged = int(chance.binomial(visits, flow.engaged))
            goals = int(chance.binomial(int(flow.demand[index]), _SEEN))
            words = f"{flow.source} / {flow.medium}"
            yield day, words, _campaign(flow), visits, people, fresh, engaged, goals, revenue[day, id(flow)]


def _campaign(flow: Flow) -> str:
    """Web analytics put `(organic)`, `(direct)` and the like where no campaign was tagged."""
    if flow.campaign != "(not set)":
        return flow.campaign
    return {"organic": "(organic)", "(none)": "(direct)", "referral": "(referral)"}.get(
        flow.medium, "(not set)"
    )


def _key(flow: Flow) -> str:
    return f"{flow.source}/{flow.medium}/{flow.campaign}"


def _seen_revenue(facts: Facts) -> dict[tuple[date, int], int]:
    """Return the revenue that web analytics see, by day and flow: a few percent are missing."""
    chance = stream(facts.flows.seed, "ga4 revenue")
    seen: dict[tuple[date, int], int] = defaultdict(int)
    for order in facts.known_orders():
        if chance.random() < _SEEN:
            seen[order.day, id(order.flow)] += order.total
    return seen


def _preamble(facts: Facts, title: str, start: date, end: date) -> str:
    rule = "# " + "-" * 40
    lines = (
        rule, f"# {title}", f"# Account: {facts.world.name}", f"# Property: {facts.world.domain}", rule, "# ",
        "# All Users", f"# Start date: {start:%Y%m%d}", f"# End date: {end:%Y%m%d}",
    )  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines)


def write_landing(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the landing-page report of the last three months, one file a month."""
    months = sorted({(day.year, day.month) for day in facts.dates()})[-3:]
    for year, month in months:
        yield _landing(facts, folder, year, month)


def _landing(facts: Facts, folder: Path, year: int, month: int) -> Written:
    days = [(index, day) for index, day in enumerate(facts.dates()) if (day.year, day.month) == (year, month)]
    pages: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for index, _ in days:
        for flow in facts.flows.flows:
            if flow.visits[index] and flow.online:
                counts = pages[flow.origin.landing]
                visits = int(flow.visits[index])
                counts[0] += visits
                counts[1] += int(flow.demand[index])
                counts[2] += visits * (12 + 90 * flow.engaged**2)
    header = (
        "Landing page", "Sessions", "Active users", "New users", "Average engagement time per session",
        "Key events", "Total revenue", "Session key event rate",
    )  # fmt: skip
    rows = [
        _landing_row(page, counts) for page, counts in sorted(pages.items(), key=lambda item: -item[1][0])
    ]
    text = _preamble(facts, "Landing page: Landing page", days[0][1], days[-1][1])
    name = f"ga4/Landing_page_Landing_page_{year}-{month:02}.csv"
    save(folder / name, text + table([header, *rows], end="\r\n"))
    totals = {"sessions": Decimal(int(sum(counts[0] for counts in pages.values())))}
    return Written(name, "ga4", "web", len(rows), totals)


def _landing_row(page: str, counts: list[float]) -> list[object]:
    visits, goals, seconds = int(counts[0]), int(counts[1]), counts[2]
    people = int(visits * 0.9)
    return [page, visits, people, int(people * 0.68), repr(seconds / visits), goals, 0, repr(goals / visits)]


def write_events(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write raw events (BigQuery schema) of the last months: of those who converted and accepted cookies, and of some others.

    People come back by ways that suit them: a channel's share of the earlier visits is that of its visits times
    the fit of its audience.

    The user id is the one that the CRM or the shop knows (its e-mail address), as a site with a login sends it.
    """
    events = _events(facts)
    lines = [json.dumps(event, ensure_ascii=True) for event in events]
    name = "ga4/events.jsonl"
    save(folder / name, "".join(f"{line}\n" for line in lines))
    visits = {(event["user_pseudo_id"], _session_of(event)) for event in events}
    yield Written(name, "ga4", "touchpoints", len(visits))


def _session_of(event: dict[str, Any]) -> str:
    return next(
        str(param["value"]["int_value"]) for param in event["event_params"] if param["key"] == "ga_session_id"
    )


def _events(facts: Facts) -> list[dict[str, Any]]:
    chance = stream(facts.flows.seed, "ga4 events")
    since = max(facts.end - timedelta(days=_EVENT_DAYS), DAY_ONE)
    flows = [flow for flow in facts.flows.flows if flow.online]
    weights = [float(flow.visits[: facts.days][-365:].sum()) * flow.quality for flow in flows]
    shares = [weight / sum(weights) for weight in weights]
    events: list[dict[str, Any]] = []
    for person, instant, flow, goal in _people(facts):
        if instant.date() < since or chance.random() > _SEEN:
            continue
        path = [
            flows[int(index)] for index in chance.choice(len(flows), size=int(chance.poisson(0.9)), p=shares)
        ]
        lags = sorted((float(chance.exponential(9.0)) + 0.3 for _ in path), reverse=True)
        visits = [(instant - timedelta(days=lag), stop) for lag, stop in zip(lags, path, strict=True)]
        visits = [(when, stop) for when, stop in visits if when.date() >= since and _live(stop, when)]
        if flow.online:
            visits.append((instant - timedelta(minutes=4), flow))
        if not visits:
            continue
        events += [
            _event(facts, person, when, stop, visits[0][1], "session_start", {}) for when, stop in visits
        ]
        last = visits[-1][1]
        events.append(_event(facts, person, instant, last, visits[0][1], goal[0], goal[1]))
        if chance.random() < _STRANGERS:
            stranger = f"{chance.integers(10**9)}.{chance.integers(10**9)}"
            stop = flows[int(chance.choice(len(flows), p=shares))]
            when = instant - timedelta(hours=float(chance.uniform(1, 40)))
            if when.date() >= since and _live(stop, when):
                events.append(_event(facts, stranger, when, stop, stop, "session_start", {}))
    return sorted(
        events, key=lambda event: (event["event_timestamp"], event["user_pseudo_id"], event["event_name"])
    )


def _live(flow: Flow, when: datetime) -> bool:
    return bool(flow.visits[(when.date() - DAY_ONE).days])


def _people(facts: Facts) -> Iterator[tuple[str, datetime, Flow, tuple[str, dict[str, Any]]]]:
    asked = (lead for lead in facts.known_leads() if not lead.flow.trade)
    for lead in asked:
        yield lead.email, lead.instant, lead.flow, ("generate_lead", {})
    for order in facts.known_orders():
        purchase = {"transaction_id": f"#{order.number}", "value": float(cents(order.total))}
        yield order.email, order.instant, order.flow, ("purchase", purchase)


def _event(
    facts: Facts, person: str, when: datetime, flow: Flow, first: Flow, name: str, more: dict[str, Any]
) -> dict[str, Any]:
    # The day is the property's own, the instant is universal time.
    stamp = str(round(when.replace(tzinfo=ZoneInfo(facts.world.time_zone)).timestamp() * 1_000_000))
    page = f"https://www.{facts.world.domain}{_landing_of(flow)}"
    session = str(int(stamp) // 86_400_000_000 * 86_400)
    params: dict[str, Any] = {
        "page_location": {"string_value": page},
        "ga_session_id": {"int_value": session},
        "session_engaged": {"string_value": str(int(int(stamp) % 1000 < 1000 * flow.engaged))},
    }
    if name == "session_start" or flow.campaign != "(not set)":
        params |= {
            "source": {"string_value": flow.source},
            "medium": {"string_value": flow.medium},
            "campaign": {"string_value": _campaign(flow)},
        }
    if "value" in more:
        params["value"] = {"double_value": more["value"]}
        params["currency"] = {"string_value": facts.world.currency}
        params["transaction_id"] = {"string_value": more["transaction_id"]}
    known = "@" in person
    event: dict[str, Any] = {
        "event_date": f"{when:%Y%m%d}",
        "event_timestamp": stamp,
        "event_name": name,
        "event_params": [{"key": key, "value": value} for key, value in params.items()],
        "user_pseudo_id": _pseudo(person) if known else person,
        "geo": {"country": "Switzerland"},
        "traffic_source": {"medium": first.medium, "name": _campaign(first), "source": first.source},
        "stream_id": "2100450278",
        "platform": "WEB",
    }
    if known:
        event["user_id"] = person
    if "value" in more:
        event["ecommerce"] = {"transaction_id": more["transaction_id"], "purchase_revenue": more["value"]}
    return event


def _pseudo(person: str) -> str:
    digest = int.from_bytes(blake2b(person.encode(), digest_size=8).digest(), "big")
    return f"{digest % 10**9}.{digest // 10**9 % 10**9}"


def _landing_of(flow: Flow) -> str:
    return flow.origin.landing
