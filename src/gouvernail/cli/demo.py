"""`gouvernail demo`: a company whose true effects are known, from its exports to its report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.settings import setting
from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import LanguageOption

if TYPE_CHECKING:
    from gouvernail.cli.workspace import Workspace
    from gouvernail.simulate.catalogue import Company

HELP = words(T("Build a demo company, import its exports and write its report. Example: gouvernail demo"))


def demo(
    company: Annotated[
        str, typer.Option("--company", "-c", help=words(T("Which company: antoine, watches or eco.")))
    ] = "antoine",
    folder: Annotated[Path, typer.Option("--folder", help=words(T("Where to build it.")))] = Path("demo"),
    lang: LanguageOption = None,
    serve: Annotated[
        bool,
        typer.Option("--serve", help=words(T("Then load it into the web application, and run that."))),
    ] = False,
) -> None:
    """Build a demo company, import its exports and write its reports; with --serve, show it in the web application."""
    chosen = _company(company)
    # The terminal speaks its reader's language; the report that of the plan, unless one is asked for.
    spoken = str(lang or environment_language())
    space = build(chosen, folder / chosen.id)
    import_exports(space, spoken)
    write_reports(chosen, space, str(lang or chosen.language), spoken)
    if serve and not setting("GOUVERNAIL_DEMO_NO_SERVE"):
        from gouvernail.cli.demo_site import show

        show(chosen, space, folder / "site", spoken)


def build(company: Company, folder: Path) -> Workspace:
    """Write the workspace of a demo company: plan, exports, truth. A demo built before is replaced.

    Raises:
        UsageError: the folder exists and is not a demo.
    """
    from gouvernail.base.errors import UsageError
    from gouvernail.cli.init import write_workspace
    from gouvernail.cli.workspace import Workspace
    from gouvernail.simulate.company import write

    if folder.exists():
        if not (folder / "truth.json").exists():
            raise UsageError(
                T("{path} exists and is not a demo: choose another folder with --folder.", path=str(folder))
            )
        shutil.rmtree(folder)
    write_workspace(folder, company.language)
    write(company.id, folder / "exports")
    (folder / "exports" / "truth.json").replace(folder / "truth.json")
    for number, text in enumerate(company.revisions, start=1):
        (folder / f"revision-{number}.yaml").write_text(text, "utf-8")
    (folder / "plan.yaml").write_text(company.revisions[0], "utf-8")
    # The demo stands on the day after its last export, whatever the clock of the machine says.
    return Workspace(folder, company.today)


def import_exports(space: Workspace, language: str) -> None:
    """Import every export of the workspace, planted dirt included."""
    from gouvernail.cli.imports import commit_all, find_files

    commit_all(space, find_files([str(space.folder / "exports")]), None, language, json=False)


def write_reports(company: Company, space: Workspace, language: str, spoken: str) -> None:
    """Write one report a plan revision on the last month of the data, and say in `spoken` where they are."""
    from gouvernail.base.periods import parse_period
    from gouvernail.bearing.checking import open_plan
    from gouvernail.cli.report import write
    from gouvernail.workflow import take_bearing

    lake = space.lake()
    for number in range(1, len(company.revisions) + 1):
        loaded = open_plan(space.folder / f"revision-{number}.yaml")
        taken = take_bearing(loaded, lake, parse_period(company.period), today=company.today)
        score = Number(float(taken.figures.coherence.score), 1)
        typer.echo(
            T("Revision {n} of the plan: coherence {score} of 100.", n=number, score=score).render(spoken)
        )
        page = space.folder / ("report.html" if number == 1 else f"report-{number}.html")
        write(taken, page, language, spoken=spoken)


def _company(id: str) -> Company:
    from gouvernail.base.errors import UsageError
    from gouvernail.base.suggest import closest
    from gouvernail.simulate.catalogue import COMPANIES

    if id not in COMPANIES:
        near = closest(id, COMPANIES) or next(iter(COMPANIES))
        raise UsageError(T("There is no demo company “{id}”. Did you mean “{near}”?", id=id, near=near))
    return COMPANIES[id]
