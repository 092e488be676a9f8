"""The headers of Meta's reports: one list of measures, three ways to date a row (day, span, whole period)."""

from __future__ import annotations

import re

from gouvernail.sources.layout import Derived, Field, Layout

_CAMPAIGN = Field("campaign", "text", (
    "Campaign name", "Nom de la campagne", "Nombre de la campaña", "Nome da campanha", "Nome campagna", "Kampagnenname",
), required=True)  # fmt: skip
_SPEND = (
    "Amount spent", "Montant dépensé", "Importe gastado", "Valor usado", "Valor gasto", "Importo speso",
    "Ausgegebener Betrag",
)  # fmt: skip
_CPM = (
    "CPM (cost per 1,000 impressions)", "CPM (Coût pour 1 000 impressions)", "CPM (coste por 1000 impresiones)",
    "CPM (custo por 1.000 impressões)", "CPM (costo per 1.000 impression)", "CPM (Kosten pro 1.000 Impressionen)",
)  # fmt: skip
_STARTS = (
    "Reporting starts", "Début des rapports", "Inicio del informe", "Início dos relatórios", "Inizio del report",
    "Berichtszeitraum beginnt", "Auswertungsbeginn",
)  # fmt: skip
_ENDS = (
    "Reporting ends", "Fin des rapports", "Fin del informe", "Fim dos relatórios", "Término dos relatórios",
    "Fine del report", "Berichtszeitraum endet", "Auswertungsende",
)  # fmt: skip
_DAY = ("Day", "Jour", "Día", "Dia", "Giorno", "Tag")
_SPANS = ("Month", "Week", "Mois", "Semaine", "Mes", "Semana", "Mês", "Mese", "Settimana", "Monat", "Woche")

BREAKDOWNS: dict[str, tuple[str, ...]] = {
    "age": ("Age", "Âge", "Edad", "Idade", "Età", "Alter"),
    "gender": ("Gender", "Genre", "Sexe", "Sexo", "Género", "Gênero", "Genere", "Geschlecht"),
    "platform": ("Platform", "Plateforme", "Plataforma", "Piattaforma", "Plattform"),
    "placement": ("Placement", "Emplacement", "Ubicación", "Posicionamento", "Posizionamento", "Platzierung"),
    "device": ("Device platform", "Impression device", "Plateforme de l'appareil", "Appareil d'impression",
               "Appareil ayant enregistré l'impression"),
    "country": ("Country", "Pays", "País", "Paese", "Land"),
    "region": ("Region", "Région", "Región", "Região", "Regione"),
    "market": ("DMA region", "Designated market area", "Région DMA"),
    "hour": ("Time of day (ad account time zone)", "Heure de la journée (fuseau horaire du compte publicitaire)"),
}  # fmt: skip
"""Name in `breakdown` → the headers of Meta's breakdown columns."""

RESULT_TYPES = re.compile(
    r"(?i)purchase|lead|registration|subscri|contact|appointment|schedule|application|donat|conversion|"
    r"achat|prospect|inscription|abonnement|rendez-vous|\bdon\b"
)
"""Types of `Results` that are conversions; clicks, reach, views and reactions are not."""

