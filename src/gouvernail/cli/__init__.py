"""The command line. One module a command; everything heavy is imported inside the command."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from gouvernail.cli.app import app

if TYPE_CHECKING:
    from gouvernail.base.errors import GouvernailError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line: errors of ours, and what the system refuses, are one sentence on stderr and status 2."""
    from gouvernail.base.errors import GouvernailError

    _speak_unicode()
    try:
        app()
    except GouvernailError as error:
        _end(error)
    except BrokenPipeError:
        # The reader of our output went away (`gouvernail rules | head`): nothing to say to it.
        sys.stderr.close()
        sys.exit(141)
    except typer.Abort:
        sys.exit(130)
    except OSError as error:
        _end(_refused(error))


def _end(error: GouvernailError) -> NoReturn:
    from gouvernail.cli.language import asked_language
    from gouvernail.cli.printing import print_error

    print_error(error, asked_language(sys.argv[1:]))
    sys.exit(2)


def _refused(error: OSError) -> GouvernailError:
    """Return what the system refuses (a folder not ours, a full disk, a name too long) wherever it comes up."""
    from gouvernail.base.errors import UsageError
    from gouvernail.base.files import reason
    from gouvernail.base.text import T

    if error.filename is None:
        return UsageError(T("The system refuses: {reason}.", reason=reason(error)))
    return UsageError(T("{path} cannot be used: {reason}.", path=str(error.filename), reason=reason(error)))


def _speak_unicode() -> None:
    """Let no letter stop a command: files and pipes get UTF-8; ? stands for what a terminal, or UTF-8, lacks.

    UTF-8 lacks the bytes of a file's name that was written in another encoding. Where a stream is closed (`>&-`, some
    schedulers), what would be said goes nowhere.
    """
    sys.stdout, sys.stderr = (sys.stdout or _nowhere()), (sys.stderr or _nowhere())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w")
