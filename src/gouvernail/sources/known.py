"""Exports that are recognised but not read yet: a user is told the vendor's name instead of "unknown file"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouvernail.base.ids import slugify
from gouvernail.sources.layout import HEADER_WITHIN
from gouvernail.sources.reading import Sheet
from gouvernail.sources.values.headers import normalise


@dataclass(frozen=True)
class Signature:
    """Headers that must all stand in one row; `above`, where given, is a pattern of the lines at the top."""

    title: str
    headers: tuple[str, ...] = ()
    above: str | None = None
    companion_of: str | None = None
    """The source whose export this file belongs to, where it holds no figure to import."""

    @property
    def id(self) -> str:
        """The vendor's id, as a source of it would be called: `microsoft_advertising`, `stripe`."""
        return slugify(self.title.partition(" (")[0]).replace("-", "_")


SIGNATURES = (
    Signature("Microsoft Advertising", above=r"Report Name: ?.*\n(.*\n)*.*Report Time"),
    Signature(
        "Microsoft Advertising (bulk file)",
        ("Type", "Status", "Id", "Parent Id", "MSCLKID Auto Tagging Enabled"),
    ),
    Signature("Google Analytics (Data API)", ("dimensionHeaders", "metricHeaders", "rows")),
    Signature("Google Ads (overview card)", ("Dia", "Hora de início", "Impressões")),
    Signature("Google Ads (overview card)", ("Dispositivo", "Custo", "Impressões", "Cliques")),
    Signature("Google Ads (overview card)", ("Nome da campanha", "Custo", "Custo (Comparação)")),
    Signature("Google Ads (overview card)", ("Palavra-chave da rede de pesquisa", "Custo")),
    Signature("Google Ads (overview card)", ("Pesquisar", "Custo", "Cliques", "Impressões")),
    Signature("Google Ads (Keyword Planner)", ("Keyword", "Avg. monthly searches", "Competition")),
    Signature("Universal Analytics", above=r"#.*\n#.*\n# ?\d{8}-\d{8}"),
    Signature("Universal Analytics", ("ga:date",)),
    Signature("TikTok Ads", ("Nama kampanye", "ID Campaign", "Biaya")),
    Signature("TikTok Ads", ("Campaign name", "Cost", "Clicks (destination)")),
    Signature("TikTok Ads", ("stat_time_hour", "conversion")),
    Signature("TikTok Ads", ("stat_time_day", "conversion")),
    Signature("X (Twitter)", ("Date", "Impressions", "Likes", "Engagements", "Reposts")),
    Signature("X (Twitter)", ("Date", "Tweets published", "impressions", "engagements")),
    Signature("X (Twitter)", ("Tweet id", "Tweet permalink", "impressions")),
    Signature("Matomo", ("nb_visits",)),
    Signature("Matomo", ("nb_actions", "label")),
    Signature("Matomo", ("idSite", "idVisit")),
    Signature("Plausible", ("date", "visitors", "pageviews", "visits")),
    Signature("Plausible", ("name", "visitors", "bounce_rate")),
    Signature("Plausible", ("name", "visitors", "pageviews")),
    Signature("Plausible", ("name", "unique_conversions", "total_conversions")),
    Signature("Semrush", ("Keyword", "Position", "Search Volume", "Keyword Difficulty")),
    Signature("Semrush", ("Keyword", "Intent", "Volume", "KD %")),
    Signature("Semrush", ("Keyword", "Intent", "Volume", "Keyword Difficulty")),
    Signature("Ahrefs", ("Keyword", "Volume", "KD", "Organic traffic")),
    Signature("Ahrefs", ("Keyword", "Difficulty", "Volume", "Traffic potential")),
    Signature("Stripe", ("Created date (UTC)", "Amount", "Currency")),
    Signature("WooCommerce", ("line_items", "billing", "order_key")),
    Signature("WooCommerce", ("Date", "Order #", "N. Revenue (formatted)")),
    Signature("WooCommerce", ("sku", "regular_price", "permalink")),
    Signature("WooCommerce", ("total_sales", "net_sales", "average_sales")),
    Signature("Trello", ("idBoard", "idList")),
    Signature("Trello", ("cards", "lists", "idOrganization")),
    Signature("Trello", ("cards", "lists", "actions")),
    Signature("Asana", ("Task ID", "Created At", "Section/Column")),
    Signature("monday.com", ("Name", "Subitems", "Owner")),
    Signature("Bing Webmaster Tools", ("Date", "Clicks", "Impressions", "Avg. CTR")),
    Signature("Microsoft Clarity", above=r"Project name, ?.*\n(.*\n)*.*Date range"),
    Signature("Microsoft Clarity", ("Metric", "Top pages")),
    Signature("Meta Business Suite", ("Date", "Primary")),
    Signature("Meta Business Suite", ("Publish time", "Data comment", "Date")),
    Signature("Meta Business Suite", above=r"FB_PAGE|IG_ACCOUNT|Facebook followers"),
    Signature("Meta Marketing API", ("campaign_name", "adset_name", "actions", "date_start")),
    Signature("Meta Marketing API", ("date_start", "date_stop", "adset_name", "inline_link_clicks")),
    Signature("Pipedrive", ("Deal - Title", "Deal - Value")),
    Signature("Pipedrive", ("Affaire - Titre", "Affaire - Valeur")),
    Signature("HubSpot (companies)", ("Company ID", "Company Name", "Company Domain Name")),
    Signature("Salesforce (accounts)", ("Id", "IsDeleted", "MasterRecordId", "BillingStreet")),
    Signature("Salesforce (campaigns)", ("Id", "IsDeleted", "NumberOfLeads", "BudgetedCost")),
    Signature("Salesforce (campaign members)", ("Id", "IsDeleted", "CampaignId", "HasResponded")),
    Signature("Google Search Console (filters)", ("Filter", "Value"), companion_of="search_console"),
    Signature("Google Search Console (filters)", ("Filtre", "Valeur"), companion_of="search_console"),
)
"""Looked at only after no source took the file."""

_WAREHOUSE = (
    "_fivetran_synced",
    "_fivetran_id",
    "_airbyte_ab_id",
    "_airbyte_extracted_at",
    "_sdc_batched_at",
    "_dlt_id",
)


def warehouse_table(sheet: Sheet) -> bool:
    """Return whether the sheet was written by a replication tool (Fivetran, Airbyte, Stitch, dlt)."""
    return bool(sheet.head) and any(normalise(cell) in _WAREHOUSE for cell in sheet.head[0].cells)


def known_vendor(sheets: tuple[Sheet, ...]) -> Signature | None:
    """Return the export that a file looks like, or None."""
    for sheet in sheets:
        rows = [{normalise(cell) for cell in row.cells} for row in sheet.head[:HEADER_WITHIN]]
        above = "\n".join((*sheet.preamble, *(", ".join(row.cells) for row in sheet.head[:12])))
        for signature in SIGNATURES:
            wanted = {normalise(header) for header in signature.headers}
            if signature.above and re.search(signature.above, above):
                return signature
            if wanted and any(wanted <= row for row in rows):
                return signature
    return None
