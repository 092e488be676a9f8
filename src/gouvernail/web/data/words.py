"""What tables, columns and states are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from gouvernail.base.text import T, Text, verbatim
from gouvernail.report.labels import TABLES, TOTALS
from gouvernail.web.data.models import UploadState

STATES: Mapping[str, tuple[str, str, Text]] = {
    UploadState.uploaded: ("info", "hourglass-empty", T("waiting to be looked at")),
    UploadState.previewing: ("info", "search", T("being looked at")),
    UploadState.previewed: ("accent", "eye", T("waits for your word")),
    UploadState.importing: ("info", "database-import", T("being imported")),
    UploadState.imported: ("good", "circle-check", T("imported")),
    UploadState.repeated: ("unknown", "equal", T("was there already")),
    UploadState.refused: ("bad", "circle-x", T("not usable")),
    UploadState.cancelled: ("unknown", "ban", T("called off")),
    UploadState.undoing: ("info", "arrow-back-up", T("being undone")),
    UploadState.undone: ("unknown", "arrow-back-up", T("undone")),
    UploadState.failed: ("bad", "alert-octagon", T("failed")),
}
"""Tone, icon and words of a state."""
STATUS: Mapping[str, tuple[str, str, Text]] = {
    "ready": ("good", "circle-check", T("ready to import")),
    "unsupported": ("warn", "alert-triangle", T("not supported yet")),
    "unrecognised": ("warn", "question-mark", T("not recognised")),
    "unreadable": ("bad", "circle-x", T("unreadable")),
}
"""Tone, icon and words of what a look at a file found."""
MONEY = frozenset({"cost", "conversion_value", "value", "margin", "amount", "revenue"})
COLUMNS: Mapping[str, Text] = {
    "ad": T("ad"),
    "ad_group": T("ad group"),
    "amount": T("amount"),
    "assignee": T("assignee"),
    "authority": T("authority"),
    "aware": T("knows the brand"),
    "board": T("board"),
    "bounces": T("bounces"),
    "breakdown": T("breakdown"),
    "campaign": T("campaign"),
    "campaign_id": T("campaign number"),
    "campaign_type": T("kind of campaign"),
    "ces": T("customer effort"),
    "channel": T("channel"),
    "channel_group": T("channel group"),
    "clicks": T("clicks"),
    "closed": T("day closed"),
    "company": T("company (pseudonym)"),
    "company_size": T("size of the company"),
    "contact_age": T("age of the contact"),
    "contact_role": T("role of the contact"),
    "contacted": T("first answer"),
    "conversion_value": T("conversion value"),
    "conversions": T("conversions"),
    "cost": T("cost"),
    "country": T("country"),
    "control": T("control"),
    "conversions_before": T("conversions before the test"),
    "covariate": T("value before the test"),
    "covariate_cross": T("value times value before the test"),
    "covariate_squares": T("squares of the value before the test"),
    "cpc": T("cost of a click"),
    "created": T("day created"),
    "csat": T("satisfaction"),
    "currency": T("currency"),
    "cut": T("breakdown of the export"),
    "day": T("day"),
    "deal_id": T("deal number"),
    "delivered": T("delivered"),
    "device": T("device"),
    "difficulty": T("difficulty"),
    "dimensions": T("other dimensions"),
    "domain": T("domain"),
    "done": T("day done"),
    "due": T("due day"),
    "engaged_sessions": T("engaged sessions"),
    "engagement_seconds": T("seconds of attention"),
    "engagements": T("engagements"),
    "event": T("event"),
    "events": T("events"),
    "experiment": T("experiment"),
    "exposures": T("exposures"),
    "first_seen": T("first seen"),
    "followers": T("followers"),
    "impressions": T("impressions"),
    "industry": T("industry"),
    "instant": T("moment"),
    "key_events": T("key events"),
    "keyword": T("keyword"),
    "kind": T("kind"),
    "landing_page": T("landing page"),
    "likes": T("likes"),
    "link_clicks": T("link clicks"),
    "list": T("list"),
    "lost_reason": T("why it was lost"),
    "margin": T("margin"),
    "medium": T("medium"),
    "metric": T("metric"),
    "name": T("name"),
    "network": T("network"),
    "new_customer": T("new customer"),
    "new_users": T("new users"),
    "nps": T("recommendation (NPS)"),
    "opens": T("opens"),
    "order_id": T("order number"),
    "owner": T("owner"),
    "page": T("page"),
    "page_views": T("page views"),
    "person": T("person (pseudonym)"),
    "pipeline": T("pipeline"),
    "position": T("position"),
    "post": T("post"),
    "product": T("product"),
    "promo_code": T("discount code"),
    "quantity": T("quantity"),
    "query": T("search query"),
    "reach": T("reach"),
    "referring_domain": T("referring domain"),
    "revenue": T("revenue"),
    "segment": T("segment"),
    "sent": T("sent"),
    "session": T("visit number"),
    "sessions": T("sessions"),
    "squares": T("squares of the value"),
    "source_row": T("row of the file"),
    "spam_complaints": T("spam complaints"),
    "stage": T("stage"),
    "stage_label": T("stage as the CRM names it"),
    "status": T("status"),
    "subject": T("subject"),
    "survey": T("survey"),
    "task": T("task number"),
    "title": T("title"),
    "touch": T("kind of contact"),
    "traffic_source": T("source of the visit"),
    "transactions": T("transactions"),
    "unsubscribes": T("unsubscribes"),
    "unit_cross": T("value times units"),
    "unit_squares": T("squares of the units"),
    "units": T("units"),
    "units_before": T("units before the test"),
    "until": T("last day"),
    "url": T("address"),
    "users": T("users"),
    "value": T("value"),
    "variant": T("variant"),
    "video_views": T("video views"),
    "volume": T("searches"),
    "action": T("action of the plan"),
    "account": T("account"),
}
"""Columns of the canonical tables, in the reader's words."""


def table_name(table: str) -> Text:
    """Return how people call a canonical table."""
    return TABLES.get(table) or verbatim(table)


def column_name(column: str) -> Text:
    """Return how people call a column; a helper that only serves others is told as such."""
    if column.startswith("_"):
        return T("serves other columns")
    return COLUMNS.get(column) or TOTALS.get(column) or verbatim(column.replace("_", " "))


def in_language(kept: Mapping[str, str] | None, language: str) -> str:
    """Return a sentence that was kept in both languages."""
    return (kept or {}).get(language) or (kept or {}).get("en", "")
