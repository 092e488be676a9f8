"""Entries of a catalogue printed: a table of them, one as pairs, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typer

from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio

LABELS = {
    "name": T("Name"),
    "meaning": T("Meaning"),
    "unit": T("Unit"),
    "better": T("Better"),
    "made_of": T("Made of"),
    "additive": T("Adds up over time"),
    "vanity": T("Says nothing by itself"),
    "family": T("Family"),
    "title": T("Vendor"),
    "tables": T("Fills"),
    "about": T("About"),
    "market": T("Market"),
    "stages": T("Stages"),
    "term": T("Term"),
    "ages": T("Share of each age that uses it"),
    "source": T("Said by"),
    "market_source": T("Market said by"),
    "metrics": T("Usual metrics"),
    "skills": T("Skills it needs"),
    "url": T("To be read at"),
    "not_verified": T("Ages whose figure is not verified"),
    "countries": T("Share of the country that uses it"),
    "countries_source": T("Country said by"),
    "own": T("Told by your plan"),
}


def print_json(rows: list[dict[str, Any]]) -> None:
    """Print rows for other programs."""
    typer.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=str))


def print_pairs(row: dict[str, Any], language: str) -> None:
    """Print one entry: what each of its values is called, and the value."""
    from rich.markup import escape

    from gouvernail.cli.printing import console, table

    made = table("", "")
    for name, value in row.items():
        label = LABELS[name].render(language) if name in LABELS else name
        made.add_row(label, escape(_cell(value, language)))
    console().print(made)


def _cell(value: Any, language: str) -> str:
    match value:
        case bool():
            return (T("yes") if value else T("no")).render(language)
        case list() | tuple():
            return ", ".join(map(str, value))
        case dict():
            return ", ".join(
                f"{key} {T('{share}', share=Ratio(part, 0)).render(language)}" for key, part in value.items()
            )
        case _:
            return str(value)


def print_table(headings: tuple[Text, ...], rows: Iterable[tuple[str, ...]], language: str) -> None:
    """Print rows of cells under headings."""
    from rich.markup import escape

    from gouvernail.cli.printing import console, table

    made = table(*(heading.render(language) for heading in headings))
    for row in rows:
        made.add_row(*(escape(cell) for cell in row))
    console().print(made)
