"""From a path to tables of raw text, whatever the container, encoding and delimiter.

    with open_file(path) as opened:
        for sheet in opened.sheets: …

Compressed or oddly encoded files are unpacked into a temporary folder that lives as long as the opened file.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.reading import container
from gouvernail.sources.reading.sheet import Fault, Row, Sheet

__all__ = ["Fault", "Opened", "Row", "Sheet", "open_file"]


@dataclass
class Opened:
    """A file whose container, encoding and shape are known."""

    path: Path
    kind: str
    """text, xlsx, parquet, json, zip or gz"""
    sheets: tuple[Sheet, ...]
    folder: tempfile.TemporaryDirectory[str]

    def close(self) -> None:
        """Remove what was unpacked."""
        self.folder.cleanup()

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_file(path: Path) -> Opened:
    """Open an export.

    Raises:
        SourceError: nothing in the file can be read; the sentence says why and how to mend it.
    """
    folder = tempfile.TemporaryDirectory(prefix="gouvernail-")
    try:
        kind = container.kind_of(path)
        sheets = _read(path, kind, Path(folder.name), depth=0)
        for sheet in sheets:
            sheet.beside = tuple(other for other in sheets if other is not sheet)
    except BaseException:
        folder.cleanup()
        raise
    return Opened(path, kind, sheets, folder)


def _read(path: Path, kind: str, folder: Path, depth: int) -> tuple[Sheet, ...]:
    match kind:
        case "gz" | "zip" if depth > 1:
            raise SourceError(T("The archive holds archives in archives: unpack it yourself first."))
        case "gz":
            inner = container.unpack_gz(path, folder)
            return _read(inner, container.kind_of(inner), folder / "in", depth + 1)
        case "zip":
            return _read_members(path, folder, depth)
        case "xlsx":
            from gouvernail.sources.reading.workbook import read_workbook

            return read_workbook(path)
        case "parquet":
            from gouvernail.sources.reading.columnar import read_parquet

            return read_parquet(path)
        case "json" | "text":
            return _read_text(path, kind, folder)
    raise SourceError(T("The file is not a table: export it as CSV or XLSX."))


def _read_members(path: Path, folder: Path, depth: int) -> tuple[Sheet, ...]:
    """The tables of all members that can be read; the archive fails only where none can."""
    sheets: list[Sheet] = []
    fault: SourceError | None = None
    for member in container.unpack_zip(path, folder / f"zip{depth}"):
        try:
            sheets += _read(member, container.kind_of(member), member.parent / "in", depth + 1)
        except SourceError as error:
            fault = error
    if not sheets:
        raise fault or SourceError(T("The archive is empty: download it again."))
    return tuple(sheets)


def _read_text(path: Path, kind: str, folder: Path) -> tuple[Sheet, ...]:
    from gouvernail.sources.reading import delimited
    from gouvernail.sources.reading.encoding import find_encoding, is_untidy, tidy, transcode
    from gouvernail.sources.reading.records import read_records

    encoding = find_encoding(path)
    if encoding is None:
        raise SourceError(T("The file is not text: export it as CSV or XLSX."))
    if encoding != "utf-8":
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{path.stem}.utf8"
        transcode(path, encoding, target)
        path = target
    if kind == "json":
        return read_records(path)
    if path.stat().st_size > delimited.SMALL and is_untidy(path):
        folder.mkdir(parents=True, exist_ok=True)
        plain = folder / f"{path.stem}.lines"
        tidy(path, plain)
        path = plain
    return delimited.read_delimited(path)
