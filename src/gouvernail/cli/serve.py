"""`gouvernail serve`: the web application on this machine."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import TN, T, Text
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import LanguageOption

if TYPE_CHECKING:
    from collections.abc import Callable

HELP = words(T("Run the web application on this machine. Example: gouvernail serve --port 8080"))


def serve(
    host: Annotated[
        str, typer.Option("--host", help=words(T("Address to listen on; 0.0.0.0 lets the network in.")))
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, help=words(T("Port to listen on.")))
    ] = 8000,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, max=64, help=words(T("Processes that answer; with --worker-only, that work."))
        ),
    ] = 2,
    web_only: Annotated[
        bool, typer.Option("--web-only", help=words(T("Answer requests only: the work is done elsewhere.")))
    ] = False,
    worker_only: Annotated[
        bool, typer.Option("--worker-only", help=words(T("Do the background work only.")))
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help=words(T("Start nothing: say what production still lacks.")))
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Run the web application: the pages, and the worker that imports files and works out the figures."""
    from gouvernail.base.errors import UsageError

    need_the_web()
    language = str(lang or environment_language())
    if web_only and worker_only:
        raise UsageError(T("--web-only and --worker-only exclude each other."))
    if check:
        raise typer.Exit(0 if told_what_lacks(language) else 1)
    from gouvernail.web.serving import site

    wanted = site.Wanted(host, port, workers, web=not worker_only, worker=not web_only)
    site.serve(wanted, sayer(language))


def need_the_web() -> None:
    """Make sure that the web application's packages are here.

    Raises:
        UsageError: they are not.
    """
    from gouvernail.base.errors import UsageError

    if any(importlib.util.find_spec(name) is None for name in ("django", "gunicorn", "allauth")):
        raise UsageError(
            T("The web application needs packages of its own. Install them: pip install “gouvernail[web]”")
        )


def sayer(language: str) -> Callable[[Text], None]:
    """Return what prints a sentence at once, also where the output is a file."""

    def say(text: Text) -> None:
        typer.echo(text.render(language))

    return say


def told_what_lacks(language: str) -> bool:
    """Print the list of what production needs; return whether nothing that it must have lacks."""
    from gouvernail.web.serving import checklist

    say, found = sayer(language), list(checklist.points())
    for point in found:
        mark = "✓" if point.good else "✗" if point.must else "·"
        typer.echo(f"{mark} {point.message.render(language)}")
    n = sum(1 for point in found if point.must and not point.good)
    say(
        TN("{n} point to settle before production.", "{n} points to settle before production.", n)
        if n
        else T("Ready for production.")
    )
    return n == 0
