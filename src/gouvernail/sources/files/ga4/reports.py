"""The reports of the GA4 interface as layouts: one per dimension, all with the same measures."""

from __future__ import annotations

from gouvernail.sources.layout import Derived, Field, Layout

_PERIOD = r"(?i)start date|date de début|\d{8}\s?-\s?\d{8}"
_TOTAL = r"^(Grand total|Total général)$"
_UNIVERSAL = (
    "Pages / Session",
    "Avg. Session Duration",
    "Default Channel Grouping",
    "Day Index",
    "Source / Medium",
)
_MEASURES = (
    Field("sessions", "count", ("Sessions",)),
    Field(
        "users",
        "count",
        ("Total users", "Nombre total d'utilisateurs", "Active users", "Utilisateurs actifs", "Users"),
    ),
    Field("new_users", "count", ("New users", "Nouveaux utilisateurs")),
    Field("engaged_sessions", "count", ("Engaged sessions", "Sessions avec engagement", "Sessions engagées")),
    Field("page_views", "count", ("Views", "Vues", "Screen page views")),
    Field("key_events", "decimal", ("Key events", "Événements clés", "Conversions")),
    Field("events", "count", ("Event count", "Nombre d'événements")),
    Field(
        "transactions",
        "count",
        ("Ecommerce purchases", "Achats d'e-commerce", "Transactions", "Purchases", "Achats"),
    ),
    Field(
        "revenue", "money", ("Total revenue", "Revenu total", "Purchase revenue", "Revenus issus des achats")
    ),
    Field("engagement_seconds", "decimal", ("User engagement", "Durée d'engagement des utilisateurs")),
    Field(
        "_by_session",
        "decimal",
        ("Average engagement time per session", "Durée d'engagement moyenne par session"),
    ),
    Field(
        "_by_user",
        "decimal",
        (
            "Average engagement time per active user",
            "Average engagement time",
            "Durée d'engagement moyenne par utilisateur actif",
            "Durée d'engagement moyenne",
        ),
    ),
    Field("_active", "count", ("Active users", "Utilisateurs actifs", "Total users")),
    Field(
        "_engaged_by_user",
        "decimal",
        ("Engaged sessions per active user", "Sessions avec engagement par utilisateur actif"),
    ),
    Field("_bounce_rate", "decimal", ("Bounce rate", "Taux de rebond")),
)
_DERIVED = (
    Derived("engagement_seconds", '"_by_user" * "_active"', ("_by_user", "_active")),
    Derived("engagement_seconds", '"_by_session" * "sessions"', ("_by_session", "sessions")),
    Derived(
        "engaged_sessions",
        'CAST(round("_engaged_by_user" * "_active") AS BIGINT)',
        ("_engaged_by_user", "_active"),
    ),
    Derived("bounces", '"sessions" - "engaged_sessions"', ("sessions", "engaged_sessions")),
)
_KNOWN = (
    "Returning users", "User key event rate", "Session key event rate", "Engagement rate", "Event count per active user",
    "Event count per user", "Event count per session", "Average session duration", "Views per active user", "Totals",
    "Taux d'engagement", "Utilisateurs connus", "Views per session",
)  # fmt: skip

