"""Countries as people write them, folded to ISO 3166 codes; what cannot be read for sure is no country."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

LANGUAGES = ("en", "fr", "de", "it", "es")
_MORE = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "holland": "NL",
         "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US", "the netherlands": "NL", "uae": "AE",
         "czech republic": "CZ", "republique tcheque": "CZ", "suisse romande": "CH"}  # fmt: skip
"""Ways of writing that no dictionary of territories has."""


def country_code(words: str | None) -> str | None:
    """Return the ISO code of a country written as a code of two or three letters or as a name.

    Names in English, French, German, Italian and Spanish are read, without regard to case and accents.
    A name that two countries share is not read.
    """
    plain = _plain(words or "")
    return _names().get(plain)


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale
    from babel.core import get_global

    listed = map(str, Locale("en").territories)
    codes = {code for code in listed if len(code) == 2 and code.isalpha()}
    codes -= {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in sorted((str(code), name) for code, name in Locale(language).territories.items()):
            if code in codes and found.setdefault(_plain(name), code) != code:
                found[_plain(name)] = ""
    threes = {
        _plain(alias): codes_[0]
        for alias, codes_ in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha() and len(codes_) == 1
    }
    found = {**found, **threes, **_MORE, **{code.casefold(): code for code in codes}}
    return {name: code for name, code in found.items() if code}


def _plain(words: str) -> str:
    bare = unicodedata.normalize("NFKD", words.strip().casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
