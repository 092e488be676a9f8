"""Invented names, for the people and companies of the simulated worlds. Mail domains end in `.example`."""

from __future__ import annotations

import re
import unicodedata

FIRST = (
    "Anna", "Beat", "Claire", "Daniel", "Elke", "Felix", "Gabriele", "Hans", "Ines", "Jonas", "Karin", "Laurent",
    "Martina", "Niklas", "Olivia", "Peter", "Regula", "Stefan", "Thomas", "Ursula", "Valérie", "Werner", "Yannick",
    "Zoé", "Luca", "Marco", "Nadia", "Samuel", "Camille", "Inès", "Léa", "Hugo", "Manon", "Théo", "Emma", "Noah",
)  # fmt: skip
LAST = (
    "Ackermann", "Baumann", "Clerc", "Dubois", "Egger", "Favre", "Gerber", "Hofmann", "Imhof", "Jaquet", "Keller",
    "Lehmann", "Meier", "Neumann", "Oberholzer", "Pittet", "Richter", "Schneider", "Tanner", "Vogel", "Weber",
    "Zimmermann", "Bonvin", "Cretton", "Fournier", "Girard", "Lambert", "Moreau", "Petit", "Rossi",
)  # fmt: skip
PLACES = (
    "Aare", "Albis", "Allgäu", "Alpina", "Ammer", "Arve", "Bodan", "Breisgau", "Cervin", "Chiemgau", "Donau", "Dranse",
    "Elbtal", "Emme", "Ergolz", "Filder", "Gäu", "Glarner", "Gruyère", "Hallwil", "Hegau", "Iller", "Isar", "Jorat",
    "Jura", "Kinzig", "Lahn", "Lavaux", "Lech", "Léman", "Limmat", "Main", "Mosel", "Napf", "Neckar", "Ortenau", "Pfalz",
    "Reuss", "Rhein", "Saane", "Schwaben", "Seeland", "Sihl", "Tauber", "Thur", "Töss", "Vallorbe", "Venoge", "Weser",
    "Zollern",
)  # fmt: skip
TRADES = (
    "Antriebe", "Abfülltechnik", "Anlagenbau", "Automation", "Décolletage", "Druckguss", "Dosiertechnik", "Fördertechnik",
    "Getriebe", "Hydraulik", "Industrie", "Kunststoff", "Maschinenbau", "Mécanique", "Messtechnik", "Optique", "Pharma",
    "Pneumatik", "Pompes", "Process", "Robotik", "Stahlbau", "Systèmes", "Technologies", "Usinage", "Ventile",
    "Verpackung", "Werkzeuge", "Zerspanung", "Énergie",
)  # fmt: skip
FORMS = {
    "CH": ("AG", "SA", "GmbH", "Sàrl"),
    "DE": ("GmbH", "GmbH & Co. KG", "AG"),
    "FR": ("SA", "SAS", "SARL"),
    "": ("Ltd", "& Co.", "Group"),
}
"""Legal forms by country; the empty key stands for all others."""


def slug(words: str) -> str:
    """Return `words` as a mail or web name: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
