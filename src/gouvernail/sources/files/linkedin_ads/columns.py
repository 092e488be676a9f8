"""The headers of LinkedIn's reports, of both generations."""

from __future__ import annotations

from gouvernail.sources.layout import Derived, Field, Layout

_SPENT = (
    "Total Spent", "Total dépensé", "Montant total dépensé", "Total des dépenses", "Totaal besteed", "Total Spend",
    "Gesamtausgaben", "Total gastado", "Total gasto", "Spesa totale",
)  # fmt: skip
_DAY = (
    "Start Date (in UTC)", "Start Date", "Date de début (en UTC)", "Date de début (UTC)", "Date de début",
    "Begindatum (in UTC)", "Begindatum", "Startdatum (in UTC)", "Startdatum (UTC)",
)  # fmt: skip
_STATUS = (
    "Campaign Status", "Statut de la campagne", "État de la campagne", "Campagnestatus", "Ad Status",
    "Statut de la publicité", "Campaign Group Status", "Statut du groupe de campagnes", "Account Name", "Nom du compte",
    "Accountnaam", "Total Engagements", "Click Through Rate",
)  # fmt: skip
_FIELDS = (
    Field("day", "day", _DAY, required=True),
    Field("until", "day", ("End Date (in UTC)", "End Date", "Date de fin (en UTC)", "Date de fin")),
    Field("account", "text", ("Account Name", "Nom du compte", "Accountnaam", "Kontoname")),
    Field("currency", "currency", ("Currency", "Devise", "Valuta", "Währung")),
    Field("campaign", "text", ("Campaign Name", "Nom de la campagne", "Campagnenaam", "Kampagnenname"), required=True),
    Field("campaign_id", "text", ("Campaign ID", "ID de la campagne", "Campagne-ID", "Kampagnen-ID")),
    Field("campaign_type", "text", (
        "Campaign Objective", "Campaign Objective Type", "Ad Set Objective", "Objectif de la campagne", "Campaign Type",
        "Type de campagne", "Ad Set Type",
    )),
    Field("ad_group", "text", ("Ad Set Name", "Nom de l'ensemble de publicités", "Naam advertentieset")),
    Field("ad", "text", ("Ad Name", "Creative Name", "Nom de la publicité", "Naam advertentie", "Ad Headline",
                         "Titre de la publicité")),
    Field("_group", "text", ("Campaign Group Name", "Nom du groupe de campagnes", "Naam campagnegroep")),
    Field("cost", "cost", _SPENT, required=True),
    Field("impressions", "count", ("Impressions", "Impressies", "Impressionen")),
    Field("clicks", "count", ("Clicks", "Clics", "Klikken", "Klicks")),
    Field("link_clicks", "count", ("Clicks to Landing Page", "Clics vers la page de destination",
                                   "Clics menant à la page de destination", "Klikken naar landingspagina")),
    Field("conversions", "decimal", ("Conversions", "Conversies", "Leads", "Prospects")),
    Field("conversion_value", "money", ("Total Conversion Value", "Valeur totale des conversions",
                                        "Total de la valeur de conversion")),
    Field("reach", "count", ("Reach", "Couverture", "Portée", "Bereik")),
    Field("video_views", "count", ("Video Views", "Vues de la vidéo", "Vues vidéo", "Videoweergaven")),
)  # fmt: skip
_KNOWN = (
    *_STATUS, "Campaign Group ID", "Ad Set ID", "Ad ID", "ID Pub", "Ad Set Status", "Ad Introduction Text",
    "Ad Headline", "Texte pub présentation", "Click URL", "URL à cliquer", "Average CPM", "Average CPC",
    "Leads", "Cost per Conversion", "Cost Per Lead", "Creative ID", "Total Budget", "Campaign Start Date",
    "Campaign End Date", "CPM moyen", "CPC moyen", "Taux de clics",
)  # fmt: skip

LAYOUTS = (
    Layout(
        "performance", "spend", _FIELDS, marks=(_SPENT, _STATUS), known=_KNOWN, totals=r"^Totaux?$|^Totaa?l$",
        never=("Reporting starts", "Début des rapports", "_fivetran_synced", "Impr."),
        derived=(Derived("breakdown", "'campaign_group=' || \"_group\"", ("_group",)),),
    ),
)  # fmt: skip
