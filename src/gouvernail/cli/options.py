"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words


class Language(StrEnum):
    """Languages of the program."""

    en = "en"
    fr = "fr"


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help=words(T("Folder of the organisation; found from the current folder when not given.")),
        show_default=False,
    ),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang", help=words(T("Language of the answer; the plan's own when not given.")), show_default=False
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        help=words(
            T("2026-09, 2026-Q3, 2026, or 2026-01-01..2026-06-30; the last closed month when not given.")
        ),
        show_default=False,
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REV",
        help=words(
            T("Tell what is new and what is solved since a git revision, or since an earlier plan file.")
        ),
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=words(T("Print JSON, in the documented shape.")))]
