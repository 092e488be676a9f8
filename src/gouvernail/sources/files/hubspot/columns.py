"""The headers of HubSpot's exports (display labels, English and French), its stages and its traffic sources."""

from __future__ import annotations

from gouvernail.sources.layout import Derived, Field, Layout

_ID = ("Record ID", "Record ID - Contact", "Contact ID", "Deal ID", "ID de fiche d'informations", "ID de fiche", "ID d'enregistrement",
       "ID de l'enregistrement", "ID de la transaction", "ID du contact", "Record Id")  # fmt: skip
_CREATED = Field("created", "day", ("Create Date", "Created Date", "Created date", "Date de création"))
_STAGE = ("Deal Stage", "Phase de la transaction", "Étape de la transaction")
_LIFECYCLE = ("Lifecycle Stage", "Phase du cycle de vie", "Étape du cycle de vie", "Phase de cycle de vie")

_ORIGIN = (
    Field("traffic_source", "text", (
        "Original Source", "Original Traffic Source", "Original Source Type", "Lead Source", "Source d'origine",
        "Source de trafic d'origine", "Source du lead", "Latest Source", "Latest Traffic Source",
    )),
    Field("_drill", "text", (
        "Original Source Drill-Down 1", "Original Traffic Source Drill-Down 1", "Source d'origine - Exploration 1",
        "Exploration 1 de la source d'origine",
    )),
    Field("_deeper", "text", ("Original Source Drill-Down 2", "Original Traffic Source Drill-Down 2")),
    Field("_utm", "text", ("UTM Campaign", "utm_campaign", "Campaign", "Campagne", "Campaign of last booking in meetings tool")),
    Field("country", "text", ("Country/Region", "Country", "Pays/région", "Pays")),
    Field("industry", "text", ("Industry", "Secteur d'activité", "Secteur", "Industrie")),
    Field("company_size", "count", ("Number of Employees", "Nombre d'employés", "Nombre de salariés")),
    Field("currency", "currency", ("Currency", "Deal Currency Code", "Devise", "Code de devise de la transaction")),
)  # fmt: skip

_CHANNELS = {
    "organic search": "search_organic", "recherche organique": "search_organic", "recherche naturelle": "search_organic",
    "paid search": "search_paid", "recherche payante": "search_paid", "email marketing": "email",
    "marketing par e-mail": "email", "e-mail marketing": "email", "direct traffic": "direct", "trafic direct": "direct",
    "referral": "referral", "referrals": "referral", "référents": "referral", "sites référents": "referral",
    "organic_search": "search_organic", "paid_search": "search_paid", "email_marketing": "email",
    "direct_traffic": "direct",
}  # fmt: skip
"""HubSpot's traffic sources that are one channel; social ones need the network, and stay open."""
_NO_CAMPAIGN = (
    "organic search", "direct traffic", "referral", "referrals", "organic social", "recherche organique", "trafic direct",
    "référents", "sites référents", "réseaux sociaux organiques", "ai referrals",
)  # fmt: skip
"""Sources whose drill-down is a page, a site or a network, not a campaign."""


def _case(value: str, words: dict[str, str]) -> str:
    return (
        f"CASE lower({value}) "
        + " ".join(f"WHEN '{word}' THEN '{to}'" for word, to in words.items())
        + " END"
    )


def _campaign(told: str) -> str:
    listed = ", ".join(f"'{word}'" for word in _NO_CAMPAIGN)
    return f'CASE WHEN lower("traffic_source") NOT IN ({listed}) THEN {told} END'


_SHARED = (
    Derived("channel", _case('"traffic_source"', _CHANNELS), ("traffic_source",)),
    Derived("campaign", _campaign('"_drill"'), ("traffic_source", "_drill")),
    Derived(
        "campaign",
        _campaign("CASE WHEN lower(\"traffic_source\") IN ('paid social', 'réseaux sociaux payants') "
                  'THEN coalesce("_deeper", "_drill") ELSE "_drill" END'),
        ("traffic_source", "_drill", "_deeper"),
    ),
    Derived("campaign", '"_utm"', ("_utm",)),
)  # fmt: skip

_DEAL_STAGE = (
    "CASE WHEN regexp_matches(lower(\"stage_label\"), '\\bwon\\b|closedwon|gagn|conclue?\\b') THEN 'won' "
    "WHEN regexp_matches(lower(\"stage_label\"), 'lost|perdu') THEN 'lost' "
    "WHEN \"stage_label\" IS NOT NULL THEN 'opportunity' END"
)
_LIFE_STAGE = _case('"stage_label"', {
    "lead": "lead", "marketing qualified lead": "mql", "marketingqualifiedlead": "mql", "sales qualified lead": "sql",
    "salesqualifiedlead": "sql", "opportunity": "opportunity", "customer": "opportunity", "evangelist": "opportunity",
    "lead qualifié marketing": "mql", "lead qualifié par le marketing": "mql", "lead marketing qualifié": "mql",
    "lead qualifié commercial": "sql", "lead qualifié par les ventes": "sql", "lead commercial qualifié": "sql",
    "opportunité": "opportunity", "client": "opportunity", "ambassadeur": "opportunity", "évangéliste": "opportunity",
})  # fmt: skip
"""A customer has been an opportunity; that a deal was won is said by the deal, so that it counts once."""

