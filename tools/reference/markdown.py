"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; cells may hold anything that has a `str`."""
    lines = [_row(header), _row(["---"] * len(header))]
    lines += [_row([cell(value) for value in row]) for row in rows]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(value) for value in cells) + " |"


def cell(value: object) -> str:
    """Return `value` as it may stand in a table: no line break, no bar; empty for None."""
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def code(words: object) -> str:
    """Return the words as code, empty when there are none."""
    return f"`{words}`" if words not in (None, "") else ""


def codes(items: Iterable[object]) -> str:
    """Return several words as code, parted by commas."""
    return ", ".join(code(item) for item in items)
