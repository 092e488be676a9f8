"""Header names made comparable: case, accents of encoding, apostrophes and spaces no longer matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gouvernail.sources.values.currencies import CODES

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_CODE_IN_HEADER = re.compile(r"^(?P<name>.+?)[ _]*[(\[](?P<code>[A-Za-z]{3})[)\]]$")


@lru_cache(maxsize=20_000)
def normalise(header: str) -> str:
    """Return a header in its comparable form: `Montant dÃ©pensÃ©` and `Montant  dépensé` are one."""
    words = repair(header.strip().lstrip("\ufeff"))
    if words.startswith('="') and words.endswith('"'):
        words = words[2:-1]
    plain = unicodedata.normalize("NFKC", words).translate(_APOSTROPHES)
    return re.sub(r"\s+", " ", plain).strip(" \"'").casefold()


def repair(words: str) -> str:
    """Return UTF-8 text that was once read as Latin-1 (`dÃ©pensÃ©`), mended; any other text unchanged."""
    if not re.search("[ÃÂâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]", words):
        return words
    for codec in ("latin-1", "cp1252"):
        try:
            return words.encode(codec).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return words


def split_currency(header: str) -> tuple[str, str | None]:
    """Return (`montant dépensé`, `EUR`) for `Montant dépensé (EUR)`; no code where there is none."""
    found = _CODE_IN_HEADER.match(header.strip())
    if found and found["code"].upper() in CODES:
        return normalise(found["name"]), found["code"].upper()
    return normalise(header), None


_DAY_FIRST_WORDS = frozenset(
    "coût coûts clics jour campagne devise montant début fin nom requêtes pays appareil appareils répétition dépensé "
    "couverture prospects commande création phase étape affaire montant custo cliques dia campanha impressões data "
    "kosten klicks tag kampagne währungscode datum importe clics fecha campaña costo giorno".split()
)


def is_continental(headers: tuple[str, ...]) -> bool:
    """Return whether headers are French, German, Portuguese, Spanish or Italian: day before month, decimal comma."""
    return any(word in _DAY_FIRST_WORDS for header in headers for word in normalise(header).split())
