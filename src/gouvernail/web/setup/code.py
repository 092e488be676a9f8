"""The one-time code that guards the first start: shown in the terminal, kept in the home folder until it is used."""

from __future__ import annotations

import secrets
from pathlib import Path

from gouvernail.web import environment

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""
_PARTS, _LENGTH = 3, 4


def code() -> str:
    """Return the code, made on first use and readable by its owner only."""
    return environment.kept(_file(), _made)


def fits(given: str) -> bool:
    """Return whether somebody typed the code; spaces, dashes and capitals do not matter."""
    try:
        kept = _file().read_text("utf-8")
    except FileNotFoundError:
        return False
    return secrets.compare_digest(_plain(given), _plain(kept))


def use_up() -> bool:
    """Take the code out of the world; False where somebody else was quicker."""
    try:
        _file().unlink()
    except FileNotFoundError:
        return False
    return True


def _made() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(_LENGTH)) for _ in range(_PARTS))


def _plain(words: str) -> bytes:
    return "".join(letter for letter in words.casefold() if letter.isalnum()).encode()


def _file() -> Path:
    return environment.home() / "setup-code"
