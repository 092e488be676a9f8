"""The command line. One module a command; everything heavy is imported inside the command."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from gouvernail.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line: errors of ours are one sentence on stderr and exit status 2."""
    from gouvernail.base.errors import GouvernailError

    _speak_unicode()
    try:
        app()
    except GouvernailError as error:
        from gouvernail.cli.language import asked_language
        from gouvernail.cli.printing import print_error

        print_error(error, asked_language(sys.argv[1:]))
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output went away (`gouvernail rules | head`): nothing to say to it.
        sys.stderr.close()
        sys.exit(141)
    except typer.Abort:
        sys.exit(130)


def _speak_unicode() -> None:
    """Let no French letter stop a command: files and pipes get UTF-8, a terminal shows ? for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (stream.encoding or "").casefold().replace("-", "")
        if encoding == "utf8" or not isinstance(stream, TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")
