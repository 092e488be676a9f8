"""`gouvernail demo`: a company whose true effects are known, from its exports to its report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import LanguageOption

if TYPE_CHECKING:
    from gouvernail.cli.workspace import Workspace
    from gouvernail.simulate.catalogue import Company

HELP = words(T("Build a demo company, import its exports and write its report. Example: gouvernail demo"))


def demo(
    company: Annotated[
        str, typer.Option("--company", "-c", help=words(T("antoine, watches or eco; see examples.")))
    ] = "antoine",
    folder: Annotated[Path, typer.Option("--folder", help=words(T("Where to build it.")))] = Path("demo"),
    lang: LanguageOption = None,
) -> None:
    """Build a demo company, import its exports and write its reports."""
    chosen = _company(company)
    space = build(chosen, folder / chosen.id)
    language = str(lang or space.load().plan.organisation.language)
    import_exports(space, language)
    write_reports(chosen, space, language)


def build(company: Company, folder: Path) -> Workspace:
    """Write the workspace of a demo company: plan, exports, truth; a former demo is replaced."""
    from gouvernail.cli.init import write_workspace
    from gouvernail.cli.workspace import Workspace
    from gouvernail.simulate.company import write

    if (folder / ".gouvernail").is_dir():
        shutil.rmtree(folder)
    write_workspace(folder, company.language)
    write(company.id, folder / "exports")
    (folder / "exports" / "truth.json").replace(folder / "truth.json")
    for number, text in enumerate(company.revisions, start=1):
        (folder / f"revision-{number}.yaml").write_text(text, "utf-8")
    (folder / "plan.yaml").write_text(company.revisions[0], "utf-8")
    return Workspace(folder)


def import_exports(space: Workspace, language: str) -> None:
    """Import every export of the workspace."""
    from gouvernail.cli.imports import commit_files, find_files

    commit_files(space, find_files([str(space.folder / "exports")]), None, language, json=False)


def write_reports(company: Company, space: Workspace, language: str) -> None:
    """Write one report a plan revision, and say where the first one is."""
    from gouvernail.base.periods import parse_period
    from gouvernail.cli.report import write
    from gouvernail.workflow import take_bearing

    lake = space.lake()
    period = parse_period(company.period)
    scores = []
    for number in range(1, len(company.revisions) + 1):
        loaded = space.load(space.folder / f"revision-{number}.yaml")
        taken = take_bearing(loaded, lake, period, today=company.today)
        name = "report.html" if number == 1 else f"report-revision-{number}.html"
        write(taken, space.folder / name, language)
        scores.append(taken.figures.coherence.score)
    for number, score in enumerate(scores, start=1):
        text = T("Revision {n} of the plan: coherence {score} of 100.", n=number, score=str(score))
        typer.echo(text.render(language))


def _company(id: str) -> Company:
    from gouvernail.base.errors import UsageError
    from gouvernail.base.suggest import closest
    from gouvernail.simulate.catalogue import COMPANIES

    if id not in COMPANIES:
        near = closest(id, COMPANIES) or next(iter(COMPANIES))
        raise UsageError(T("There is no demo company “{id}”. Did you mean “{near}”?", id=id, near=near))
    return COMPANIES[id]
