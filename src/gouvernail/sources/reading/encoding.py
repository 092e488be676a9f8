"""Which encoding a text file is in, told from its bytes, and its way to UTF-8.

Order of proof (FORMATS §0): byte order mark, NUL bytes between letters (UTF-16 without mark), strict UTF-8,
then Windows-1252 against Mac Roman, decided by which of the two reads like words.
"""

from __future__ import annotations

import codecs
import mmap
import re
from pathlib import Path

BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CAPITAL_WITHIN = re.compile("[a-zß-ÿ][À-ÖØ-Þ]")
_EXPECTED = frozenset("éèàêçùôîâûëïüöäñáíóúãõßÉÈÀÊÇÜÖÄ’‘“”…€–—«»°")


def find_encoding(path: Path) -> str | None:
    """Return the codec name of a text file, or None where the bytes are not text."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if start.count(b"\0") > len(start) // 100 + 1:
        return _interleaved(start)
    odd = sum(start.count(bytes([code])) for code in (*range(1, 9), *range(14, 27)))
    if odd > len(start) // 50 + 1:
        return None
    damaged = _not_utf8(path)
    return "utf-8" if damaged is None else _legacy(damaged)


def transcode(path: Path, encoding: str, target: Path) -> None:
    """Write `path` as UTF-8 without mark into `target`, block by block; what cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as source, target.open("wb") as out:
        while block := source.read(BLOCK):
            out.write(decoder.decode(block).encode("utf-8", "replace"))
        out.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))


def is_untidy(path: Path) -> bool:
    """Return whether the engine's parser would stumble: NUL bytes, or line ends of two kinds (CR LF and LF alone)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"\0") >= 0:
            return True
        if content.find(b"\r") < 0:
            return False
    with path.open("rb") as file:
        return any(not line.endswith(b"\r\n") for line in file if line.endswith(b"\n"))


def tidy(path: Path, target: Path) -> None:
    """Write `path` into `target` without NUL bytes and with LF for every CR LF; lines keep their numbers."""
    with path.open("rb") as source, target.open("wb") as out:
        for line in source:
            plain = line.replace(b"\0", b"")
            out.write(plain[:-2] + b"\n" if plain.endswith(b"\r\n") else plain)


def _interleaved(start: bytes) -> str | None:
    """UTF-16 without mark: in Western text, nearly all odd (or even) bytes are NUL."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = max(len(start) // 2, 1)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _not_utf8(path: Path) -> bytes | None:
    """Return a stretch of bytes around the first fault, or None when all is valid UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return block
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return b"\xff"
    return None


def _legacy(stretch: bytes) -> str:
    """Letters that Western words hold speak for a codec; a capital within a word (`clicksÉ` for `clicks…`) against it."""

    def likeness(name: str) -> int:
        text = stretch.decode(name, "replace")
        return sum(1 for letter in text if letter in _EXPECTED) - 2 * len(_CAPITAL_WITHIN.findall(text))

    return "mac-roman" if likeness("mac-roman") > likeness("cp1252") else "cp1252"
