"""`gouvernail plan dismiss · restore`: set a finding aside with its reason, in the plan itself; take it up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.cli.language import words
from gouvernail.cli.options import LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.bearing.located import LocatedFinding, SetAside
    from gouvernail.cli.workspace import Workspace
    from gouvernail.plan.load import LoadedPlan

HELP = {
    "dismiss": words(
        T(
            "Set findings aside, with a reason that stands in the plan. Example: gouvernail plan dismiss ACT02 "
            'fair --reason "A one-off; judged by the visitors counted at the stand."'
        )
    ),
    "restore": words(
        T("Take findings up again that were set aside. Example: gouvernail plan restore ACT02 fair")
    ),
}
CodeArgument = Annotated[
    str, typer.Argument(help=words(T("Code of the rule (ACT02), or the id of a finding (ACT02:fair).")))
]
ElementsArgument = Annotated[
    list[str] | None,
    typer.Argument(help=words(T("Ids of the elements; the rule on the whole plan where none is given."))),
]
PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        help=words(T("plan.yaml or a folder of YAML files; the workspace's plan when not given.")),
        show_default=False,
    ),
]
REASON_LENGTH = 3


def dismiss(
    code: CodeArgument,
    elements: ElementsArgument = None,
    reason: Annotated[
        str, typer.Option("--reason", "-r", help=words(T("Why; it is shown wherever findings are.")))
    ] = "",
    by: Annotated[str, typer.Option("--by", help=words(T("Who sets it aside.")))] = "",
    plan: PlanOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Set findings aside: adds an entry to `rules.ignore` in the plan's file."""
    from gouvernail.cli.workspace import find_workspace, today
    from gouvernail.plan.asides import with_aside
    from gouvernail.plan.model import Ignore

    if len(reason.strip()) < REASON_LENGTH:
        raise UsageError(T("Say why in a few words, with --reason: the next reader will ask."))
    space = find_workspace(workspace)
    path = space.existing_plan(plan)
    loaded = space.load(path)
    rule, wanted = _wanted(code, elements or ())
    found = _dismissable(space, loaded, rule, wanted)
    ignore = Ignore(rule=rule, elements=wanted, reason=reason.strip(), by=by.strip(), day=today())
    file = _home(path, loaded)
    _rewrite([file], lambda text: with_aside(text, ignore))
    told = [T("Set aside: {code} · {message}", code=rule, message=one.finding.message) for one in found]
    _print((*told, T("Written: {file}.", file=str(file))), str(lang or loaded.plan.organisation.language))


