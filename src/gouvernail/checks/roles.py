"""What a job title is about, across languages: “chef d’usine” and “Plant Manager” are one function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

FUNCTIONS: Mapping[str, str] = {
    "purchasing": "purchas procure buyer buying achat acheteu approvisionn einkauf einkaeuf beschaff sourcing",
    "production": "plant product usine fabri werk factory manufactur betriebsleit atelier",
    "technical": "techni engineer ingeni entwick development developpement r&d research recherche cto konstrukt",
    "maintenance": "mainten instandh wartung entretien",
    "quality": "qualit",
    "general": "ceo geschaft owner founder fondat inhab president proprietaire gerant pdg managing",
    "finance": "financ cfo comptab account buchhalt controll tresor",
    "marketing": "marketing cmo communicat komm brand marke",
    "sales": "sales vente vendeu commercial verkauf vertrieb",
    "it": "informati it cio system edv software",
    "people": "hr rh human personal ressources",
    "logistics": "logisti supply lager entrepot warehouse",
    "student": "student etudiant schuler eleve praktikant stagiaire intern",
    "operations": "operation coo exploitation",
}
"""Function → beginnings of the words by which it is known, in English, French and German, without accents."""

_SHORT = 3
"""Beginnings of up to so many letters must be the whole word."""


@lru_cache(maxsize=4096)
def functions(title: str) -> frozenset[str]:
    """Return the functions that a job title names; empty where no word is known."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss").replace("’", " "))
    words = re.findall(r"[a-z&]+", plain.encode("ascii", "ignore").decode())
    return frozenset(
        function
        for function, starts in FUNCTIONS.items()
        for start in starts.split()
        if any(word == start or (len(start) > _SHORT and word.startswith(start)) for word in words)
    )
