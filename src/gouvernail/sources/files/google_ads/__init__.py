"""Google Ads: reports and overview cards of the web interface (FORMATS §3).

Reports start with a title and a period; the same button gives UTF-8 with commas or UTF-16 with tabs. Total rows
(`Total: Campaigns`) are a checksum. English, French, Portuguese (Brazil) and German were seen.
"""

from __future__ import annotations

from gouvernail.base.text import T
from gouvernail.sources.layout import Field, FileSource, Layout

_DAY = Field("day", "day", ("Day", "Jour", "Dia", "Tag", "Día", "Data"))
_TOTALS = r"^(Total|Gesamt|Totale)\s?:"
_MEASURES = (
    Field(
        "currency",
        "currency",
        ("Currency code", "Code de la devise", "Code devise", "Código da moeda", "Währungscode"),
    ),
    Field("cost", "cost", ("Cost", "Coût", "Custo", "Kosten", "Coste")),
    Field("impressions", "count", ("Impr.", "Impressions", "Impressões", "Impressionen", "Impresiones")),
    Field("clicks", "count", ("Clicks", "Clics", "Cliques", "Klicks")),
    Field("conversions", "decimal", ("Conversions", "Conversões", "Conversiones")),
    Field(
        "conversion_value",
        "money",
        (
            "Conv. value",
            "Conversion value",
            "Total conv. value",
            "Valeur de conv.",
            "Valeur conv.",
            "Valor conv.",
            "Valor da conv.",
            "Conv.-Wert",
        ),
    ),
    Field("video_views", "count", ("Views", "TrueView views", "Vues")),
    Field("account", "text", ("Account name", "Nom du compte", "Account", "Customer ID", "Numéro client")),
)
_CAMPAIGN = Field("campaign", "text", ("Campaign", "Campagne", "Campanha", "Kampagne", "Campaña"))
_CAMPAIGN_CARD = Field("campaign", "text", ("Campaign name", "Nom de la campagne", "Nome da campanha", "Kampagnenname"),
                       required=True)  # fmt: skip
_CAMPAIGN_ID = Field(
    "campaign_id", "text", ("Campaign ID", "ID de la campagne", "Numéro de campagne", "ID da campanha")
)
_TYPE = Field(
    "campaign_type", "text", ("Campaign type", "Type de campagne", "Tipo de campanha", "Kampagnentyp")
)
_GROUP = Field("ad_group", "text", ("Ad group", "Groupe d'annonces", "Grupo de anúncios", "Anzeigengruppe"))
_KEYWORD = ("Keyword", "Search keyword", "Mot clé", "Mot-clé", "Palavra-chave", "Keyword (Suchbegriff)")
_TERM = ("Search term", "Terme de recherche", "Termo de pesquisa", "Suchbegriff")
_TELLING = ("Currency code", "Code de la devise", "Code devise", "Código da moeda", "Währungscode", "Impr.",
            "Campaign status", "État de la campagne", "Status da campanha", "Coût/conv.", "Coût / conv.", "Cost / conv.",
            "Custo / conv.", "Avg. CPC", "CPC moy.", "CPC méd.", "Campaign type", "Type de campagne")  # fmt: skip
_NOT_OURS = (
    "_fivetran_synced",
    "MSCLKID Auto Tagging Enabled",
    "Parent Id",
    "Reporting starts",
    "Début des rapports",
    "Amount spent",
    "Montant dépensé",
    "Position",
)
_KNOWN = (
    *_TELLING, "Budget", "Budget name", "Budget type", "Status", "Status reasons", "Optimization score", "CTR", "Avg. CPM",
    "Avg. cost", "Interactions", "Interaction rate", "Conv. rate", "Match type", "Final URL", "Added/Excluded", "Device",
    "Keyword status", "Search keyword status", "Coût moy.", "Taux de conv.", "Type de correspondance", "Orçamento",
    "Nome do orçamento", "Tipo de orçamento", "Motivos do status", "Pontuação de otimização", "Taxa de conv.",
    "Tipo de estratégia de lances", "Nome do grupo de campanhas", "Appareil", "Dispositivo",
)  # fmt: skip


def _report(id: str, *fields: Field, **more: object) -> Layout:
    return Layout(
        id,
        "spend",
        (_DAY, *fields, *_MEASURES),
        marks=(_TELLING,),
        never=_NOT_OURS,
        known=_KNOWN,
        totals=_TOTALS,
        **more,  # type: ignore[arg-type]
    )


def _need(field: Field) -> Field:
    return Field(field.column, field.kind, field.names, required=True)


_COST = Field("cost", "cost", _MEASURES[1].names, required=True)
_CARD_NEVER = (*_NOT_OURS, *(f"{name} (Comparison)" for name in ("Cost", "Clicks")), "Custo (Comparação)",
               "Coût (Comparaison)", "Campaign", "Impr.")  # fmt: skip

_PART = T(
    "This report holds the search network only, and takes the place of what was imported for the same days: for the "
    "spend of the whole account, import the campaign report after it."
)
LAYOUTS = (
    _report("campaign", _need(_CAMPAIGN), _CAMPAIGN_ID, _TYPE),
    _report("ad_group", _need(_CAMPAIGN), _need(_GROUP), _CAMPAIGN_ID, _TYPE),
    _report("keyword", _CAMPAIGN, _GROUP, Field("keyword", "text", _KEYWORD, required=True), _TYPE, caution=_PART),
    _report("search_terms", _CAMPAIGN, _GROUP, Field("keyword", "text", _TERM, required=True), _TYPE, caution=_PART),
    Layout(
        "campaign_card", "spend", (_CAMPAIGN_CARD, _COST, *(m for m in _MEASURES if m.column != "cost")),
        marks=(("Campaign status", "Status da campanha", "État de la campagne", "Kampagnenstatus"),),
        never=_CARD_NEVER, known=_KNOWN,
    ),
    Layout(
        "time_series_card", "spend",
        (
            Field("day", "day", ("Date", "Data", "Datum", "Fecha"), required=True), _COST,
            *(_need(m) for m in _MEASURES if m.column in ("clicks", "impressions")),
            *(m for m in _MEASURES if m.column in ("conversions", "conversion_value")),
        ),
        never=(*_CARD_NEVER, "Campaign name", "Nome da campanha", "Nom de la campagne", "Source", "Spend"),
        known=("Avg. CPC", "CPC méd.", "CPC moy."),
    ),
)  # fmt: skip

SOURCE = FileSource("google_ads", "Google Ads", LAYOUTS)
