"""Two texts as one: what stays, what went and what came, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

LEAST = 24
"""Shorter texts are shown one after the other: that is easier to read than a difference."""
ALIKE = 0.4
"""Texts less alike are two texts, not one with changes."""
MOST = 4000
"""Characters beyond which two texts are not compared word by word."""
AROUND = 60
"""Characters kept on either side of a change; what lies farther is left out."""
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True)
class Stretch:
    """A stretch of text: `same`, `gone` or `new`."""

    kind: str
    text: Any


def difference(old: Any, new: Any) -> tuple[Stretch, ...]:
    """Return two texts, or two lists, as one with what changed; empty where that would not be easier to read."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _of_lists(old, new)
    if not (isinstance(old, str) and isinstance(new, str)):
        return ()
    if not LEAST <= min(len(old), len(new)) <= max(len(old), len(new)) <= MOST:
        return ()
    words = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < ALIKE:
        return ()
    return tuple(_shortened(list(_stretches(matcher, *words))))


def _of_lists(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Stretch, ...]:
    """Lists line by line: what stays is left out, a line."""
    gone = [Stretch("gone", one) for one in old if one not in new]
    came = [Stretch("new", one) for one in new if one not in old]
    return (*gone, *came)


def _stretches(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Stretch]:
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Stretch("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Stretch("gone", "".join(old[i:j]))
        if k < m:
            yield Stretch("new", "".join(new[k:m]))


def _shortened(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    for n, one in enumerate(stretches):
        text, first, last = one.text, n == 0, n == len(stretches) - 1
        if one.kind != "same" or len(text) <= 2 * AROUND + 20:
            yield one
            continue
        head = "" if first else text[:AROUND].rpartition(" ")[0]
        tail = "" if last else text[-AROUND:].partition(" ")[2]
        yield Stretch("same", f"{head} … {tail}")
