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
COMPANY = (
    "Alpenguss", "Bodensee Antriebe", "Cervin Automation", "Donau Hydraulik", "Elbwerk", "Fribourg Usinage",
    "Glarner Pumpen", "Hallwil Robotik", "Isar Messtechnik", "Jura Décolletage", "Kinzig Getriebe", "Léman Process",
    "Main Zerspanung", "Neckar Ventile", "Ostsee Fördertechnik", "Pfalz Anlagenbau", "Rhein Sensorik",
    "Saale Pharmatechnik", "Thun Maschinenbau", "Ulm Verpackung", "Vevey Énergie", "Weser Kunststoff", "Yverdon Optique",
    "Zollern Präzision",
)  # fmt: skip
FORMS = ("GmbH", "AG", "SA", "GmbH & Co. KG", "Sàrl")


def slug(words: str) -> str:
    """Return `words` as a mail or web name: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
