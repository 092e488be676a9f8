"""Small pieces of sentences that several rules need."""

from __future__ import annotations

from collections.abc import Iterable

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Element


def quoted(elements: Iterable[Element], most: int = 4) -> list[Text]:
    """Return the names of the first `most` elements, each in the quotation marks of the reader's language."""
    return [T("“{name}”", name=element.name) for element in list(elements)[:most]]
