"""`gouvernail benchmarks`: the published figures that speak of the company, and its own, imported into the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import TN, T
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.listing import print_json, print_table
from gouvernail.cli.options import JsonOption, LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.bearing.benchmark_file import FoundBenchmarks
    from gouvernail.checks.index import Index
    from gouvernail.cli.workspace import Workspace
    from gouvernail.metrics.benchmarks import Benchmark

app = typer.Typer(
    help=words(T("List the benchmarks that speak of your company, with source and year; import your own.")),
    invoke_without_command=True,
)


@app.callback()
def benchmarks(
    context: typer.Context,
    everyone: Annotated[
        bool, typer.Option("--all", help=words(T("Also those of other industries, regions and currencies.")))
    ] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """List the benchmarks that fit the workspace."""
    if context.invoked_subcommand is None:
        language = str(lang or environment_language())
        _list(_index(workspace), language, everyone=everyone, json=json)


@app.command(
    "import",
    help=words(
        T(
            "Add your own benchmarks (CSV, XLSX or YAML with metric, value, source, year) to the plan. "
            "Example: gouvernail benchmarks import panel.csv"
        )
    ),
)
def import_file(
    file: Annotated[Path, typer.Argument(help=words(T("File of benchmarks.")))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=words(T("Say what would be added, and change nothing.")))
    ] = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Add the benchmarks of a file to the plan; exit status 1 when a row was refused."""
    from gouvernail.bearing.benchmark_file import read_benchmarks
    from gouvernail.checks.index import Index
    from gouvernail.cli.workspace import find_workspace

    if not file.is_file():
        raise UsageError(T("There is no file at {path}.", path=str(file)))
    space = find_workspace(workspace)
    index = Index(space.load().plan)
    found = read_benchmarks(file, index)
    if found.added and not dry_run:
        _add(space, found)
    _tell(found, index, file, str(lang or index.plan.organisation.language), done=not dry_run)
    if found.faults:
        raise typer.Exit(1)


def _index(workspace: Path | None) -> Index:
    from gouvernail.checks.index import Index
    from gouvernail.cli.workspace import find_workspace
    from gouvernail.plan.model import Plan

    space = find_workspace(workspace)
    return Index(space.load().plan if space.plan_path.exists() else Plan())


def _list(index: Index, language: str, *, everyone: bool, json: bool) -> None:
    from gouvernail.metrics.benchmarks import fitting

    about, chosen = index.plan.organisation, index.benchmarks
    if not everyone:
        chosen = fitting(chosen, industry=about.industry, region=about.country, currency=about.currency)
    if json:
        print_json([_row(one) for one in chosen])
        return
    headings = (T("Metric"), T("Value"), T("Speaks of"), T("Source"), T("Year"))
    rows = (
        (one.metric, _value(one, index, language), _about(one), _source(one), str(one.year)) for one in chosen
    )
    print_table(headings, rows, language)


def _row(one: Benchmark) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "value": str(one.value),
        "currency": one.currency,
        "industry": one.industry,
        "region": one.region,
        "channel": one.channel,
        "source": one.source,
        "about": one.about,
        "year": one.year,
        "url": one.url,
        "own": one.own,
    }


def _source(one: Benchmark) -> str:
    return f"{one.source} ({one.about})" if one.about else one.source


def _about(one: Benchmark) -> str:
    place = one.region.upper() if len(one.region) == 2 else one.region
    return ", ".join(part for part in (one.channel, one.industry, place) if part)


def _value(one: Benchmark, index: Index, language: str) -> str:
    from gouvernail.base.money import Money
    from gouvernail.base.units import Unit
    from gouvernail.base.values import Number, Ratio

    metric = index.metrics.get(one.metric)
    shown: Any = Number(float(one.value), 0 if one.value == int(one.value) else 2)
    if metric is not None and metric.unit is Unit.ratio:
        shown = Ratio(float(one.value), 2)
    elif metric is not None and metric.unit is Unit.money:
        shown = Money(one.value, one.currency or index.plan.organisation.currency)
    return T("{share}", share=shown).render(language)


def _add(space: Workspace, found: FoundBenchmarks) -> None:
    """Write the benchmarks into plan.yaml, or into benchmarks.yaml of a plan that is a folder."""
    from gouvernail.cli.files import write_whole
    from gouvernail.plan.dump import rewrite
    from gouvernail.plan.files import read_text, replace_text
    from gouvernail.plan.load import load_text

    path = space.plan_path / "benchmarks.yaml" if space.plan_path.is_dir() else space.plan_path
    text = read_text(path, str(path))[0] if path.exists() else None
    plan = load_text(text or "").plan
    after = rewrite(text or "", plan.model_copy(update={"benchmarks": (*plan.benchmarks, *found.added)}))
    if text is None:
        write_whole(path, after)
    else:
        replace_text(path, text, after)


def _tell(found: FoundBenchmarks, index: Index, file: Path, language: str, *, done: bool) -> None:
    for one in found.added:
        name = index.metrics[one.metric].name
        told = T(
            "{name} ({id}): {source}, {year}", name=name, id=one.id, source=one.source, year=str(one.year)
        )
        typer.echo(f"+ {told.render(language)}")
    for fault in found.faults:
        place = T("line {line}, column “{column}”", line=fault.line, column=fault.column).render(language)
        typer.echo(f"{file}: {place}: {fault.message.render(language)}", err=True)
    added = len(found.added)
    template = (
        TN("{n} benchmark added to the plan.", "{n} benchmarks added to the plan.", added)
        if done
        else TN(
            "{n} benchmark would be added to the plan.", "{n} benchmarks would be added to the plan.", added
        )
    )
    typer.echo(template.render(language))
    if found.known:
        typer.echo(TN("{n} is in it already.", "{n} are in it already.", found.known).render(language))
    if found.faults:
        refused = TN("{n} row refused.", "{n} rows refused.", len(found.faults))
        typer.echo(refused.render(language))
