"""Sentences as data: a template and its values, rendered in the reader's language at the edge.

The library never returns finished prose. It returns a `Text`; web, command line and
report render it. Values keep their type (money, ratio, day …), so that French reads
`CHF 12 500` where English reads `CHF 12,500`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Text:
    """A translatable sentence.

    `template` is the English text and the gettext key, with `{name}` placeholders.
    `plural`, where given, is the template for counts other than one; `values["n"]` decides.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def render(self, language: str = "en") -> str:
        """Return the sentence in `language` ("en" or "fr"), its values formatted for that reader."""
        # Imported here: Babel and gettext cost 0.2 s, and `gouvernail --help` renders nothing.
        from gouvernail.base.render import render_text

        return render_text(self, language)

    def __str__(self) -> str:
        return self.render("en")

    def __hash__(self) -> int:
        return hash((self.template, self.plural, repr(sorted(self.values.items()))))


def T(template: str, /, **values: Any) -> Text:  # noqa: N802 - reads like gettext's own marker
    """Mark `template` for translation and bind its values: `T("{n} rows read.", n=3)`."""
    return Text(template, values)


def TN(singular: str, plural: str, /, n: int, **values: Any) -> Text:  # noqa: N802
    """As `T`, with a plural form chosen by `n` (which the templates may show as `{n}`)."""
    return Text(singular, {"n": n, **values}, plural)


def verbatim(words: str) -> Text:
    """Wrap words that are the user's own (a title, a file name): shown as they are, never translated."""
    return Text("{words}", {"words": words})
