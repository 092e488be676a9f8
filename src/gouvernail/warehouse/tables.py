"""The canonical tables: what every source is turned into (DOMAIN §3).

Days are in the organisation's time zone. Every stored row also carries the four `HOUSE` columns.
A row that covers more than one day (an export without daily breakdown) has `until` after `day`:
it counts only in periods that hold the whole of it, and is never spread over days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "day", "instant", "count", "decimal", "money", "flag"]
"""text · day (date) · instant (timestamp, naive local) · count (int64) · decimal (float64) ·
money (decimal(20, 6)) · flag (bool)"""


@dataclass(frozen=True)
class Column:
    """A column: name, type, one-line meaning. `summable` columns are totalled in previews."""

    name: str
    type: Type
    meaning: str
    summable: bool = False


@dataclass(frozen=True)
class Table:
    """A canonical table.

    `restates` are the columns which, with the covered days, say what a newer import replaces.
    `cuts` ranks the breakdowns under which a source reports the same total (`cut` column), best
    first: totals read one cut only, so that nothing counts twice.
    """

    name: str
    grain: str
    day: str
    columns: tuple[Column, ...]
    restates: tuple[str, ...] = ("source", "account")
    cuts: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError where there is none."""
        return {column.name: column for column in (*self.columns, *HOUSE)}[name]

    @property
    def summable(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.summable)


HOUSE = (
    Column("source", "text", "id of the source it came from, e.g. google_ads"),
    Column("account", "text", "account, property, site or shop within the source"),
    Column("import_id", "text", "the import that brought the row"),
    Column("source_row", "count", "1-based data row in the original file"),
)

_UNTIL = Column("until", "day", "last day that the row covers; equal to `day` for daily rows")
_CUT = Column("cut", "text", "breakdown of the export the row comes from")
_CURRENCY = Column("currency", "text", "ISO 4217 code of the amounts")


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def _count(name: str, meaning: str, *, summable: bool = True) -> Column:
    return Column(name, "count", meaning, summable=summable)


def _decimal(name: str, meaning: str, *, summable: bool = True) -> Column:
    return Column(name, "decimal", meaning, summable=summable)


def _money(name: str, meaning: str) -> Column:
    return Column(name, "money", meaning, summable=True)


_DAY = Column("day", "day", "first (or only) day that the row covers")

