"""What the cells of a column prove: that they are numbers, their decimal mark, their date style."""

from __future__ import annotations

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading import Row, Sheet
from gouvernail.sources.values.dates import Style, find_style
from gouvernail.sources.values.headers import is_continental
from gouvernail.sources.values.numbers import Mark, find_mark


def column_sample(sheet: Sheet, header: int, position: int) -> list[str]:
    """Return the raw cells of a column among the rows at hand (all of them for a small file)."""
    rows: tuple[Row, ...] = getattr(sheet, "rows", ()) or sheet.head
    return [row.cells[position] for row in rows[header + 1 :] if position < len(row.cells)]


def holds_numbers(sheet: Sheet, header: int, position: int) -> bool:
    """Return whether every filled cell of a column holds a digit, among the first rows at hand."""
    held = [cell for cell in column_sample(sheet, header, position)[:200] if cell.strip()]
    return bool(held) and all(any(letter.isdigit() for letter in cell) for cell in held)


def column_mark(sheet: Sheet, header: int, position: int) -> Mark:
    """Return the decimal mark of a column; where nothing proves one, that of the headers' language."""
    continental = is_continental(sheet.head[header].cells)
    return find_mark(column_sample(sheet, header, position)) or ("," if continental else ".")


def choose_style(sample: list[str], header: str, day_first: bool | None) -> Style:
    """Return the date style of a column.

    Raises:
        SourceError: `03/04/2026` could be March or April and nothing decides.
    """
    style = find_style(sample, day_first)
    if style == "ambiguous":
        raise SourceError(
            T(
                "The dates of “{column}” can be read as day/month or month/day (such as {example}): "
                "export them as YYYY-MM-DD, or say which in a mapping file.",
                column=header,
                example=sample[0],
            )
        )
    return style or "iso"
