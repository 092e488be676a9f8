"""An eco-responsible product line for 18–25, sold online (S4): revenue from young adults +15 % in a half-year."""

from __future__ import annotations

from datetime import date

from gouvernail.simulate.world import (
    LAST_DAY,
    Base,
    Campaign,
    Mailing,
    Product,
    Promotion,
    Response,
    Shop,
    World,
)

CAMPAIGNS = (
    Campaign(
        "IG_Ligne-Eco_18-25", "meta_ads", "instagram_paid", "instagram", "paid_social", "ligne-eco",
        date(2025, 3, 1), LAST_DAY, 5200.0, 4.6, 0.014, Response(7.5, 150.0, 0.45), engaged=0.55,
        landing="/collections/ligne-eco", type="OUTCOME_SALES", action="instagram-ligne-eco", reaction_rate=0.03,
    ),
    Campaign(
        "FB_Remarketing_Paniers", "meta_ads", "facebook_paid", "facebook", "paid_social", "relance-paniers",
        date(2024, 5, 1), LAST_DAY, 900.0, 7.0, 0.012, Response(0.9, 35.0, 0.2), engaged=0.6,
        landing="/panier", type="OUTCOME_SALES", action="relance-paniers", reaction_rate=0.005,
    ),
    Campaign(
        "Search_Mode-eco-responsable", "google_ads", "search_paid", "google", "cpc", "search-mode-eco",
        date(2024, 2, 1), LAST_DAY, 2600.0, 38.0, 0.052, Response(3.1, 90.0, 0.2), engaged=0.64,
        landing="/collections/ligne-eco", type="Recherche", action="google-mode-eco",
    ),
    Campaign(
        "Shopping_Catalogue-complet", "google_ads", "shopping", "google", "cpc", "shopping-catalogue",
        date(2023, 10, 1), LAST_DAY, 1900.0, 9.0, 0.011, Response(1.6, 80.0, 0.2), engaged=0.58,
        landing="/collections/tout", type="Shopping",
    ),
)  # fmt: skip

BASES = (
    Base("search_organic", "google", "organic", 260.0, 3.4, 0.08, 0.6, landing="/collections/tout"),
    Base("direct", "(direct)", "(none)", 120.0, 2.2, 0.06, 0.58),
    Base("instagram_organic", "instagram", "social", 90.0, 0.9, 0.2, 0.45, landing="/collections/ligne-eco"),
    Base("referral", "wedressfair.fr", "referral", 18.0, 0.4, 0.05, 0.6, landing="/collections/ligne-eco"),
)

WORLD = World(
    id="eco",
    name="Racines & Fibre",
    domain="racines-fibre.example",
    currency="EUR",
    time_zone="Europe/Paris",
    season=(0.92, 0.84, 0.95, 1.0, 1.04, 1.02, 1.0, 0.82, 1.06, 1.04, 1.16, 1.15),
    week=(1.0, 0.97, 0.98, 1.0, 0.98, 0.99, 1.08),
    bases=BASES,
    campaigns=CAMPAIGNS,
    mailings=(
        Mailing(
            "La Gazette des fibres", ("D’où vient ce coton", "Réparer plutôt que jeter", "Les retours de la semaine"),
            "Abonnés boutique", "gazette", 6400, 0.25, 14, 0.31, 0.032, 0.045, "/journal", "gazette",
        ),
    ),
    shop=Shop(
        (
            Product("T-shirt coton recyclé", "RF-TS-REC", 29.0, 0.34),
            Product("Jean brut réparable", "RF-JN-REP", 89.0, 0.18),
            Product("Sweat laine régénérée", "RF-SW-LNR", 69.0, 0.2),
            Product("Sac cabas chanvre", "RF-SC-CHA", 24.0, 0.16),
            Product("Trousse de réparation", "RF-TR-REP", 15.0, 0.12),
        ),
        0.45, 0.07, 0.24, {"FR": 0.72, "BE": 0.16, "CH": 0.12},
        (Promotion("RENTREE10", 0.10, date(2026, 9, 1), date(2026, 9, 12), 1.12, 0.97, 0.45),),
        shipping=4.9, tax=0.20,
    ),
    queries=(
        ("racines et fibre", 0.22), ("t-shirt coton recyclé", 0.16), ("mode éthique pas chère", 0.1),
        ("jean réparable", 0.09), ("marque éco-responsable 20 ans", 0.06),
    ),
    landing_pages=("/", "/collections/ligne-eco", "/collections/tout", "/panier", "/journal"),
    vendors=("ga4_traffic", "ga4_landing", "google_ads", "meta_ads", "mailchimp", "shopify"),
    french=True,
    silent={"ambassadeurs": "student ambassadors hand out cards; no export tells of them"},
)  # fmt: skip
