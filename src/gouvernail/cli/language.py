"""The reader's language on the command line, found without loading Babel: `--help` must stay quick."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.settings import setting
from gouvernail.base.text import LANGUAGES, Text

SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
_CATALOGUES = Path(__file__).parent.parent / "locale" / "fr" / "LC_MESSAGES"


def environment_language() -> str:
    """Return the language of GOUVERNAIL_LANG, else of the system's locale, else English."""
    try:
        chosen = setting("GOUVERNAIL_LANG")
    except UsageError:
        # Read while the commands are being built: the root command complains about it in good form.
        chosen = ""
    if chosen:
        return chosen
    system = next((os.environ[name] for name in SYSTEM if os.environ.get(name)), "")
    return system[:2].casefold() if system[:2].casefold() in LANGUAGES else "en"


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language that `--lang` names among the arguments of the command, else the environment's."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        chosen = value or next(iter(arguments[place + 1 :]), "")
        if name == "--lang" and chosen in LANGUAGES:
            return chosen
    return environment_language()


def words(text: Text) -> str:
    """Return a help text (without values) in the language of the environment."""
    return _french().gettext(text.template) if environment_language() == "fr" else text.template


@cache
def _french() -> gettext.NullTranslations:
    chain = gettext.NullTranslations()
    for path in sorted(_CATALOGUES.glob("cli*.mo")):
        with path.open("rb") as file:
            loaded = gettext.GNUTranslations(file)
        loaded.add_fallback(chain)
        chain = loaded
    return chain