SPEND = Table(
    "spend",
    "day × source × account × campaign × ad group × ad",
    "day",
    (
        _DAY,
        _UNTIL,
        _text("campaign", "campaign name as the platform writes it"),
        _text("campaign_id", "the platform's campaign id"),
        _text("campaign_type", "the platform's campaign type or objective"),
        _text("ad_group", "ad group or ad set"),
        _text("ad", "ad or creative"),
        _text("keyword", "keyword or search term"),
        _text("breakdown", "age, gender, device, region … of the row, as `name=value`"),
        _money("cost", "money spent"),
        _CURRENCY,
        _count("impressions", "times shown"),
        _count("clicks", "clicks (all)"),
        _count("link_clicks", "clicks that lead to the advertiser's site"),
        _decimal(
            "conversions",
            "conversions that the platform claims; never added across platforms",
        ),
        _money("conversion_value", "value of those conversions, as the platform claims it"),
        _count("reach", "people reached; not additive", summable=False),
        _count("video_views", "video views"),
    ),
)
WEB = Table(
    "web",
    "day × source × medium × campaign × landing page",
    "day",
    (
        _DAY,
        _UNTIL,
        _CUT,
        _text("traffic_source", "where the visit came from, e.g. google"),
        _text("medium", "how, e.g. cpc, organic, email"),
        _text("campaign", "utm_campaign"),
        _text("channel_group", "the tool's own channel group"),
        _text("channel", "channel of our catalogue"),
        _text("landing_page", "first page of the visit"),
        _text("event", "event name, for exports by event"),
        _text("segment", "any other dimension of the export, as `name=value`"),
        _count("sessions", "visits"),
        _count("users", "people seen; not additive over time or rows", summable=False),
        _count("new_users", "people seen for the first time"),
        _count(
            "engaged_sessions",
            "visits that lasted 10 s, saw 2 pages or had a key event",
        ),
        _count("bounces", "visits that did not engage"),
        _count("page_views", "pages seen"),
        _decimal("engagement_seconds", "seconds of attention in all"),
        _decimal("key_events", "key events (conversions)"),
        _count("events", "events of all kinds"),
        _count("transactions", "purchases"),
        _money("revenue", "revenue of purchases, as the tool saw it"),
        _CURRENCY,
    ),
    restates=("source", "account", "cut"),
    cuts=(
        "source_medium_campaign",
        "channel_group",
        "landing_page",
        "date",
        "events",
        "event",
        "other",
    ),
)
TOUCHPOINTS = Table(
    "touchpoints",
    "person × instant",
    "day",
    (
        Column("person", "text", "pseudonym of the person (keyed hash)"),
        Column("instant", "instant", "when it happened, in the organisation’s time"),
        _DAY,
        _text("channel", "channel of our catalogue"),
        _text("traffic_source", "where from"),
        _text("medium", "how the visit came, e.g. cpc, organic, email"),
        _text("campaign", "utm_campaign or platform campaign"),
        _text("touch", "visit, click, view, email_open, email_click, call, event"),
        _text("page", "page seen"),
        _text("session", "visit id"),
    ),
)
CONVERSIONS = Table(
    "conversions",
    "person × instant",
    "day",
    (
        Column("person", "text", "pseudonym of the person (keyed hash)"),
        Column("instant", "instant", "when it happened, in the organisation’s time"),
        _DAY,
        _text("kind", "lead, mql, sql, order, refund, subscription, signup"),
        _text("order_id", "order, deal or lead number"),
        _money("value", "value of the conversion, refunds negative"),
        _money("margin", "gross margin, where the source gives it"),
        _CURRENCY,
        _text("traffic_source", "where from, as the source tells it"),
        _text("medium", "how the visit came, e.g. cpc, organic, email"),
        _text("campaign", "campaign that the source names"),
        _text("channel", "channel of our catalogue"),
        _text("promo_code", "discount code used"),
        _text("product", "what was bought"),
        Column("quantity", "decimal", "how many", summable=False),
        _text("country", "country of the buyer"),
        Column("new_customer", "flag", "first order of this person"),
    ),
    restates=("source", "account", "kind"),
)
DEALS = Table(
    "deals",
    "deal × stage change",
    "day",
    (
        _text("deal_id", "the CRM's id"),
        _DAY,
        _CUT,
        _text("stage", "lead, mql, sql, opportunity, won, lost (normalised)"),
        _text("stage_label", "the CRM's own stage name"),
        Column("created", "day", "day the deal or contact was created"),
        Column("closed", "day", "day it was or is expected to be closed"),
        _money("amount", "value of the deal"),
        _CURRENCY,
        _text("name", "deal name"),
        _text("owner", "sales person"),
        _text("person", "pseudonym of the contact"),
        _text("pipeline", "pipeline"),
        _text("traffic_source", "lead source as the CRM tells it"),
        _text("channel", "channel of our catalogue"),
        _text("campaign", "campaign that the CRM names"),
        _text("product", "product of the deal"),
        _text("company", "pseudonym of the company"),
        Column("company_size", "count", "employees"),
        _text("industry", "industry"),
        _text("country", "country"),
        _text("contact_role", "job title of the contact"),
        Column("contact_age", "count", "age of the contact"),
        _text("lost_reason", "why it was lost"),
        Column("contacted", "instant", "first answer of sales to the lead"),
    ),
    restates=("source", "account", "cut"),
    cuts=("deals", "contacts"),
)
SEARCH = Table(
    "search",
    "day × query × page × country × device",
    "day",
    (
        _DAY,
        _UNTIL,
        _CUT,
        _text("query", "what people searched"),
        _text("page", "page shown"),
        _text("country", "country"),
        _text("device", "device"),
        _count("clicks", "clicks"),
        _count("impressions", "times shown"),
        _decimal("position", "average position, weighted by impressions", summable=False),
    ),
    restates=("source", "account", "cut"),
    cuts=("date", "device", "country", "page", "query", "appearance"),
)
EMAIL = Table(
    "email",
    "day × campaign × list",
    "day",
    (
        _DAY,
        _text("campaign", "campaign title"),
        _text("subject", "subject line"),
        _text("list", "audience list"),
        _text("variant", "A/B combination or winner, empty for plain campaigns"),
        _count("sent", "recipients"),
        _count("delivered", "successful deliveries"),
        _count("opens", "unique opens"),
        _count("clicks", "unique clicks"),
        _count("unsubscribes", "unsubscribes"),
        _count("bounces", "soft and hard bounces"),
        _count("spam_complaints", "abuse complaints"),
        _money("revenue", "revenue that the tool claims"),
        _CURRENCY,
    ),
)
SOCIAL = Table(
    "social",
    "day × network × account × post",
    "day",
    (
        _DAY,
        _UNTIL,
        _text("network", "facebook, instagram, linkedin …"),
        _text("post", "post id or title"),
        _count("reach", "people reached; not additive", summable=False),
        _count("impressions", "times shown"),
        _count("engagements", "reactions, comments, shares, clicks"),
        _count("likes", "likes"),
        _count("followers", "followers gained"),
        _count("clicks", "link clicks"),
        _count("video_views", "video views"),
    ),
)
KEYWORDS = Table(
    "keywords",
    "day × domain × keyword",
    "day",
    (
        _DAY,
        _text("domain", "site, ours or a competitor's"),
        _text("keyword", "keyword"),
        _decimal("position", "position", summable=False),
        _count("volume", "searches a month"),
        _decimal("difficulty", "0 to 100", summable=False),
        Column("cpc", "money", "cost of a click"),
        _CURRENCY,
        _text("url", "page that ranks"),
    ),
)
BACKLINKS = Table(
    "backlinks",
    "day × domain",
    "day",
    (
        _DAY,
        _text("domain", "site linked to"),
        _text("referring_domain", "site that links"),
        _decimal("authority", "authority of the referring domain", summable=False),
        Column("first_seen", "day", "first seen"),
    ),
)
EXPERIMENTS = Table(
    "experiments",
    "experiment × metric × variant × day (or × subject, or as it stands on a day)",
    "day",
    (
        _DAY,
        _UNTIL,
        _CUT,
        _text("experiment", "experiment, as the file names it"),
        _text("metric", "what `value` and `conversions` count, where a file tells several metrics"),
        _text("variant", "variant"),
        Column("control", "flag", "whether the file says that this variant is the control"),
        _text("subject", "pseudonym of the subject, in rows by subject"),
        _count("exposures", "subjects exposed; 1 in rows by subject"),
        _count("conversions", "subjects who converted; of one subject, how many times"),
        _decimal("value", "value, summed over the subjects: revenue, or any other figure"),
        _decimal("squares", "sum of the squared values of the subjects", summable=False),
        _decimal("units", "denominator of a ratio, summed: visits, sessions"),
        _decimal("unit_squares", "sum of the squared units of the subjects", summable=False),
        _decimal("unit_cross", "sum of value times units of the subjects", summable=False),
        _decimal("covariate", "value before the test, summed over the subjects", summable=False),
        _decimal("covariate_squares", "sum of the squared covariates of the subjects", summable=False),
        _decimal("covariate_cross", "sum of value times covariate of the subjects", summable=False),
        _decimal("conversions_before", "conversions of the subject before the test", summable=False),
        _decimal("units_before", "units of the subject before the test", summable=False),
        _CURRENCY,
    ),
    restates=("source", "account", "experiment", "metric"),
    cuts=("subject", "day", "total"),
)
HOLDOUTS = Table(
    "holdouts",
    "person × draw × channel × campaign",
    "day",
    (
        Column("person", "text", "pseudonym of the person (keyed hash)"),
        Column("day", "day", "day on which it was drawn at random who is held out"),
        Column("ended", "day", "last day on which those drawn were held out; empty where it goes on"),
        _text("channel", "channel that the person was drawn for; empty for all channels"),
        _text("campaign", "campaign that the person was drawn for; empty for the whole channel"),
        Column("held", "flag", "whether the person was held out, that is shown nothing"),
        Column(
            "exposed", "flag", "whether the person was, or would have been, exposed; empty where not logged"
        ),
        Column("instant", "instant", "when that first happened, or would have"),
        _decimal("planned", "part of the people that was to be held out, 0 to 1", summable=False),
    ),
    restates=("source", "account", "channel", "campaign"),
)
SURVEYS = Table(
    "surveys",
    "day × survey × answer",
    "day",
    (
        _DAY,
        _text("survey", "survey id"),
        _text("segment", "segment of the answerer"),
        _decimal("csat", "satisfaction, 0 to 1", summable=False),
        _decimal("nps", "0 to 10", summable=False),
        _decimal("ces", "1 to 7", summable=False),
        Column("aware", "flag", "knows the brand"),
    ),
    restates=("source", "account", "survey"),
)
TASKS = Table(
    "tasks",
    "task",
    "day",
    (
        _DAY,
        _text("task", "task id"),
        _text("title", "title"),
        _text("board", "board or project"),
        _text("status", "status"),
        _text("assignee", "assignee"),
        Column("due", "day", "day by which it must be done"),
        Column("done", "day", "day on which it was done"),
        _text("action", "id of the action it belongs to"),
    ),
    restates=("source", "account", "board"),
)
OBSERVATIONS = Table(
    "observations",
    "day × metric × dims",
    "day",
    (
        _DAY,
        _UNTIL,
        _text("metric", "metric id"),
        _text("dimensions", "other dimensions, as `name=value;name=value`"),
        Column("value", "decimal", "value of the metric"),
        _CURRENCY,
    ),
    restates=("source", "account", "metric"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SPEND,
        WEB,
        TOUCHPOINTS,
        CONVERSIONS,
        DEALS,
        SEARCH,
        EMAIL,
        SOCIAL,
        KEYWORDS,
        BACKLINKS,
        EXPERIMENTS,
        HOLDOUTS,
        SURVEYS,
        TASKS,
        OBSERVATIONS,
    )
}
"""Every canonical table by name."""