_MEASURES = (
    Field("campaign_id", "text", ("Campaign ID", "ID de la campagne", "N° de la campagne", "Identificador de la campaña")),
    Field("campaign_type", "text", ("Objective", "Objectif", "Campaign objective", "Objetivo")),
    Field("ad_group", "text", (
        "Ad set name", "Nom de l'ensemble de publicités", "Nombre del conjunto de anuncios",
        "Nome do conjunto de anúncios", "Nome gruppo di inserzioni", "Anzeigengruppenname",
    )),
    Field("ad", "text", (
        "Ad name", "Nom de la publicité", "Nombre del anuncio", "Nome do anúncio", "Nome inserzione", "Anzeigenname",
    )),
    Field("account", "text", ("Account name", "Nom du compte", "Nombre de la cuenta", "Nome da conta")),
    Field("currency", "currency", ("Currency", "Devise", "Divisa", "Moeda", "Valuta", "Währung")),
    Field("cost", "cost", _SPEND),
    Field("_cpm", "cost", _CPM),
    Field("impressions", "count", ("Impressions", "Impresiones", "Impressões", "Impression", "Impressionen")),
    Field("reach", "count", ("Reach", "Couverture", "Portée", "Alcance", "Copertura", "Reichweite")),
    Field("clicks", "count", ("Clicks (all)", "Clics (tous)", "Clics (todos)", "Cliques (todos)", "Clic (tutti)",
                              "Klicks (alle)")),
    Field("link_clicks", "count", (
        "Link clicks", "Clics sur un lien", "Clics sur le lien", "Clics en el enlace", "Cliques no link",
        "Clic sul link", "Link-Klicks",
    )),
    Field("conversions", "decimal", (
        "Purchases", "Achats", "Compras", "Acquisti", "Käufe", "Website purchases", "Achats sur le site web",
        "Leads", "Prospects", "Website leads", "Clientes potenciales", "Contatti", "Cadastros",
    )),
    Field("conversion_value", "money", (
        "Purchases conversion value", "Purchase conversion value", "Valeur de conversion des achats",
        "Website purchases conversion value", "Valor de conversión de compras", "Valor de conversão da compra",
        "Valore di conversione degli acquisti", "Conversion-Wert von Käufen",
    )),
    Field("video_views", "count", (
        "3-second video plays", "Lectures de vidéo de 3 secondes", "ThruPlays", "Video plays", "Lectures de vidéo",
    )),
    Field("_results", "decimal", ("Results", "Résultats", "Resultados", "Risultati", "Ergebnisse")),
    Field("_result_type", "text", (
        "Result indicator", "Indicateur de résultats", "Result type", "Type de résultat", "Indicador de resultado",
    )),
    *(Field(f"_{name}", "text", headers) for name, headers in BREAKDOWNS.items()),
)  # fmt: skip
_SPEND_BY_CPM = Derived(
    "cost",
    'TRY_CAST(CAST("_cpm" AS DECIMAL(16, 6)) * CAST("impressions" AS DECIMAL(15, 0)) * 0.001::DECIMAL(4, 3) '
    "AS DECIMAL(20, 6))",
    ("_cpm", "impressions"),
)  # fmt: skip
_KNOWN = (
    "Frequency", "Répétition", "Fréquence", "Ad delivery", "Delivery status", "Delivery level", "Attribution setting",
    "Cost per result", "Coût par résultat", "CPC (cost per link click)", "CPC (all)", "CTR (all)", "CTR (tous)",
    "CTR (link click-through rate)", "CPC (tous)", "Post reactions", "Réactions à une publication",
    "Interactions avec la publication", "Adds to cart", "Ajouts au panier", "Cost per add to cart",
    "Checkouts initiated", "Paiements initiés", "Cost per checkout initiated", "Landing page views",
    "Vues de page de destination", "Campaign delivery", "Campaign budget", "Campaign budget type", "Ads", *_ENDS,
)  # fmt: skip
_TELLING = (
    *_SPEND, *_CPM, *_STARTS, "Clicks (all)", "Clics (tous)", "Clics (todos)", "Cliques (todos)", "Klicks (alle)",
)  # fmt: skip
_OTHERS = (
    "Total Spent",
    "Impr.",
    "Cost",
    "Coût",
    "Clicks (destination)",
    "_fivetran_synced",
    "Ad Set Objective",
)
_NAMES = ("campaign", "ad_group", "ad", *(f"_{name}" for name in BREAKDOWNS))


def _layout(id: str, *dates: Field, never: tuple[str, ...] = ()) -> Layout:
    return Layout(
        id, "spend", (*dates, _CAMPAIGN, *_MEASURES), marks=(_TELLING,), never=(*_OTHERS, *never), known=_KNOWN,
        derived=(_SPEND_BY_CPM,), blank_is_total=_NAMES,
    )  # fmt: skip


LAYOUTS = (
    _layout("daily", Field("day", "day", _DAY, required=True)),
    _layout(
        "span",
        Field("day", "day", _SPANS, required=True, style="range_start"),
        Field("until", "day", _SPANS, style="range_end"),
        never=_DAY,
    ),
    _layout("period", Field("day", "day", _STARTS, required=True), Field("until", "day", _ENDS), never=_DAY),
    _layout("undated", never=(*_DAY, *_STARTS)),
)
