"""Persons become pseudonyms before anything is stored: a keyed hash that only this workspace can make again."""

from __future__ import annotations

import hashlib
import hmac

LENGTH = 32
"""Hexadecimal digits kept: 128 bits, beyond any chance of two persons falling together."""
_BLOCK = 64


def pseudonym(secret: bytes, person: str) -> str:
    """Return the pseudonym of an e-mail address, a customer number or a cookie (HMAC-SHA256)."""
    return hmac.new(secret, person.strip().lower().encode(), hashlib.sha256).hexdigest()[:LENGTH]


def sql_pseudonym(raw: str, secret: bytes) -> str:
    """Return the SQL that makes the same pseudonym (RFC 2104 written out over the engine's SHA-256)."""
    key = (hashlib.sha256(secret).digest() if len(secret) > _BLOCK else secret).ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))
    inside = f"sha256({_blob(inner)} || encode(lower(trim({raw}))))"
    return f"left(sha256({_blob(outer)} || unhex({inside})), {LENGTH})"


def _blob(data: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in data) + "'::BLOB"
