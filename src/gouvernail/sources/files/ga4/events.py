"""The BigQuery export of GA4: one object an event, from JSON Lines, JSON or Parquet.

A visit is a `user_pseudo_id` with its `ga_session_id`; it gives one touchpoint. Its person is the `user_id` that any
event of the browser carries (so that visits before the login join the shop's or the CRM's person), else the browser.
Its `web` rows stand under the cut `events`, which totals read only where no report of the interface was imported. Its origin is the session's own
(`session_traffic_source_last_click`, `collected_traffic_source`, or the `source` parameters of its events); the
user's first origin stands in only for the first visit, and a later visit without origin is direct.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from gouvernail.base.channels import classify
from gouvernail.base.text import T
from gouvernail.sources.protocol import Chunk, Context, Reject
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import MAX_REJECTS, empty, schema
from gouvernail.sources.values.headers import normalise
from gouvernail.sources.values.persons import pseudonym

_NEEDED = {"event_name", "event_timestamp", "user_pseudo_id", "event_params"}
_KINDS = {
    "purchase": "order", "in_app_purchase": "order", "refund": "refund", "generate_lead": "lead", "sign_up": "signup",
    "qualify_lead": "mql", "subscribe": "subscription",
}  # fmt: skip
_BATCH = 20_000


@dataclass(frozen=True)
class EventsMatch:
    """An events export; `stream` is the id of its data stream."""

    stream: str
    score: float = 50.0


@dataclass
class _Visit:
    """What the events of a visit tell, gathered as they come (they come in no order)."""

    person: str
    session: str
    start: datetime
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    first: tuple[str | None, str | None, str | None] | None = None
    page: str | None = None
    page_views: int = 0
    events: int = 0
    seconds: float = 0.0
    transactions: int = 0
    revenue: Decimal = Decimal(0)
    engaged: bool = False
    new: bool = False

    @property
    def origin(self) -> tuple[str, str, str | None]:
        if self.source:
            return self.source, self.medium or "(none)", self.campaign
        if self.first and self.first[0]:
            return self.first[0], self.first[1] or "(none)", self.first[2]
        return "(direct)", "(none)", None


@dataclass
class _Reader:
    context: Context
    source: str
    visits: dict[tuple[str, str], _Visit] = field(default_factory=dict)
    conversions: list[dict[str, Any]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    """Browser → person who logged in there; pseudonyms both."""
    rejects: list[Reject] = field(default_factory=list)
    rejected: int = 0
    currency: str | None = None

    def channel(self, origin: tuple[str, str, str | None]) -> str | None:
        """Return the channel of a visit's source, medium and campaign."""
        source, medium, campaign = origin
        return classify(source, medium, campaign or "", own=self.context.own_traffic)


def match_events(sheet: Sheet) -> EventsMatch | None:
    """Return a match where the first row holds the columns of the export."""
    names = [normalise(cell) for cell in sheet.head[0].cells] if sheet.head else []
    if not set(names) >= _NEEDED:
        return None
    at = names.index("stream_id") if "stream_id" in names else -1
    streams = {row.cells[at] for row in sheet.head[1:] if 0 <= at < len(row.cells)}
    return EventsMatch(streams.pop() if len(streams) == 1 else "")


def read_events(sheet: Sheet, context: Context, source: str) -> Iterator[Chunk]:
    """Yield conversions, touchpoints and `web` rows by day and origin: all wait for the last event, which may
    still tell who sat at a browser."""
    reader = _Reader(context, source)
    for number, record in enumerate(sheet.records() or (), 1):
        _take(reader, record, number)
    _name_people(reader)
    for start in range(0, len(reader.conversions), _BATCH):
        yield _chunk("conversions", reader.conversions[start : start + _BATCH])
    visits = list(reader.visits.values())
    for start in range(0, len(visits), _BATCH):
        part = visits[start : start + _BATCH]
        yield _chunk(
            "touchpoints", [_touchpoint(visit, reader, i) for i, visit in enumerate(part, start + 1)]
        )
    web = _web(visits, reader)
    if web:
        yield _chunk("web", web)
    faults = tuple(Reject(f.line, "", f.value, T("not a JSON object")) for f in sheet.faults)
    if reader.rejected or faults:
        rejects = (*reader.rejects, *faults)
        yield Chunk("touchpoints", empty("touchpoints"), rejects, reader.rejected + len(faults))


