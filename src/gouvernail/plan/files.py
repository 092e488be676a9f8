"""The files of a plan: finding them, and reading their bytes as text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.files import reason, write_whole, writing
from gouvernail.base.text import T
from gouvernail.plan import syntax
from gouvernail.plan.faults import Fault

MAX_BYTES = 64 * 2**20
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def yaml_files(path: Path) -> tuple[list[Path], list[Fault]]:
    """Return the plan files at `path`: itself, or the `*.yaml` and `*.yml` of a folder by name."""
    if path.is_dir():
        found = sorted(
            file for file in path.iterdir() if file.suffix.casefold() in (".yaml", ".yml") and file.is_file()
        )
        return found, [] if found else [syntax.missing_file(str(path))]
    return ([path], []) if path.exists() else ([], [syntax.missing_file(str(path))])


def read_text(path: Path, shown: str) -> tuple[str | None, list[Fault]]:
    """Return the text of a file (UTF-8, or UTF-16 with its mark), or why it is none. Faults name it `shown`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, [syntax.too_large(shown, MAX_BYTES)]
        data = path.read_bytes()
    except OSError as error:
        return None, [syntax.cannot_open(shown, reason(error))]
    return decode(data, shown)


def decode(data: bytes, shown: str) -> tuple[str | None, list[Fault]]:
    """Return `data` as text, or the fault."""
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_undecodable(data, error.start, shown)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROL.search(text)
    if not found:
        return text, []
    if "\0" in text:
        return None, [syntax.not_text(shown)]
    line = text.count("\n", 0, found.start()) + 1
    return None, [syntax.control_character(shown, line, found[0])]


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace the text of a file, whole or not at all; encoding, line ends and permissions stay as they were.

    Args:
        path: the file; where it is a link, what it leads to is written.
        old: the text that `new` was made from, as `read_text` returns it.
        new: the text to write, its lines ended by line feeds.

    Raises:
        UsageError: the file no longer says `old`, or cannot be written.
    """
    with writing(path):
        data = path.read_bytes()
        if decode(data, str(path))[0] != old:
            raise UsageError(
                T("{path} was changed meanwhile: nothing was written. Run the command again.", path=str(path))
            )
        write_whole(path, _encoded(new, data))


def _encoded(text: str, like: bytes) -> bytes:
    """`text` in the encoding and with the line ends of the bytes `like`."""
    encoding, mark = "utf-8", ""
    if like.startswith(_UTF16):
        encoding, mark = ("utf-16-le" if like.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"), "\ufeff"
    elif like.startswith(codecs.BOM_UTF8):
        mark = "\ufeff"
    ends = "\r\n" if "\r\n".encode(encoding) in like else "\n"
    return (mark + text.replace("\n", ends)).encode(encoding)


def _undecodable(data: bytes, at: int, shown: str) -> Fault:
    if b"\0" in data:
        return syntax.not_text(shown)
    line = data.count(b"\n", 0, at) + 1
    words = data.split(b"\n")[line - 1].decode("cp1252", errors="replace")
    if sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > len(data[:4096]) // 20:
        return syntax.not_text(shown)
    return syntax.not_utf8(shown, line, words)