def restore(
    code: CodeArgument,
    elements: ElementsArgument = None,
    plan: PlanOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Take findings up again: removes them from `rules.ignore` in the plan's files."""
    from gouvernail.cli.workspace import find_workspace
    from gouvernail.plan.asides import without_aside
    from gouvernail.plan.files import yaml_files

    space = find_workspace(workspace)
    path = space.existing_plan(plan)
    loaded = space.load(path)
    rule, wanted = _wanted(code, elements or ())
    _check_restorable(loaded, rule, wanted)
    _rewrite(yaml_files(path)[0], lambda text: without_aside(text, rule, wanted))
    names = [loaded.plan.by_id[id].name if id in loaded.plan.by_id else id for id in wanted]
    text = (
        T("{code} judges {elements} again.", code=rule, elements=tuple(f"“{name}”" for name in names))
        if names
        else T("{code} judges the whole plan again.", code=rule)
    )
    _print((text,), str(lang or loaded.plan.organisation.language))


def _wanted(code: str, elements: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the rule and the elements meant; a finding's id names both.

    Raises:
        UsageError: there is no such rule.
    """
    from gouvernail.checks.catalogue import RULES

    rule, _, rest = code.partition(":")
    rule = rule.upper()
    if rule not in RULES:
        near = closest(rule, RULES)
        raise UsageError(
            T("There is no rule “{word}”. Did you mean “{near}”?", word=rule, near=near)
            if near
            else T("There is no rule “{word}”; “gouvernail rules” lists them all.", word=rule)
        )
    named = (rest.partition(":")[0],) if rest else ()
    return rule, tuple(dict.fromkeys((*named, *(element.partition(":")[0] for element in elements))))


def _dismissable(
    space: Workspace, loaded: LoadedPlan, rule: str, wanted: tuple[str, ...]
) -> tuple[LocatedFinding, ...]:
    """Return the findings that would be set aside.

    Raises:
        UsageError: an element is unknown, or the rule finds nothing there: then nothing is to be set aside.
    """
    found, aside = _judged(space, loaded, rule)
    for id in wanted:
        if any(one.finding.element == id for one in found):
            continue
        already = next((one for one in aside if one.element == id), None)
        if already:
            raise UsageError(
                T(
                    "{code} on “{element}” is set aside already: {reason}",
                    code=rule,
                    element=id,
                    reason=already.reason,
                )
            )
        raise UsageError(_not_found(loaded, rule, id))
    if not found:
        raise UsageError(T("{code} finds nothing here: there is nothing to set aside.", code=rule))
    return tuple(one for one in found if not wanted or one.finding.element in wanted)


def _not_found(loaded: LoadedPlan, rule: str, id: str) -> Text:
    from gouvernail.plan.model import Layer

    if loaded.plan.get(id) or id in set(Layer) or id in type(loaded.plan).model_fields:
        return T("{code} finds nothing on “{element}”: there is nothing to set aside.", code=rule, element=id)
    near = closest(id, loaded.plan.by_id)
    if near is None:
        return T("The plan has no element “{word}”.", word=id)
    return T("The plan has no element “{word}”. Did you mean “{near}”?", word=id, near=near)


def _judged(
    space: Workspace, loaded: LoadedPlan, code: str
) -> tuple[tuple[LocatedFinding, ...], tuple[SetAside, ...]]:
    """Return what a rule finds now and what of it is set aside; a rule of facts looks at the last closed month."""
    from gouvernail.base.periods import last_closed_month
    from gouvernail.bearing.checking import check_loaded
    from gouvernail.checks.catalogue import RULES
    from gouvernail.cli.workspace import today

    day = today()
    lake = space.existing_lake() if RULES[code].measured else None
    if RULES[code].measured and lake is None:
        raise UsageError(
            T("{code} reads facts, and none were imported: it has found nothing to set aside.", code=code)
        )
    if lake is not None:
        from gouvernail.workflow import take_bearing

        taken = take_bearing(loaded, lake, last_closed_month(day), today=day)
        findings, ignored = taken.findings, taken.ignored
    else:
        checked = check_loaded(loaded, today=day)
        findings, ignored = checked.findings, checked.ignored
    return (
        tuple(one for one in findings if one.finding.code == code),
        tuple(one for one in ignored if one.code == code),
    )


def _check_restorable(loaded: LoadedPlan, rule: str, wanted: tuple[str, ...]) -> None:
    entries = [one for one in loaded.plan.rules.ignore if one.rule == rule]
    if not entries:
        raise UsageError(T("{code} is not set aside in this plan.", code=rule))
    named = {id for one in entries for id in one.elements}
    for id in wanted:
        if id in named:
            continue
        if any(not one.elements for one in entries):
            raise UsageError(
                T("{code} is set aside on the whole plan: restore it without naming an element.", code=rule)
            )
        near = closest(id, named)
        raise UsageError(
            T(
                "{code} is not set aside on “{element}”. Did you mean “{near}”?",
                code=rule,
                element=id,
                near=near,
            )
            if near
            else T("{code} is not set aside on “{element}”.", code=rule, element=id)
        )


def _home(path: Path, loaded: LoadedPlan) -> Path:
    """Return the file to write to: of a folder, the one with the rules, else with the organisation, else the first."""
    from gouvernail.plan.files import yaml_files

    if not path.is_dir():
        return path
    for section in ("rules", "organisation"):
        place = loaded.locations.of(section)
        if place is not None:
            return Path(place.file)
    return yaml_files(path)[0][0]


def _rewrite(files: Iterable[Path], change: Callable[[str], str]) -> None:
    """Write each file anew that `change` changes; a file that cannot be read has been refused before."""
    from gouvernail.plan.files import read_text, replace_text

    for file in files:
        text, _ = read_text(file, str(file))
        if text is not None and (changed := change(text)) != text:
            replace_text(file, text, changed)


def _print(lines: Iterable[Text], language: str) -> None:
    from rich.markup import escape

    from gouvernail.cli.printing import console

    for line in lines:
        console().print(escape(line.render(language)), soft_wrap=True)
