"""`gouvernail plan check --fix`: show what would be written, ask, write."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from gouvernail.base.errors import UsageError
from gouvernail.base.text import TN, T
from gouvernail.cli.language import environment_language
from gouvernail.cli.printing import console

if TYPE_CHECKING:
    from rich.console import Console

    from gouvernail.plan.mending import Mended, Mending

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def fix_plan(path: Path, lang: str | None, *, write: bool, ask: bool, stderr: bool) -> None:
    """Put right what is mechanical in the plan at `path`; the difference is shown first.

    Side effects: writes the plan's files, where `write` is true and the reader agrees (or `ask` is false).

    Raises:
        typer.Exit: status 1 where `write` is false and there is something to write.
        UsageError: nobody is there to answer; a file cannot be written.
    """
    from gouvernail.metrics.catalogue import METRICS
    from gouvernail.plan.mending import mend

    language = str(lang or environment_language())
    out = console(stderr=stderr)
    mending = mend(path, [id for id, metric in METRICS.items() if metric.unit == "ratio"])
    for mended in mending.files:
        _print_difference(out, mended)
    _print_left(out, mending, language)
    if not mending.files:
        out.print(T("There is nothing to put right by itself.").render(language))
    elif not write:
        raise typer.Exit(1)
    elif not ask or _agreed(len(mending.files), language, stderr=stderr):
        _write(out, mending, language)
    else:
        out.print(T("Nothing was written.").render(language))


def difference(mended: Mended) -> list[str]:
    """Return the unified difference of a file, line by line, without line ends."""
    before, after = mended.before.splitlines(), mended.after.splitlines()
    return list(difflib.unified_diff(before, after, mended.shown, mended.shown, lineterm=""))


def _print_difference(out: Console, mended: Mended) -> None:
    for line in difference(mended):
        style = _STYLES.get(line[:1])
        out.print(escape(line), style=style, soft_wrap=True, markup=True)


def _print_left(out: Console, mending: Mending, language: str) -> None:
    for one in mending.left:
        out.print(
            escape(f"{one.file}:{one.line}: {one.message.render(language)}"), style="yellow", soft_wrap=True
        )


def _agreed(files: int, language: str, *, stderr: bool) -> bool:
    question = TN("Write this file?", "Write these {n} files?", n=files).render(language)
    try:
        return typer.confirm(question, err=stderr)
    except typer.Abort:
        raise UsageError(T("Nothing was written. To write without being asked, add --yes.")) from None


def _write(out: Console, mending: Mending, language: str) -> None:
    from gouvernail.plan.files import replace_text

    for mended in mending.files:
        replace_text(mended.path, mended.before, mended.after)
        out.print(escape(T("Written: {file}.", file=mended.shown).render(language)))
