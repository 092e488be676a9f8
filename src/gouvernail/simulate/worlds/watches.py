"""A luxury watch brand (S1): premium in all it says, until an aggressive promotion slips in.

The promotion of September lifts orders while it lasts and empties the following weeks: customers who would have
bought at full price waited for it.
"""

from __future__ import annotations

from datetime import date

from gouvernail.simulate.world import (
    LAST_DAY,
    Base,
    Campaign,
    Funnel,
    Mailing,
    Product,
    Promotion,
    Response,
    Shop,
    World,
)

CAMPAIGNS = (
    Campaign(
        "Meta_Heritage-Collection_40-65", "meta_ads", "facebook_paid", "facebook", "paid_social", "heritage-collection",
        date(2023, 10, 1), LAST_DAY, 6000.0, 14.0, 0.012, Response(0.42, 260.0, 0.6), engaged=0.52,
        landing="/collections/heritage", type="OUTCOME_SALES", action="meta-heritage", reaction_rate=0.012,
    ),
    Campaign(
        "Meta_Flash-Sale_Broad", "meta_ads", "facebook_paid", "facebook", "paid_social", "flash-sale",
        date(2026, 9, 1), date(2026, 10, 15), 9000.0, 6.5, 0.017, Response(0.35, 220.0, 0.2), engaged=0.31,
        landing="/sale", type="OUTCOME_SALES", action="flash-sale", reaction_rate=0.02,
    ),
    Campaign(
        "Meta_Lookalike_Test", "meta_ads", "instagram_paid", "instagram", "paid_social", "lookalike-test",
        date(2025, 6, 1), LAST_DAY, 1100.0, 8.0, 0.01, Response(0.03, 60.0, 0.3), engaged=0.3,
        landing="/", type="OUTCOME_TRAFFIC", reaction_rate=0.02,
    ),
)  # fmt: skip

BASES = (
    Base("search_organic", "google", "organic", 210.0, 0.85, 0.01, 0.63, landing="/collections/heritage"),
    Base("direct", "(direct)", "(none)", 140.0, 0.75, 0.0, 0.6),
    Base("referral", "hodinkee.com", "referral", 26.0, 0.24, 0.02, 0.68, landing="/collections/heritage"),
    Base("pr", "monochrome-watches.com", "referral", 15.0, 0.12, 0.02, 0.66, landing="/calibre"),
    Base("partners", "retailer", "trade", 0.0, 0.24, 0.03, campaign="retailers", trade=True),
)

WORLD = World(
    id="watches",
    name="Maison Valcourt",
    domain="maison-valcourt.example",
    currency="CHF",
    time_zone="Europe/Zurich",
    season=(0.8, 0.92, 0.9, 0.92, 1.05, 1.02, 0.88, 0.84, 0.96, 1.0, 1.2, 1.51),
    week=(0.95, 0.94, 0.96, 0.98, 1.02, 1.1, 1.05),
    bases=BASES,
    campaigns=CAMPAIGNS,
    mailings=(
        Mailing(
            "The Valcourt Letter", ("A movement seen from the back", "Two hundred hours for one dial",
            "An evening at the manufacture"), "Owners and friends", "valcourt-letter", 8200, 0.1, 28, 0.41, 0.038,
            0.012, "/journal", "valcourt-letter",
        ),
        Mailing(
            "Flash Sale", ("30 % off everything, this month only",), "Owners and friends", "flash-sale-mail",
            8200, 0.1, 364, 0.36, 0.061, 0.02, "/sale", "flash-sale", date(2026, 9, 2),
        ),
    ),
    funnel=Funnel(
        0.8, 0.7, 0.45, 8.0, 12.0, 40.0, 62_000.0, 0.4, ("a.valcourt@maison-valcourt.example",),
        ("Boutique owner", "Buyer"), ("Retail",), {"CH": 0.3, "GB": 0.2, "US": 0.3, "DE": 0.2},
        known=0.5, trades=("Bijoux", "Horlogerie", "Jewellers", "Juwelen", "Timepieces", "Uhren"),
    ),
    shop=Shop(
        (
            Product("Heritage 38 Steel", "VAL-H38-ST", 4200.0, 0.42),
            Product("Heritage 38 Gold", "VAL-H38-AU", 14800.0, 0.09),
            Product("Calibre 7 Moonphase", "VAL-C7-MO", 8900.0, 0.16),
            Product("Alligator strap", "VAL-STR-AL", 390.0, 0.33),
        ),
        0.12, 0.03, 0.11, {"CH": 0.42, "GB": 0.18, "US": 0.22, "DE": 0.12, "FR": 0.06},
        (Promotion("PROMO30", 0.30, date(2026, 9, 1), date(2026, 9, 30), 1.85, 0.62, 0.8),),
    ),
    queries=(
        ("maison valcourt", 0.34), ("valcourt heritage 38", 0.17), ("swiss moonphase watch", 0.12),
        ("luxury watch manufacture visit", 0.08), ("valcourt sale", 0.05),
    ),
    landing_pages=("/", "/collections/heritage", "/calibre", "/sale", "/journal"),
    vendors=("ga4_traffic", "ga4_landing", "meta_ads", "search_console", "mailchimp", "shopify", "salesforce"),
    silent={"boutique-evenings": "evenings in the boutique leave no trace in any export"},
)  # fmt: skip
