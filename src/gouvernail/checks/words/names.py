"""Proper names of products: `Calibre 7` and `EasyStay` are names, `Training` and `Home insurance` are words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouvernail.checks.words.tokens import Token, tokens


class ProperNames:
    """Names ready to be found in texts. Titles that are plain words of the language are left out."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[Token, ...]]] = {}
        for title in titles:
            parts = tokens(title)
            if parts and _named(parts):
                self._by_first.setdefault(parts[0].word, []).append(parts)

    def find(self, text: Sequence[Token]) -> list[str]:
        """Return the names in `text`, as written there."""
        found = []
        for at, token in enumerate(text):
            for parts in self._by_first.get(token.word, ()):
                here = text[at : at + len(parts)]
                if [one.text for one in here] == [one.text for one in parts] and _told(here):
                    found.append("".join(_spaced(one, number) for number, one in enumerate(here)))
        return found


def _named(parts: Sequence[Token]) -> bool:
    """A title is a name where it has a digit, a capital within a word or after the first word, or is one word.

    One word alone may be plain (`Training`): `_told` then asks the text.
    """
    return (
        len(parts) == 1 or any(one.number or one.text[0].isupper() for one in parts[1:]) or _strange(parts[0])
    )


def _told(here: Sequence[Token]) -> bool:
    """Whether the text writes it as a name: a capital that no beginning of a sentence explains, or a sign in it."""
    if len(here) > 1 or _strange(here[0]):
        return any(one.text[0].isupper() or one.number for one in here[1:]) or _strange(here[0])
    return here[0].text[0].isupper() and not here[0].opens


def _strange(token: Token) -> bool:
    rest = token.text[1:]
    return rest != rest.lower() or (not token.number and any(sign.isdigit() for sign in rest))


def _spaced(token: Token, number: int) -> str:
    return token.text if not number else f"-{token.text}" if token.joined else f" {token.text}"