def _take(reader: _Reader, record: dict[str, Any], number: int) -> None:
    try:
        instant = _instant(record["event_timestamp"], reader.context.time_zone)
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        _reject(reader, number, "event_timestamp", record.get("event_timestamp"), "unread")
        return
    if instant.date() > reader.context.today:
        _reject(reader, number, "event_timestamp", instant, "future")
        return
    user = record.get("user_pseudo_id")
    if not user:
        # Without consent there is no user id: such events belong to no visit.
        _reject(reader, number, "user_pseudo_id", "", "nobody")
        return
    told = _parameters(record.get("event_params"))
    person = pseudonym(reader.context.secret, str(user))
    if record.get("user_id"):
        reader.known[person] = pseudonym(reader.context.secret, str(record["user_id"]))
    key = (person, str(told.get("ga_session_id") or ""))
    visit = reader.visits.get(key)
    if visit is None:
        visit = reader.visits[key] = _Visit(
            person, pseudonym(reader.context.secret, f"{user}.{key[1]}"), instant
        )
    _gather(visit, record, told, instant)
    if record.get("event_name") in _KINDS:
        _convert(reader, visit, record, told, instant, number)


def _name_people(reader: _Reader) -> None:
    for visit in reader.visits.values():
        visit.person = reader.known.get(visit.person, visit.person)
    for row in reader.conversions:
        row["person"] = reader.known.get(row["person"], row["person"])


def _gather(visit: _Visit, record: dict[str, Any], told: dict[str, Any], instant: datetime) -> None:
    page = told.get("page_location")
    if page and (visit.page is None or instant < visit.start):
        visit.page = str(page).split("?", 1)[0]
    visit.start = min(visit.start, instant)
    visit.events += 1
    visit.page_views += record.get("event_name") in ("page_view", "screen_view")
    visit.seconds += float(told.get("engagement_time_msec") or 0) / 1000
    visit.engaged |= str(told.get("session_engaged")) == "1"
    visit.new |= record.get("event_name") in ("first_visit", "first_open")
    source, medium, campaign = _origin(record, told)
    if source and not visit.source:
        visit.source, visit.medium, visit.campaign = source, medium, campaign
    if str(told.get("ga_session_number")) == "1" and isinstance(first := record.get("traffic_source"), dict):
        visit.first = (first.get("source"), first.get("medium"), _named(first.get("name")))


