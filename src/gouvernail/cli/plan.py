"""`gouvernail plan`: check the plan, print its schema, compare two plans."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan

app = typer.Typer(help=words(T("Check the plan, print its schema, compare two plans.")), no_args_is_help=True)

PlanArgument = Annotated[
    Path | None,
    typer.Argument(
        help=words(T("plan.yaml or a folder of YAML files; the workspace's plan when not given.")),
        show_default=False,
    ),
]


class Format(StrEnum):
    """Shapes of the findings."""

    text = "text"
    json = "json"
    sarif = "sarif"


@app.command(
    "check", help=words(T("Say what is wrong with the plan, and what to do. Example: gouvernail plan check"))
)
def check(
    path: PlanArgument = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help=words(T("Shape of the answer.")))
    ] = Format.text,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Check the plan; exit status 1 when a finding is blocking, 2 when the plan cannot be read."""
    from gouvernail.bearing.checking import check_loaded
    from gouvernail.cli.workspace import find_workspace, today

    loaded = find_workspace(workspace).load(path)
    checked = check_loaded(loaded, today=today())
    language = lang or loaded.plan.organisation.language
    if format is Format.text:
        from gouvernail.cli.plan_text import print_check

        print_check(checked, language)
    else:
        typer.echo(_machine(checked, format, language))
    if any(located.finding.severity == "blocking" for located in checked.findings):
        raise typer.Exit(1)


@app.command("schema", help=words(T("Print the JSON Schema of plan files, for editors.")))
def schema() -> None:
    """Print the JSON Schema of plan files."""
    from gouvernail.plan.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command("diff", help=words(T("Compare two plans. Example: gouvernail plan diff march.yaml plan.yaml")))
def diff(
    old: Annotated[Path, typer.Argument(help=words(T("The plan before: a file or a folder.")))],
    new: Annotated[Path, typer.Argument(help=words(T("The plan after.")))],
    lang: LanguageOption = None,
) -> None:
    """Print what was added, removed and changed from one plan to the other."""
    from gouvernail.cli.plan_text import print_diff
    from gouvernail.plan.load import load_plan

    first, second = load_plan(old), load_plan(new)
    print_diff(first.plan, second.plan, lang or second.plan.organisation.language)


def _machine(checked: CheckedPlan, format: Format, language: str) -> str:
    if format is Format.json:
        from gouvernail.bearing.export import check_to_json

        return check_to_json(checked, language)
    from gouvernail.bearing.sarif import check_to_sarif

    return check_to_sarif(checked, language)
