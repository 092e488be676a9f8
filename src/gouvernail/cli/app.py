"""The command tree."""

from __future__ import annotations

from typing import Annotated

import typer

from gouvernail import __version__
from gouvernail.base.text import T
from gouvernail.cli import (
    attribute,
    audit,
    bearing,
    benchmarks,
    catalogues,
    demo,
    experiment,
    explain,
    forecast,
    geo,
    imports,
    init,
    plan,
    report,
    serve,
)
from gouvernail.cli.language import words

app = typer.Typer(
    name="gouvernail",
    help=words(
        T(
            "Ties marketing execution to business strategy: checks the plan, measures it on real files, "
            "and shows one page that management and marketing read together."
        )
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouvernail {__version__}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=words(T("Show the version."))),
    ] = False,
) -> None:
    """Root of the commands; `--version` is its only option."""
    from gouvernail.base.settings import SETTINGS, setting

    for name in SETTINGS:
        setting(name)


app.command("init", help=init.HELP)(init.init)
app.command("audit", help=audit.HELP)(audit.audit)
app.add_typer(plan.app, name="plan")
app.command("import", help=imports.HELP)(imports.import_files)
app.command("bearing", help=bearing.HELP)(bearing.bearing)
app.command("explain", help=explain.HELP)(explain.explain)
app.command("forecast", help=forecast.HELP)(forecast.forecast)
app.command("attribute", help=attribute.HELP)(attribute.attribute)
app.add_typer(experiment.app, name="experiment")
app.add_typer(geo.app, name="geo")
app.command("report", help=report.HELP)(report.report)
app.command("rules", help=catalogues.HELP["rules"])(catalogues.rules)
app.command("metrics", help=catalogues.HELP["metrics"])(catalogues.metrics)
app.command("sources", help=catalogues.HELP["sources"])(catalogues.sources)
app.command("channels", help=catalogues.HELP["channels"])(catalogues.channels)
app.add_typer(benchmarks.app, name="benchmarks")
app.command("demo", help=demo.HELP)(demo.demo)
app.command("serve", help=serve.HELP)(serve.serve)