def _origin(record: dict[str, Any], told: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    last = record.get("session_traffic_source_last_click")
    manual = last.get("manual_campaign") if isinstance(last, dict) else None
    if isinstance(manual, dict) and manual.get("source"):
        return manual["source"], manual.get("medium"), _named(manual.get("campaign_name"))
    seen = record.get("collected_traffic_source")
    if isinstance(seen, dict) and seen.get("manual_source"):
        return seen["manual_source"], seen.get("manual_medium"), _named(seen.get("manual_campaign_name"))
    if isinstance(seen, dict) and seen.get("gclid"):
        return "google", "cpc", _named(seen.get("manual_campaign_name"))
    return told.get("source"), told.get("medium"), _named(told.get("campaign"))


def _named(campaign: Any) -> str | None:
    """GA4 writes `(direct)`, `(organic)`, `(referral)` where there is no campaign."""
    return None if not campaign or str(campaign).startswith("(") else str(campaign)


def _convert(
    reader: _Reader,
    visit: _Visit,
    record: dict[str, Any],
    told: dict[str, Any],
    instant: datetime,
    number: int,
) -> None:
    kind = _KINDS[str(record["event_name"])]
    shop = record.get("ecommerce") if isinstance(record.get("ecommerce"), dict) else {}
    revenue = (shop or {}).get("refund_value" if kind == "refund" else "purchase_revenue")
    value = _amount(revenue if revenue is not None else told.get("value"))
    if kind == "refund" and value is not None:
        value = -abs(value)
    currency = str(told.get("currency") or reader.context.currency)
    reader.currency = reader.currency or (currency if value is not None else None)
    if kind in ("order", "refund"):
        visit.transactions += kind == "order"
        visit.revenue += value or Decimal(0)
    reader.conversions.append(
        {
            "person": visit.person, "instant": instant, "day": instant.date(), "kind": kind, "value": value,
            "order_id": _text((shop or {}).get("transaction_id") or told.get("transaction_id")), "currency": currency,
            "promo_code": _text(told.get("coupon")), "country": _text((record.get("geo") or {}).get("country")),
            "source": reader.source, "source_row": number,
        }
    )  # fmt: skip


def _touchpoint(visit: _Visit, reader: _Reader, number: int) -> dict[str, Any]:
    origin, medium, campaign = visit.origin
    return {
        "person": visit.person, "instant": visit.start, "day": visit.start.date(), "traffic_source": origin,
        "medium": medium, "campaign": campaign, "channel": reader.channel(visit.origin), "touch": "visit",
        "page": visit.page, "session": visit.session, "source": reader.source, "source_row": number,
    }  # fmt: skip


def _web(visits: list[_Visit], reader: _Reader) -> list[dict[str, Any]]:
    groups: dict[tuple[date, str, str, str | None], list[_Visit]] = {}
    for visit in visits:
        groups.setdefault((visit.start.date(), *visit.origin), []).append(visit)
    return [
        {
            "day": day, "until": day, "cut": "events", "traffic_source": origin, "medium": medium,
            "campaign": campaign, "channel": reader.channel((origin, medium, campaign)), "sessions": len(group),
            "users": len({visit.person for visit in group}), "new_users": sum(visit.new for visit in group),
            "engaged_sessions": sum(visit.engaged for visit in group),
            "bounces": sum(not visit.engaged for visit in group), "page_views": sum(v.page_views for v in group),
            "engagement_seconds": sum(v.seconds for v in group), "events": sum(v.events for v in group),
            "transactions": sum(v.transactions for v in group), "revenue": sum((v.revenue for v in group), Decimal(0)),
            "currency": reader.currency or reader.context.currency, "source": reader.source, "source_row": number,
        }
        for number, ((day, origin, medium, campaign), group) in enumerate(
            sorted(groups.items(), key=lambda item: tuple(map(str, item[0]))), 1
        )
    ]  # fmt: skip


def _parameters(listed: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for entry in listed if isinstance(listed, list) else ():
        value = entry.get("value") if isinstance(entry, dict) else None
        if isinstance(value, dict):
            told[str(entry.get("key"))] = next((v for v in value.values() if v is not None), None)
    return told


def _instant(micros: Any, zone: str) -> datetime:
    if isinstance(micros, datetime):
        return micros.replace(tzinfo=None)
    return datetime.fromtimestamp(int(micros) / 1e6, ZoneInfo(zone)).replace(tzinfo=None)


def _amount(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return round(number, 6) if number.is_finite() and abs(number) < Decimal("1e13") else None


def _text(value: Any) -> str | None:
    return None if value in (None, "", "(not set)") else str(value)


def _reject(reader: _Reader, number: int, column: str, value: Any, why: str) -> None:
    reasons = {
        "unread": T("not a date"),
        "future": T("date in the future"),
        "nobody": T("nothing where a value is needed"),
    }
    reader.rejected += 1
    if len(reader.rejects) < MAX_REJECTS:
        reader.rejects.append(Reject(number, column, str(value)[:200], reasons[why]))


def _chunk(table: str, rows: list[dict[str, Any]]) -> Chunk:
    import pyarrow as pa

    return Chunk(table, pa.RecordBatch.from_pylist(rows, schema=schema(table)))
