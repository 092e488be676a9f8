"""The findings of a plan, for people: the three to decide first, then all by heading, with file:line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from gouvernail.base.render import format_value
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number
from gouvernail.bearing.moves import Gone
from gouvernail.bearing.selection import LAYERS, By, Group, grouped
from gouvernail.bearing.worth import FIRST, worthwhile
from gouvernail.cli.catalogues import SEVERITIES
from gouvernail.cli.printing import SIGNS, console, print_indented

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.located import LocatedFinding, SetAside
    from gouvernail.bearing.moves import Moves
    from gouvernail.plan.model import Plan

GONE: dict[Gone, Text] = {
    Gone.solved: T("solved"),
    Gone.set_aside: T("set aside since"),
    Gone.unchecked: T("no longer checked"),
}


def print_check(checked: CheckedPlan, language: str, by: By = By.layer, moves: Moves | None = None) -> None:
    """Print the findings under their headings, then what moved, the score, what was not checked or is set aside."""
    out = console()
    if len(checked.findings) > FIRST:
        print_first(out, checked.findings, language)
    new = moves.new_ids if moves else frozenset()
    for group in grouped(checked.findings, by, checked.plan):
        out.print(
            f"\n[bold]{escape(group.title.render(language))}[/bold][dim]{_beside(group, by, checked, language)}[/dim]"
        )
        for one in group.findings:
            print_finding(out, one, language, new=one.finding.identity in new)
    if moves:
        _print_moves(out, moves, language)
    _print_summary(out, checked, language)


def print_first(out: Console, findings: Iterable[LocatedFinding], language: str) -> None:
    """Print the findings most worth a decision, one or two lines each."""
    out.print(f"[bold]{T('What to decide first').render(language)}[/bold]")
    for place, one in enumerate(worthwhile(findings), start=1):
        sign, style = SIGNS[one.finding.severity]
        stake = f"  {T('{money} at stake', money=one.stake).render(language)}" if one.stake else ""
        out.print(
            f"  {place}. [{style}]{sign}[/{style}] [bold]{one.finding.code}[/bold] "
            f"[dim]{escape(where(one))}[/dim]{escape(stake)}",
            soft_wrap=True,
        )
        print_indented(out, escape(one.finding.message.render(language)), 5)


def where(located: LocatedFinding) -> str:
    """Return `file:line` of a finding, the id of its element where it has no place."""
    return str(located.location) if located.location else located.finding.element


def print_finding(out: Console, located: LocatedFinding, language: str, *, new: bool = False) -> None:
    """Print one finding: sign, code, where, the sentence, and what to do."""
    finding = located.finding
    sign, style = SIGNS[finding.severity]
    severity = SEVERITIES[finding.severity].render(language)
    mark = f" [bold magenta]{T('new').render(language)}[/bold magenta]" if new else ""
    # file:line stays whole, for editors and terminals that open it; sentences wrap under their own margin.
    out.print(
        f"  [{style}]{sign} {severity}[/{style}] [bold]{finding.code}[/bold] "
        f"[dim]{escape(where(located))}[/dim]{mark}",
        soft_wrap=True,
    )
    print_indented(out, escape(finding.message.render(language)), 4)
    print_indented(out, f"[dim]→[/dim] {escape(finding.hint.render(language))}", 4)


def _beside(group: Group, by: By, checked: CheckedPlan, language: str) -> str:
    """What stands beside a heading: the points kept of a layer; counts elsewhere."""
    if by is not By.layer:
        return f"  {format_value(Number(len(group.findings)), language)}"
    kept = next((left for layer, left in checked.coherence.by_layer.items() if layer == group.key), None)
    if kept is None:
        return ""
    whole = format_value(Number(100 / len(LAYERS), 1), language)
    return f"  {format_value(Number(float(kept), 1), language)} / {whole}"


def _print_moves(out: Console, moves: Moves, language: str) -> None:
    heading = T(
        "Since {since}: {new} new, {solved} solved, {still} still there.",
        since=moves.since,
        new=len(moves.new),
        solved=len(moves.of(Gone.solved)),
        still=len(moves.still),
    )
    out.print(f"\n[bold]{escape(heading.render(language))}[/bold]")
    for why, heading in GONE.items():
        for one in moves.of(why):
            sign = "[green]✔[/green]" if why is Gone.solved else "[dim]–[/dim]"
            line = f"{heading.render(language)} {one.finding.code} {one.finding.message.render(language)}"
            print_indented(out, f"{sign} {escape(line)}", 2)
    removed = moves.of(Gone.removed)
    if removed:
        # They were never put right, and nobody can act on them: named, not told one by one.
        text = TN(
            "{n} finding is gone with its element, no longer in the plan: {elements}.",
            "{n} findings are gone with their elements, no longer in the plan: {elements}.",
            n=len(removed),
            elements=tuple(dict.fromkeys(one.finding.element for one in removed)),
        )
        print_indented(out, f"[dim]–[/dim] {escape(text.render(language))}", 2)


def _print_summary(out: Console, checked: CheckedPlan, language: str) -> None:
    counts = {
        severity: sum(one.finding.severity == severity for one in checked.findings) for severity in SEVERITIES
    }
    out.print()
    out.print(
        escape(
            T(
                "Coherence {score} of 100. Blocking: {blocking}, warnings: {warning}, advice: {advice}.",
                score=Number(float(checked.coherence.score), 1),
                **counts,
            ).render(language)
        ),
        style="bold",
    )
    for gap in checked.not_checked:
        text = T("Not checked: {code}. {reason}", code=gap.code, reason=gap.reason)
        out.print(f"[dim]{escape(text.render(language))}[/dim]")
    for one in checked.ignored:
        out.print(f"[dim]{escape(aside_sentence(one, checked.plan).render(language))}[/dim]")


def aside_sentence(one: SetAside, plan: Plan) -> Text:
    """Return which finding is set aside and why, by whom and when as far as the plan says."""
    element = plan.get(one.element)
    values = {"code": one.code, "element": element.name if element else one.element, "reason": one.reason}
    if one.by and one.day:
        return T(
            "Set aside: {code} on “{element}” by {by}, {day}: {reason}", by=one.by, day=one.day, **values
        )
    if one.by:
        return T("Set aside: {code} on “{element}” by {by}: {reason}", by=one.by, **values)
    if one.day:
        return T("Set aside: {code} on “{element}”, {day}: {reason}", day=one.day, **values)
    return T("Set aside: {code} on “{element}”: {reason}", **values)


def print_diff(old: Plan, new: Plan, language: str) -> None:
    """Print what changed from one plan to the other."""
    from gouvernail.plan.diff import diff

    out = console()
    changes = diff(old, new)
    if not changes:
        out.print(T("The two plans say the same.").render(language))
    for change in changes:
        out.print(escape(change.message.render(language)), soft_wrap=True)
