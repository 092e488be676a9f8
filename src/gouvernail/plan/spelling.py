"""What someone probably meant: days, numbers and names written the way people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from gouvernail.base.suggest import closest

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("title",),
    "nom": ("title",),
    "titre": ("title",),
    "description": ("text",),
    "texte": ("text",),
    "parent": ("serves",),
    "parents": ("serves",),
    "sert": ("serves",),
    "responsible": ("owner",),
    "responsable": ("owner",),
    "deadline": ("due", "end"),
    "echeance": ("due", "end"),
    "end": ("due",),
    "end_date": ("due", "end"),
    "start_date": ("start", "since"),
    "debut": ("start", "since"),
    "fin": ("due", "end"),
    "goal": ("target",),
    "cible": ("target",),
    "kpi": ("metric", "kpis"),
    "indicator": ("metric",),
    "indicateur": ("metric",),
    "cost": ("budget", "amount"),
    "amount": ("budget",),
    "montant": ("amount", "budget"),
    "canal": ("channel",),
    "media": ("channel",),
    "utm": ("tracking",),
    "company": ("organisation",),
    "organization": ("organisation",),
    "entreprise": ("organisation",),
    "goals": ("objectives",),
    "objectifs": ("objectives",),
    "valeurs": ("values",),
    "campaigns": ("actions",),
    "campagnes": ("actions",),
    "budgets": ("envelopes",),
    "kpis": ("metrics", "metric"),
    "persons": ("people",),
    "personnes": ("people",),
    "equipes": ("teams",),
    "quotidien": ("daily",),
    "hebdomadaire": ("weekly",),
    "mensuel": ("monthly",),
    "trimestriel": ("quarterly",),
    "semestriel": ("half_yearly",),
    "annuel": ("yearly",),
    "annual": ("yearly",),
    "haut_de_gamme": ("premium",),
    "luxe": ("luxury",),
    "force": ("strength",),
    "faiblesse": ("weakness",),
    "opportunite": ("opportunity",),
    "menace": ("threat",),
    "en_cours": ("running",),
    "active": ("running",),
    "termine": ("done",),
    "finished": ("done",),
    "english": ("en",),
    "french": ("fr",),
    "francais": ("fr",),
}
_MONTHS = (
    ("january", "janvier", "jan"),
    ("february", "fevrier", "feb"),
    ("march", "mars", "mar"),
    ("april", "avril", "apr"),
    ("may", "mai"),
    ("june", "juin", "jun"),
    ("july", "juillet", "jul"),
    ("august", "aout", "aug"),
    ("september", "septembre", "sep"),
    ("october", "octobre", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
_CURRENCY = re.compile(r"(?i)chf|eur|usd|gbp|fr\.|[€$£]")


def name(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that `word` probably stands for, or None."""
    names = list(known)
    plain = _fold(word)
    for meant in (plain, *_SYNONYMS.get(plain, ())):
        if meant in names and meant != word:
            return meant
    return closest(plain, names)


def day(words: str) -> str | None:
    """Return the ISO day that `words` say without ambiguity (1.9.2026, 30/06/2026, 1 September 2026), or None."""
    numbers = [int(part) for part in re.findall(r"[0-9]+", words)]
    if re.fullmatch(r"\s*[0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}\s*", words):
        return _iso(*numbers)
    if re.fullmatch(r"\s*[0-9]{1,2}([-/. ])\s?[0-9]{1,2}\1\s?[0-9]{4}\s*", words):
        first, second, year = numbers
        if "." in words or first > 12 or first == second:
            return _iso(year, second, first)
        return _iso(year, first, second) if second > 12 else None
    if match := re.fullmatch(r"\s*([0-9]{1,2})(?:er|st|nd|rd|th|\.)?\s+([^\W\d]+)\.?\s+([0-9]{4})\s*", words):
        return _iso(int(match[3]), _month(match[2]), int(match[1]))
    if match := re.fullmatch(r"\s*([^\W\d]+)\.?\s+([0-9]{1,2}),?\s+([0-9]{4})\s*", words):
        return _iso(int(match[3]), _month(match[1]), int(match[2]))
    return None


def number(words: str) -> str | None:
    """Return the number that `words` say without ambiguity (1'200'000, CHF 1 200.50, 20 %, 1.2M), or None."""
    plain = _CURRENCY.sub("", words)
    plain = re.sub(r"[\s'’_\u202f\u00a0]", "", plain).rstrip(".–-")
    match = re.fullmatch(r"([-+]?)([0-9.,]+)(%|[kKmM])?", plain)
    if not match or not (digits := _decimal_point(match[2])):
        return None
    try:
        value = Decimal(match[1] + digits)
    except InvalidOperation:
        return None
    factor = {"%": Decimal("0.01"), "k": Decimal(1000), "m": Decimal(10**6)}.get((match[3] or "").casefold())
    return f"{value:f}" if factor is None else f"{(value * factor).normalize():f}"


def _decimal_point(digits: str) -> str | None:
    """`digits` with a point for decimals and nothing else, None where it could be read in two ways."""
    marks = re.findall(r"[.,]", digits)
    if not marks or marks == ["."]:
        return digits
    if len(set(marks)) == 1 and len(marks) > 1:
        return digits.replace(marks[0], "")
    if marks == [","]:
        whole, _, rest = digits.partition(",")
        return None if len(rest) == 3 and whole != "0" else f"{whole}.{rest}"
    thousands = marks[0]
    return digits.replace(thousands, "").replace(",", ".") if marks.count(marks[-1]) == 1 else None


def _fold(words: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[\s-]+", "_", ascii_only.strip().casefold())


def _month(word: str) -> int:
    plain = _fold(word)
    return next((i for i, names in enumerate(_MONTHS, 1) if plain in names), 0)


def _iso(year: int, month: int, dom: int) -> str | None:
    try:
        return date(year, month, dom).isoformat()
    except ValueError:
        return None
