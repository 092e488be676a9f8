"""`gouvernail plan`: check the plan, set findings aside, print its schema, compare two plans."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli import plan_aside
from gouvernail.cli.language import words
from gouvernail.cli.options import LanguageOption, SinceOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.moves import Moves

app = typer.Typer(
    help=words(T("Check the plan, set findings aside, print its schema, compare two plans.")),
    no_args_is_help=True,
)

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
    github = "github"


class Grouping(StrEnum):
    """What findings are grouped by; the names of `bearing.selection.By`, which is too heavy for `--help`."""

    layer = "layer"
    element = "element"
    gravity = "gravity"
    owner = "owner"


class Threshold(StrEnum):
    """The least grave finding that makes the command fail."""

    blocking = "blocking"
    warning = "warning"
    advice = "advice"
    never = "never"


@app.command(
    "check",
    help=words(
        T(
            "Say what is wrong with the plan, and what to do. Examples: gouvernail plan check; "
            "gouvernail plan check --by owner; gouvernail plan check --since HEAD~1; gouvernail plan check --fix"
        )
    ),
)
def check(
    path: PlanArgument = None,
    *,
    by: Annotated[Grouping, typer.Option("--by", help=words(T("What to group by.")))] = Grouping.layer,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar="CODE",
            help=words(T("Only this rule (ACT02) or family (ACT); may be repeated.")),
        ),
    ] = None,
    element: Annotated[
        list[str] | None,
        typer.Option(
            "--element", metavar="ID", help=words(T("Only findings on this element; may be repeated."))
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="ID", help=words(T("Only findings on what this person or team owns."))
        ),
    ] = None,
    since: SinceOption = None,
    only_new: Annotated[
        bool, typer.Option("--only-new", help=words(T("With --since: only findings that are new.")))
    ] = False,
    format: Annotated[
        Format, typer.Option("--format", "-f", help=words(T("Shape of the answer.")))
    ] = Format.text,
    fail_on: Annotated[
        Threshold,
        typer.Option("--fail-on", help=words(T("Exit with status 1 from this gravity on."))),
    ] = Threshold.blocking,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=words(T("Put right what is mechanical, such as missing ids and days; shows it first.")),
        ),
    ] = False,
    diff_only: Annotated[
        bool,
        typer.Option(
            "--diff", help=words(T("Only show what --fix would write; 1 where there is something."))
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=words(T("With --fix: write without asking.")))
    ] = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Check the plan; exit status 1 from `fail_on` on, 2 when the plan cannot be read."""
    from gouvernail.bearing.moves import check_since
    from gouvernail.bearing.selection import By, select
    from gouvernail.cli.workspace import find_workspace, today

    space = find_workspace(workspace)
    if fix or diff_only:
        from gouvernail.cli.plan_fix import fix_plan

        fix_plan(
            space.existing_plan(path),
            lang,
            write=not diff_only,
            ask=not yes,
            stderr=format is not Format.text,
        )
        if diff_only:
            return
    loaded = space.load(path)
    selection = select(loaded.plan, rule or (), element or (), owner)
    checked, moves = check_since(loaded, path or space.plan_path, since, today=today())
    checked, moves = selection.of_check(checked), selection.of_moves(moves) if moves else None
    if only_new:
        checked = _new_only(checked, moves)
    language = lang or loaded.plan.organisation.language
    if format is Format.text:
        from gouvernail.cli.plan_text import print_check

        print_check(checked, language, By(by), moves)
    else:
        answer = _machine(checked, format, language, moves)
        if answer:
            typer.echo(answer)
    if _fails(checked, fail_on):
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


app.command("dismiss", help=plan_aside.HELP["dismiss"])(plan_aside.dismiss)
app.command("restore", help=plan_aside.HELP["restore"])(plan_aside.restore)


def _new_only(checked: CheckedPlan, moves: Moves | None) -> CheckedPlan:
    from dataclasses import replace

    from gouvernail.base.errors import UsageError

    if moves is None:
        raise UsageError(T("--only-new compares with an earlier plan: name it with --since."))
    return replace(checked, findings=moves.new)


def _machine(checked: CheckedPlan, format: Format, language: str, moves: Moves | None) -> str:
    if format is Format.json:
        from gouvernail.bearing.checked_json import check_to_json

        return check_to_json(checked, language, moves)
    if format is Format.github:
        from gouvernail.bearing.annotations import annotate

        return annotate(checked.findings, language)
    from gouvernail.bearing.sarif import check_to_sarif

    return check_to_sarif(checked, language, moves)


def _fails(checked: CheckedPlan, threshold: Threshold) -> bool:
    from gouvernail.checks.finding import Severity

    if threshold is Threshold.never:
        return False
    order = list(Severity)
    least = order.index(Severity(threshold))
    return any(order.index(one.finding.severity) <= least for one in checked.findings)