_CHANNEL = Field("channel_group", "text", (
    "Session primary channel group (Default Channel Group)", "Session primary channel group", "Session default channel group",
    "Session default channel grouping", "Default channel group", "Groupe de canaux par défaut",
    "Groupe de canaux principal de la session (Groupe de canaux par défaut)", "Groupe de canaux par défaut pour la session",
    "Groupe de canaux par défaut de la session", "Groupe de canaux principal de la session",
))  # fmt: skip
_FIRST = Field("channel_group", "text", (
    "First user primary channel group (Default Channel Group)", "First user primary channel group",
    "First user default channel group", "Groupe de canaux par défaut pour le premier utilisateur",
    "Groupe de canaux principal pour le premier utilisateur (Groupe de canaux par défaut)",
))  # fmt: skip
_PAIR = Field("_pair", "text", (
    "Session source / medium", "Session source/medium", "Session manual source / medium", "Source/support de la session",
    "Source / support de la session",
))  # fmt: skip
_SOURCE = Field("traffic_source", "text", ("Session source", "Session manual source", "Source de la session"))
_MEDIUM = Field("medium", "text", ("Session medium", "Session manual medium", "Support de la session"))
_CAMPAIGN = Field(
    "campaign", "text", ("Session campaign", "Session manual campaign name", "Campagne de la session")
)
_LANDING = Field("landing_page", "text", (
    "Landing page", "Landing page + query string", "Page de destination", "Page de destination + chaîne de requête",
))  # fmt: skip
_EVENT = Field("event", "text", ("Event name", "Nom de l'événement"))
_DAY = Field("day", "day", ("Date", "Jour"))
_NTH = Field("_nth", "count", ("Nth day", "Nième jour", "Jour n"))
_SEGMENTS: dict[str, tuple[str, ...]] = {
    "page": ("Page path and screen class", "Page path", "Chemin de la page et classe de l'écran"),
    "page_title": (
        "Page title and screen class",
        "Page title and screen name",
        "Titre de la page et classe de l'écran",
    ),
    "browser": ("Browser", "Navigateur"),
    "device": ("Device category", "Catégorie d'appareil"),
    "operating_system": ("Operating system", "Système d'exploitation"),
    "platform": ("Platform", "Plate-forme", "Plateforme"),
    "country": ("Country", "Pays"),
    "country_id": ("Country ID", "ID du pays"),
    "region": ("Region", "Région"),
    "city": ("City", "Ville"),
    "language": ("Language", "Langue"),
    "age": ("Age", "Âge"),
    "gender": ("Gender", "Genre"),
}


def _need(field: Field) -> Field:
    return Field(field.column, field.kind, field.names, required=True)


def _layout(id: str, cut: str, *dimensions: Field, derived: tuple[Derived, ...] = ()) -> Layout:
    measured = tuple(name for field in _MEASURES if field.column[0] != "_" for name in field.names)
    return Layout(
        id, "web", (*dimensions, *_MEASURES), marks=(measured,), never=_UNIVERSAL, known=_KNOWN, constants={"cut": cut},
        derived=(*_DERIVED, *derived), totals=_TOTAL, preamble=_PERIOD,
    )  # fmt: skip


_SPLIT = (
    Derived("traffic_source", "trim(split_part(\"_pair\", '/', 1))", ("_pair",)),
    Derived("medium", "trim(split_part(\"_pair\", '/', 2))", ("_pair",)),
)


def _segment(name: str, headers: tuple[str, ...]) -> Layout:
    told = Derived("segment", f"'{name}=' || \"_segment\"", ("_segment",))
    return _layout(name, "other", _DAY, Field("_segment", "text", headers, required=True), derived=(told,))


LAYOUTS = (
    _layout("event", "event", _DAY, _need(_EVENT)),
    _layout("source_medium", "source_medium_campaign", _DAY, _need(_PAIR), _CAMPAIGN, _CHANNEL, derived=_SPLIT),
    _layout("source", "source_medium_campaign", _DAY, _need(_SOURCE), _MEDIUM, _CAMPAIGN, _CHANNEL),
    _layout("channel_group", "channel_group", _DAY, _need(_CHANNEL)),
    _layout("first_user_channel", "other", _DAY, _need(_FIRST),
            derived=(Derived("segment", "'first_user_channel=' || \"channel_group\"", ("channel_group",)),)),
    _layout("landing_page", "landing_page", _DAY, _need(_LANDING)),
    *(_segment(name, headers) for name, headers in _SEGMENTS.items()),
    _layout("nth_day", "date", _need(_NTH)),
    _layout("date", "date", _need(_DAY)),
)  # fmt: skip
"""Order decides ties: a table by event and channel is one by event, for its sessions do not add up."""
