"""Identifiers: slugs that people can type, and content hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def slugify(words: str) -> str:
    """Return `words` as an id: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def content_hash(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


_BRANDS = {
    "hubspot": "HubSpot",
    "linkedin": "LinkedIn",
    "bigquery": "BigQuery",
    "tiktok": "TikTok",
    "youtube": "YouTube",
}
_PRODUCTS = frozenset({"ads", "analytics", "console"})
"""Words that a brand writes with a capital wherever they stand."""


def source_name(id: str) -> str:
    """Return a readable name for a source's id: `google_ads` is "Google Ads", `ga4` is "GA4", others as a sentence."""
    return " ".join(_source_word(word, first=i == 0) for i, word in enumerate(re.split(r"[_\s]+", id)))


def _source_word(word: str, *, first: bool) -> str:
    if word in _BRANDS:
        return _BRANDS[word]
    if re.search(r"\d", word):
        return word.upper()
    return word.capitalize() if first or word in _PRODUCTS else word
