"""Antoine's company (S0): a technology manufacturer in French-speaking Switzerland that wants the German market.

Its marketing runs Instagram for the young; its buyers are engineers and purchasing managers of about 50.
The search and LinkedIn campaigns in German do bring deals; one of them is in no plan at first. What used to come
by itself (search, direct visits, cold calls) slowly gets less.
"""

from __future__ import annotations

from datetime import date

from gouvernail.simulate.world import LAST_DAY, Base, Campaign, Funnel, Mailing, PageTest, Response, World

_REVIEW = date(2026, 9, 15)
"""The day on which marketing and sales stop Instagram and give its money to LinkedIn."""
_NONE = Response(ceiling=0.12, half=80.0, carry=0.4)

CAMPAIGNS = (
    Campaign(
        "IG_Generation-Tech_18-30", "meta_ads", "instagram_paid", "instagram", "paid_social", "generation-tech",
        date(2024, 9, 1), _REVIEW, 4500.0, 6.2, 0.011, _NONE, quality=0.02, engaged=0.22, landing="/generation-tech",
        type="OUTCOME_AWARENESS", action="instagram-generation-tech", reaction_rate=0.031,
    ),
    Campaign(
        "IG_Reels_Coulisses", "meta_ads", "instagram_paid", "instagram", "paid_social", "coulisses",
        date(2025, 2, 1), _REVIEW, 1500.0, 5.4, 0.009, Response(0.05, 60.0, 0.4), quality=0.02, engaged=0.2,
        landing="/coulisses", type="OUTCOME_ENGAGEMENT", action="instagram-coulisses", reaction_rate=0.042,
    ),
    Campaign(
        "DE_Search_Praezisionssensorik", "google_ads", "search_paid", "google", "cpc", "de-search-praezisionssensorik",
        date(2025, 10, 1), LAST_DAY, 3200.0, 78.0, 0.041, Response(0.85, 150.0, 0.45), engaged=0.61,
        landing="/de/praezisionssensorik", type="Recherche", action="google-ads-allemagne",
    ),
    Campaign(
        "CH_Search_Marque", "google_ads", "search_paid", "google", "cpc", "ch-search-marque",
        date(2023, 10, 1), LAST_DAY, 800.0, 60.0, 0.092, Response(0.25, 30.0, 0.2), engaged=0.7,
        landing="/", type="Recherche", action="google-ads-marque",
    ),
    Campaign(
        "Display_Remarketing_2024", "google_ads", "display", "google", "display", "display-remarketing-2024",
        date(2024, 3, 1), LAST_DAY, 900.0, 2.9, 0.0035, Response(0.04, 40.0, 0.3), quality=0.5, engaged=0.3,
        landing="/", type="Display",
    ),
    Campaign(
        "DE_LinkedIn_Technische-Leiter", "linkedin_ads", "linkedin_paid", "linkedin", "paid_social",
        "de-linkedin-technische-leiter", date(2026, 3, 1), LAST_DAY, 2600.0, 52.0, 0.0062, Response(0.8, 110.0, 0.55),
        quality=1.1, engaged=0.58, landing="/de/anwendungen", type="LEAD_GENERATION", action="linkedin-allemagne",
        raised=(_REVIEW, 2.2),
    ),
)  # fmt: skip

BASES = (
    Base("search_organic", "google", "organic", 118.0, 1.75, -0.06, 0.66, landing="/produits"),
    Base("search_organic", "bing", "organic", 9.0, 0.12, -0.02, 0.64, landing="/produits"),
    Base("direct", "(direct)", "(none)", 64.0, 1.2, -0.02, 0.6),
    Base("referral", "swissmem.ch", "referral", 8.0, 0.38, 0.04, 0.7, quality=1.15, landing="/produits"),
    Base("referral", "induux.de", "referral", 6.0, 0.3, 0.08, 0.68, landing="/de/praezisionssensorik"),
    Base("outbound", "vente", "outbound", 2.0, 1.35, -0.03, 0.8, quality=1.1, campaign="prospection-directe"),
    Base(
        "events", "hannover-messe", "event", 6.0, 3.0, 0.0, 0.75, quality=1.05, campaign="hannover-messe-2026",
        landing="/de/messe", window=(date(2026, 4, 20), date(2026, 4, 30)), action="hannover-messe",
    ),
)  # fmt: skip

WORLD = World(
    id="antoine",
    name="Lémantech SA",
    domain="lemantech.example",
    currency="CHF",
    time_zone="Europe/Zurich",
    season=(0.92, 1.0, 1.1, 1.04, 1.02, 1.05, 0.82, 0.74, 1.12, 1.12, 1.1, 0.78),
    week=(1.22, 1.3, 1.28, 1.22, 1.05, 0.42, 0.46),
    bases=BASES,
    campaigns=CAMPAIGNS,
    mailings=(
        Mailing(
            "Lettre technique", ("Mesurer au micron sans arrêter la ligne", "Étalonner un capteur en dix minutes",
            "Ce que dit la norme ISO 13849", "Cas client : une ligne de remplissage"), "Clients et prospects",
            "lettre-technique", 2600, 0.12, 28, 0.34, 0.051, 0.035, "/cas-clients", "lettre-technique",
        ),
    ),
    funnel=Funnel(
        0.5, 0.45, 0.31, 6.0, 9.0, 46.0, 76_000.0, 0.45,
        ("sandra.roth@lemantech.example", "marc.jordan@lemantech.example", "ute.brandt@lemantech.example"),
        ("Technical Director", "Head of Purchasing", "Plant Manager", "Maintenance Manager", "R&D Engineer"),
        ("Machinery", "Food processing", "Pharma", "Automotive supplier", "Energy"),
        {"CH": 0.62, "FR": 0.22, "DE": 0.16},
    ),
    queries=(
        ("lémantech", 0.21), ("capteur de précision", 0.17), ("capteur pression industriel suisse", 0.12),
        ("präzisionssensor hersteller", 0.09), ("capteur inductif atex", 0.08), ("étalonnage capteur", 0.08),
        ("sensor kalibrierung", 0.05), ("capteur sur mesure", 0.07),
    ),
    landing_pages=("/", "/produits", "/cas-clients", "/contact", "/de/praezisionssensorik"),
    vendors=(
        "ga4_traffic", "ga4_landing", "google_ads", "meta_ads", "linkedin_ads", "search_console",
        "hubspot", "mailchimp", "dashboard", "ab_tests",
    ),
    french=True,
    silent={"annonces-presse": "insertions in print magazines leave no trace in any export"},
    tests=(
        PageTest(
            "formulaire-allemand", "Formulaire court sur la page allemande", "de-search-praezisionssensorik",
            ("Formulaire long", "Formulaire court"), date(2026, 4, 27), date(2026, 7, 19), 0.05, 1.45,
        ),
    ),
)  # fmt: skip
