"""What kind of file it is (magic bytes before extension), and what is inside a .gz or a .zip.

Compressed files are unpacked into a temporary folder, block by block and within bounds, so that a zip bomb costs a
sentence and not the disk.
"""

from __future__ import annotations

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from gouvernail.base.errors import SourceError
from gouvernail.base.files import reason
from gouvernail.base.text import T, Text

BLOCK = 1 << 20
MAX_MEMBERS = 200
MAX_UNPACKED = 8 << 30
MAX_RATIO = 200
"""Real exports pack 5 to 20 times smaller; beyond this ratio (and 50 MB) it is an attack or a mistake."""
RATIO_FROM = 50 << 20
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format 3",
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python raises over an archive that it cannot read (NotImplementedError is a RuntimeError)."""


def complaint(error: Exception) -> Text:
    """Return why an archive cannot be read, and what to do, by what Python said of it."""
    if isinstance(error, NotImplementedError):
        return T(
            "The archive is compressed in a way that cannot be read here: unpack it and bring what is in it."
        )
    if isinstance(error, RuntimeError) and "password" in str(error):
        return T("The archive is protected by a password: unpack it and bring what is in it.")
    return T("The archive is damaged or incomplete: download it again.")


def kind_of(path: Path) -> str:
    """Return gz, xlsx, zip, parquet, json, text or binary, by the first bytes.

    Raises:
        SourceError: the file is missing, empty or of the old Excel format.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise SourceError(
            T("The file cannot be opened: {why}.", why=reason(error)), permanent=False
        ) from error
    if not start:
        raise SourceError(T("The file is empty: export it again."))
    if start.startswith(b"\x1f\x8b"):
        return "gz"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(_OLD_EXCEL):
        raise SourceError(T("This is an old Excel file (.xls): save it as .xlsx or CSV and import that."))
    if start.startswith(_BINARY):
        return "binary"
    return (
        "json"
        if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _is_json(path, start)
        else "text"
    )


def _is_json(path: Path, start: bytes) -> bool:
    """`[SEARCH] brand,12` is a CSV row: JSON goes on with a quote, a brace, a bracket or a number."""
    rest = start.lstrip(b"\xef\xbb\xbf \t\r\n")[1:].lstrip()
    return rest[:1] in (b'"', b"{", b"}", b"]", b"[") or path.suffix.casefold() in (
        ".json",
        ".jsonl",
        ".ndjson",
    )


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except UNREADABLE as error:
        raise SourceError(complaint(error)) from error
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def unpack_gz(path: Path, folder: Path) -> Path:
    """Return the unpacked content of a .gz file, in `folder`."""
    target = folder / (path.stem or "content")
    try:
        with gzip.open(path, "rb") as source:
            _copy(source, target, path.stat().st_size)
    except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
        raise SourceError(T("The compressed file is damaged or incomplete: download it again.")) from error
    return target


def unpack_zip(path: Path, folder: Path) -> tuple[Path, ...]:
    """Return the members of a .zip file, unpacked under numbered names (member paths are never trusted)."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
            if len(members) > MAX_MEMBERS:
                raise SourceError(
                    T(
                        "The archive holds {n} files; at most {most} are read.",
                        n=len(members),
                        most=MAX_MEMBERS,
                    )
                )
            left = MAX_UNPACKED
            return tuple(
                _unpack_member(archive, member, folder / f"{number:03}" / Path(member.filename).name, left)
                for number, member in enumerate(members)
            )
    except SourceError:
        raise
    except UNREADABLE as error:
        raise SourceError(complaint(error)) from error


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limit: int) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source:
        _copy(source, target, member.compress_size, limit)
    return target


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, packed: int, limit: int = MAX_UNPACKED) -> None:
    done = 0
    read: Callable[[int], bytes] = source.read
    with target.open("wb") as out:
        while block := read(BLOCK):
            done += len(block)
            if done > limit or (done > RATIO_FROM and done > MAX_RATIO * max(packed, 1)):
                raise SourceError(
                    T("The archive unpacks to far more than its size: it was left unread, for safety.")
                )
            out.write(block)