BECAME = {"mql": "_became_mql", "sql": "_became_sql", "opportunity": "_became_opportunity"}
"""Stage of a contact → the helper column with the day it was reached."""

_DEAL = (
    Field("deal_id", "text", _ID, required=True),
    Field("name", "text", ("Deal Name", "Nom de la transaction")),
    Field("stage_label", "text", _STAGE, required=True, value_required=True),
    Field("amount", "money", ("Amount", "Montant", "Amount in company currency", "Montant dans la devise de l'entreprise")),
    Field("closed", "day", ("Close Date", "Closed date", "Date de fermeture", "Date de clôture")),
    Field("pipeline", "text", ("Pipeline",)),
    Field("owner", "text", ("Deal owner", "Propriétaire de la transaction")),
    Field("lost_reason", "text", ("Closed Lost Reason", "Raison de la perte", "Motif de perte")),
    Field("person", "person", ("Associated Contact Email", "Associated Contact", "Contact associé",
                               "E-mail du contact associé")),
    Field("company", "person", ("Associated Company", "Associated Company (Primary)", "Associated Company Domain",
                                "Entreprise associée", "Entreprise associée (principale)")),
    Field("product", "text", ("Product", "Produit")),
    _CREATED,
    *_ORIGIN,
)  # fmt: skip
_KNOWN = (
    "Deal Type", "Type de transaction", "Last Activity Date", "Date de la dernière activité", "First Name", "Last Name",
    "Prénom", "Nom", "Phone Number", "Lead Status", "Statut du lead", "Contact owner", "Propriétaire du contact",
    "Last Modified Date", "Associated Company", "Company Name", "Nom de l'entreprise",
)  # fmt: skip
_OTHERS = ("IsWon", "StageName", "_fivetran_synced", "Company Domain Name", "Deal - Title", "Affaire - Titre")
_ENTERED = Field("day", "day", ("Date entered stage", "Date d'entrée dans la phase"), required=True)
_DAYS = (
    Derived("stage", _DEAL_STAGE, ("stage_label",)),
    Derived("day", '"created"', ("created",)),
    Derived("day", '"closed"', ("closed",)),
    Derived(
        "day",
        f"CASE WHEN ({_DEAL_STAGE}) IN ('won', 'lost') THEN coalesce(\"closed\", \"created\") "
        'ELSE coalesce("created", "closed") END',
        ("created", "closed"),
    ),
    *_SHARED,
)

LAYOUTS = (
    Layout(
        "deals", "deals", _DEAL, marks=(_STAGE,),
        known=_KNOWN, never=(*_OTHERS, *_ENTERED.names), constants={"cut": "deals"}, derived=_DAYS,
    ),
    Layout(
        "history", "deals", (*_DEAL, _ENTERED), known=("Date left stage", "Date de sortie de la phase", *_KNOWN),
        marks=(_ENTERED.names,), never=_OTHERS, constants={"cut": "deals"}, derived=(_DAYS[0], *_SHARED),
    ),
    Layout(
        "contacts", "deals",
        (
            Field("deal_id", "text", _ID, required=True),
            Field("created", "day", _CREATED.names, required=True, value_required=True),
            Field("stage_label", "text", _LIFECYCLE, required=True),
            Field("person", "person", ("Email", "E-mail", "Adresse e-mail")),
            Field("company", "person", ("Company Name", "Associated Company", "Associated Company Domain",
                                        "Nom de l'entreprise", "Entreprise associée")),
            Field("owner", "text", ("Contact owner", "Propriétaire du contact")),
            Field("contact_role", "text", ("Job Title", "Intitulé du poste", "Intitulé de poste", "Poste")),
            Field("contact_age", "count", ("Age", "Âge")),
            Field("contacted", "instant", ("First Contacted Date", "First Contacted", "Date du premier contact",
                                           "Date of first outreach")),
            Field("_became_mql", "day", ("Became a Marketing Qualified Lead Date",
                                         "Date à laquelle est devenu un lead qualifié marketing")),
            Field("_became_sql", "day", ("Became a Sales Qualified Lead Date",
                                         "Date à laquelle est devenu un lead qualifié commercial")),
            Field("_became_opportunity", "day", ("Became an Opportunity Date",
                                                 "Date à laquelle est devenu une opportunité")),
            *_ORIGIN,
        ),
        known=("Became a Lead Date", "Became a Customer Date", *_KNOWN), never=(*_OTHERS, *_STAGE),
        constants={"cut": "contacts"},
        derived=(
            Derived("stage", _LIFE_STAGE, ("stage_label",)),
            Derived("day", '"created"', ("created",)),
            *_SHARED,
        ),
    ),
)  # fmt: skip
