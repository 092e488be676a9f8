"""The reader's language on the command line, found without loading Babel: `--help` must stay quick."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

from gouvernail.base.text import LANGUAGES, Text

_CATALOGUE = Path(__file__).parent.parent / "locale" / "fr" / "LC_MESSAGES" / "cli.mo"


def environment_language() -> str:
    """Return the language of GOUVERNAIL_LANG, else of the system's locale, else English."""
    for name in ("GOUVERNAIL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        word = os.environ.get(name, "")[:2].casefold()
        if word in LANGUAGES:
            return word
        if word and name != "GOUVERNAIL_LANG":
            break
    return "en"


def words(text: Text) -> str:
    """Return a help text (without values) in the language of the environment."""
    return _french().gettext(text.template) if environment_language() == "fr" else text.template


@cache
def _french() -> gettext.NullTranslations:
    if not _CATALOGUE.exists():
        return gettext.NullTranslations()
    with _CATALOGUE.open("rb") as file:
        return gettext.GNUTranslations(file)
