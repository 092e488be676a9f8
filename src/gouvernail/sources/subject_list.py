"""A list of subjects (persons, customers, shops): a text file of one a line, or a column of any table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading import open_file
from gouvernail.sources.reading.encoding import find_encoding
from gouvernail.sources.values.headers import normalise

if TYPE_CHECKING:
    from gouvernail.sources.reading import Opened, Sheet

HEADERS = (
    "subject",
    "subject_id",
    "subject id",
    "user",
    "user_id",
    "user id",
    "user_pseudo_id",
    "client_id",
    "customer",
    "customer_id",
    "customer id",
    "person",
    "visitor",
    "visitor_id",
    "account_id",
    "id",
    "email",
    "sujet",
    "utilisateur",
    "client",
    "personne",
    "visiteur",
    "identifiant",
    "no client",
)
"""Headers known for the column of subjects, as `normalise` writes them; the surest first."""
TELLING = frozenset(
    "id ids subject subjects user users customer customers client clients visitor person account member code email uuid "
    "household shop store sujet sujets utilisateur personne visiteur identifiant compte membre foyer magasin".split()
)
"""Words of a heading, where a file has one column only: without one of them, its first line is a subject."""
LONGEST = 500
"""Letters of a subject's name; beyond, a quote was never closed."""
_CHUNK = 10_000
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f]")


def read_subjects(path: Path, column: str | None = None) -> Iterator[str]:
    """Yield the subjects of a file in its order, spaces around them taken off; empty cells are left out.

    The column is the one named, else the first that is called as such columns are; a file of one column without such
    a heading holds a subject on every line.

    Raises:
        SourceError: the file cannot be opened, has no such column, or a line is broken.
    """
    import duckdb

    with open_file(path) as opened, duckdb.connect() as connection:
        if opened.kind == "text" and all(_narrow(sheet) for sheet in opened.sheets):
            yield from _lines(path, column)
            return
        if not opened.sheets or not opened.sheets[0].head:
            raise SourceError(T("{file} is empty.", file=path.name))
        header, place = _column(opened.sheets[0], path, column)
        for sheet in _parts(opened, place):
            top = header if sheet is opened.sheets[0] else -1
            cells = sheet.relation(connection, top, len(sheet.head[max(top, 0)].cells))
            found = connection.execute(f"SELECT c{place} FROM {cells}")  # noqa: S608 - the name is ours
            while rows := found.fetchmany(_CHUNK):
                yield from _told((cell for (cell,) in rows), path)


def _narrow(sheet: Sheet) -> bool:
    return all(len(row.cells) == 1 for row in sheet.head)


def _lines(path: Path, column: str | None) -> Iterator[str]:
    """Yield the lines of a list: in one column, blank lines and number signs part nothing."""
    with path.open(encoding=find_encoding(path) or "utf-8", errors="replace", newline="") as file:
        cells = (
            row[0].lstrip("\ufeff") for row in csv.reader(file, delimiter="\x1f") if row and row[0].strip()
        )
        first = next(cells, None)
        if first is None:
            raise SourceError(T("{file} is empty.", file=path.name))
        if column is not None and normalise(column) != normalise(first):
            raise _unknown(path, column, [first])
        words = TELLING & set(re.split(r"[\s_.-]+", normalise(first)))
        headed = column is not None or (words and not re.search(r"[\d@]", first))
        yield from _told(cells if headed else chain([first], cells), path)


def _column(sheet: Sheet, path: Path, column: str | None) -> tuple[int, int]:
    """Return the header's row and the place of the column."""
    wanted = (normalise(column),) if column is not None else HEADERS
    for number, row in enumerate(sheet.head[:30]):
        cells = [normalise(cell) for cell in row.cells]
        known = next((one for one in wanted if one in cells), None)
        if known is not None:
            return number, cells.index(known)
    raise _unknown(path, column, sheet.head[0].cells)


def _parts(opened: Opened, place: int) -> Iterator[Sheet]:
    """Yield the table and, in a text file, what a blank line cut off it.

    Raises:
        SourceError: what follows the blank line is another table, or a quotation mark is never closed.
    """
    for sheet in opened.sheets if opened.kind == "text" else opened.sheets[:1]:
        for fault in sheet.faults:
            if fault.kind == "unclosed":
                raise SourceError(
                    T(
                        "Line {line}: a quotation mark is never closed. Mend it and try again.",
                        line=fault.line,
                    )
                )
        if not sheet.head or len(sheet.head[0].cells) <= place:
            line = sheet.head[0].line if sheet.head else 1
            raise SourceError(
                T("Line {line}: another table begins here. Keep one table in the file.", line=line)
            )
        yield sheet


def _unknown(path: Path, column: str | None, top: Sequence[str]) -> SourceError:
    found = ", ".join(f"“{cell[:40]}”" for cell in top[:6]) or "–"
    if column is not None:
        return SourceError(
            T("{file} has no column “{column}”: {found} found.", file=path.name, column=column, found=found)
        )
    return SourceError(
        T(
            "{file} does not say which column names the subjects: {found} found. Name it with --column.",
            file=path.name,
            found=found,
        )
    )


def _told(cells: Iterable[str | None], path: Path) -> Iterator[str]:
    for cell in cells:
        subject = (cell or "").strip()
        if len(subject) > LONGEST or _NO_TEXT.search(subject):
            raise SourceError(
                T(
                    "{file}: “{subject}…” is no name of a subject: it is too long or holds signs that are no text.",
                    file=path.name,
                    subject=_NO_TEXT.sub(" ", subject[:30]),
                )
            )
        if subject:
            yield subject
