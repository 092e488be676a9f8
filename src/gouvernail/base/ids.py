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


def source_name(id: str) -> str:
    """Return a readable name for a source's id: `google_ads` is "Google Ads", `ga4` is "GA4"."""
    known = {"hubspot": "HubSpot", "linkedin_ads": "LinkedIn Ads", "bigquery": "BigQuery"}
    words = [
        word.upper() if re.search(r"\d", word) else word.capitalize() for word in re.split(r"[_\s]+", id)
    ]
    return known.get(id) or " ".join(words)
