"""Industries: a company's own words, in French or English, to the slug by which benchmarks are filed.

Modest on purpose. A few unmistakable words decide; where they point to two industries, none is meant, and the figure
for all industries stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INDUSTRIES = {
    "animals": r"animal|animaux|veterin|pet food|pets\b",
    "arts": r"arts\b|artist|musee|museum|spectacle|theatre|theater",
    "automotive": r"automobile|automotive|concessionnaire",
    "beauty": r"beaute|beauty|cosmeti",
    "business_services": r"conseil|consult|logiciel|software|saas\b|informatique|it services|business services|"
    r"services aux entreprises",
    "construction": r"construction|batiment|architect|btp\b",
    "consumer_goods": r"consumer goods|consumer products|biens de (?:grande )?consommation|fmcg",
    "ecommerce": r"e-?commerce|boutiques? en ligne|vente en ligne|online shop|web ?shop|online retail",
    "fashion": r"mode\b(?! d)|fashion|vetement|apparel|bijou|jewel|joaill",
    "food": r"agricol|agricult|agroaliment|alimentaire|alimentation|food\b|viticol|viticult",
    "industrial": r"industri|manufactur|usinage|machines?[- ]outils?|machine tools?|capteur|sensor",
    "legal": r"avocat|juridique|law firm|legal services|notaire|lawyer|attorney",
    "pharma": r"pharma|biotech|medicament",
    "real_estate": r"immobili|real estate",
}
"""Slug → how its words begin, without accents, in small letters."""
_GENERAL = frozenset({"industrial", "ecommerce"})
"""Industries that yield to a more special one: a food industry is food, a fashion shop on the web is fashion."""
_PATTERNS = {slug: re.compile(rf"\b(?:{words})") for slug, words in INDUSTRIES.items()}


@lru_cache(maxsize=1024)
def industry_of(words: str) -> str:
    """Return the slug that `words` (a slug itself, or a company's description) point to; empty for none or several."""
    if words in INDUSTRIES:
        return words
    plain = (
        unicodedata.normalize("NFKD", words.casefold().replace("’", " ")).encode("ascii", "ignore").decode()
    )
    found = {slug for slug, pattern in _PATTERNS.items() if pattern.search(plain)}
    special = found - _GENERAL or found
    return special.pop() if len(special) == 1 else ""
