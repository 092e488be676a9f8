"""The findings of a plan, for people: grouped by layer, with file:line, what is wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number
from gouvernail.cli.catalogues import SEVERITIES
from gouvernail.cli.printing import SIGNS, console, print_indented

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.model import LocatedFinding
    from gouvernail.plan.model import Layer, Plan

LAYERS: dict[str, Text] = {
    "values": T("Values"),
    "vision": T("Vision"),
    "mission": T("Mission"),
    "strategy": T("Strategy"),
    "objectives": T("Objectives"),
    "execution": T("Execution"),
}
AROUND = T("Around the chain")


def print_check(checked: CheckedPlan, language: str) -> None:
    """Print the findings by layer, then the score and what was not checked."""
    out = console()
    whole = format_value(Number(100 / len(LAYERS), 1), language)
    for layer, located in group(checked.findings).items():
        title = LAYERS[layer] if layer else AROUND
        kept = checked.coherence.by_layer.get(layer) if layer else None
        rest = f"  {format_value(Number(float(kept), 1), language)} / {whole}" if kept is not None else ""
        out.print(f"\n[bold]{title.render(language)}[/bold][dim]{rest}[/dim]")
        for one in located:
            print_finding(out, one, language)
    _print_summary(out, checked, language)


def group(findings: tuple[LocatedFinding, ...]) -> dict[Layer | None, list[LocatedFinding]]:
    """Return the findings by layer, in the order of the chain, what stands around it last."""
    from gouvernail.plan.model import Layer

    order: list[Layer | None] = [*Layer, None]
    grouped = {layer: [one for one in findings if one.layer is layer] for layer in order}
    return {layer: located for layer, located in grouped.items() if located}


def print_finding(out: Console, located: LocatedFinding, language: str) -> None:
    """Print one finding: sign, code, where, the sentence, and what to do."""
    finding = located.finding
    sign, style = SIGNS[finding.severity]
    where = f"{located.location.file}:{located.location.line}" if located.location else finding.element
    severity = SEVERITIES[finding.severity].render(language)
    # file:line stays whole, for editors and terminals that open it; sentences wrap under their own margin.
    out.print(
        f"  [{style}]{sign} {severity}[/{style}] [bold]{finding.code}[/bold] [dim]{escape(where)}[/dim]",
        soft_wrap=True,
    )
    print_indented(out, escape(finding.message.render(language)), 4)
    print_indented(out, f"[dim]→[/dim] {escape(finding.hint.render(language))}", 4)


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
    for one in checked.not_checked:
        text = T("Not checked: {code}. {reason}", code=one.code, reason=one.reason)
        out.print(f"[dim]{escape(text.render(language))}[/dim]")
    for one in checked.ignored:
        text = T(
            "Ignored: {code} on {element} ({reason})", code=one.code, element=one.element, reason=one.reason
        )
        out.print(f"[dim]{escape(text.render(language))}[/dim]")


def print_diff(old: Plan, new: Plan, language: str) -> None:
    """Print what changed from one plan to the other."""
    from gouvernail.plan.diff import diff

    out = console()
    changes = diff(old, new)
    if not changes:
        out.print(T("The two plans say the same.").render(language))
    for change in changes:
        out.print(escape(change.message.render(language)), soft_wrap=True)
