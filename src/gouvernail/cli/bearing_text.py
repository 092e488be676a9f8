"""The bearing in the terminal: the four figures, then what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from gouvernail.base.outcome import Estimate, Grade, Outcome
from gouvernail.base.text import TN, T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.alignment import MoneySplit, Soundness
from gouvernail.bearing.model import Health
from gouvernail.bearing.show import show_value
from gouvernail.bearing.worth import FIRST
from gouvernail.cli.plan_text import print_finding, print_first
from gouvernail.cli.printing import console, table
from gouvernail.report.phrases import progress

if TYPE_CHECKING:
    from rich.console import Console

    from gouvernail.bearing.model import Bearing, ObjectiveStatus

SHOWN_FINDINGS = 10
HEALTH: dict[Health, tuple[str, str, Text]] = {
    Health.on_course: ("✔", "green", T("on course")),
    Health.at_risk: ("▲", "yellow", T("at risk")),
    Health.off_course: ("✖", "red", T("off course")),
    Health.unknown: ("?", "dim", T("unknown")),
}
GRADES: dict[Grade, Text] = {
    Grade.experiment: T("experiment"),
    Grade.calibrated_model: T("calibrated model"),
    Grade.model: T("model"),
    Grade.credit_rule: T("credit rule, not cause"),
    Grade.none: T("none"),
}
SOUNDNESS: dict[Soundness, Text] = {
    Soundness.aligned: T("aligned"),
    Soundness.weak: T("weak"),
    Soundness.orphan: T("orphan"),
}


def print_bearing(bearing: Bearing, language: str) -> None:
    """Print the whole bearing."""
    out = console()
    parts = {"organisation": bearing.organisation, "period": bearing.period}
    title = T("{organisation} · {period}", **parts) if bearing.organisation else T("{period}", **parts)
    out.print(f"[bold]{escape(title.render(language))}[/bold]")
    _print_figures(out, bearing, language)
    _print_objectives(out, bearing, language)
    _print_actions(out, bearing, language)
    _print_metrics(out, bearing, language)
    _print_findings(out, bearing, language)
    _print_made_from(out, bearing, language)


def _print_figures(out: Console, bearing: Bearing, language: str) -> None:
    figures = bearing.figures
    made = table("", "", "")
    lost = len(figures.coherence.losses)
    made.add_row(
        T("Coherence").render(language),
        T("{score} of 100", score=Number(float(figures.coherence.score), 1)).render(language),
        TN("{n} finding costs points", "{n} findings cost points", n=lost).render(language),
    )
    spend = figures.aligned_spend
    for name, split in ((T("Aligned spend"), spend.actual), (T("Aligned plan"), spend.planned)):
        if split is not None:
            made.add_row(name.render(language), *_split_cells(split, language))
    on_course = [one for one in figures.on_course if one.level == "business"]
    for one in on_course:
        made.add_row(T("On course").render(language), _probability(one, language), escape(one.title))
    made.add_row(
        T("Return").render(language), _ratio(figures.returns.value, language), _return_note(bearing, language)
    )
    out.print(made)


def _split_cells(split: MoneySplit, language: str) -> tuple[str, str]:
    share = split.aligned.share_of(split.total)
    parts = [
        f"{SOUNDNESS[state].render(language)} {T('{m}', m=money).render(language)}"
        for state, money in (
            (Soundness.aligned, split.aligned),
            (Soundness.weak, split.weak),
            (Soundness.orphan, split.orphan),
        )
    ]
    return (T("{share}", share=Ratio(share, 0)).render(language) if share is not None else "–"), " · ".join(
        parts
    )


def _probability(one: ObjectiveStatus, language: str) -> str:
    sign, style, word = HEALTH[one.health]
    shown = (
        T("{share}", share=Ratio(one.probability.value, 0)).render(language)
        if isinstance(one.probability, Estimate)
        else "–"
    )
    return f"[{style}]{sign}[/{style}] {shown} {word.render(language)}"


def _ratio(value: Outcome, language: str) -> str:
    if isinstance(value, Estimate):
        return T("× {value}", value=Number(value.value, 2)).render(language)
    return "–"


def _return_note(bearing: Bearing, language: str) -> str:
    figure = bearing.figures.returns
    if not isinstance(figure.value, Estimate):
        return escape(figure.value.reason.render(language))
    text = T(
        "{revenue} credited for {cost} spent (evidence: {grade})",
        revenue=figure.revenue,
        cost=figure.cost,
        grade=GRADES[figure.grade],
    )
    return escape(text.render(language))


def _print_objectives(out: Console, bearing: Bearing, language: str) -> None:
    if not bearing.objectives:
        return
    headings = (T("Objective"), T("Now"), T("Target"), T("Progress"), T("Chance"), T("Due"))
    made = table(*(heading.render(language) for heading in headings))
    for one in bearing.objectives:
        target = (
            show_value(float(one.target), one.unit, bearing.currency, language)
            if one.target is not None
            else "–"
        )
        way = progress(one.progress).render(language) if one.progress is not None else "–"
        made.add_row(
            escape(one.title),
            _shown(one.current, one.unit, bearing.currency, language),
            target,
            way,
            _probability(one, language),
            one.due.isoformat() if one.due else "–",
        )
    out.print(made)


def _print_actions(out: Console, bearing: Bearing, language: str) -> None:
    if not bearing.actions:
        return
    headings = (T("Action"), T("Channel"), T("Planned"), T("Spent"), T("Last touch"), T("Money is"))
    made = table(*(heading.render(language) for heading in headings))
    for one in bearing.actions:
        made.add_row(
            escape(one.title),
            one.channel or "–",
            T("{m}", m=one.planned).render(language),
            T("{m}", m=one.spent).render(language)
            if one.spent is not None
            else T("silent").render(language)
            if one.silent
            else "–",
            T("{m}", m=one.last_touch).render(language) if one.last_touch is not None else "–",
            SOUNDNESS[one.soundness].render(language),
        )
    out.print(made)
    for orphan in bearing.orphans:
        text = T(
            "Orphan: {campaign} ({source}) {amount}",
            campaign=orphan.campaign,
            source=orphan.source,
            amount=orphan.amount,
        )
        out.print(f"[yellow]▲[/yellow] {escape(text.render(language))}")


def _print_metrics(out: Console, bearing: Bearing, language: str) -> None:
    known = [one for one in bearing.metrics if isinstance(one.value, Estimate)]
    if not known:
        return
    headings = (T("Metric"), T("Period"), T("Before"), T("A year before"), T("Worth"))
    made = table(*(heading.render(language) for heading in headings))
    for one in known:
        worth = T("{m} a year", m=one.worth).render(language) if one.worth is not None else ""
        made.add_row(
            one.name.render(language),
            *(
                _shown(value, one.unit, bearing.currency, language)
                for value in (one.value, one.previous, one.year_before)
            ),
            worth,
        )
    out.print(made)


def _shown(value: Outcome, unit: Unit, currency: str, language: str) -> str:
    return show_value(value.value, unit, currency, language) if isinstance(value, Estimate) else "–"


def _print_findings(out: Console, bearing: Bearing, language: str) -> None:
    if not bearing.findings:
        return
    if len(bearing.findings) > FIRST:
        print_first(out, bearing.findings, language)
    out.print(f"[bold]{T('Findings').render(language)}[/bold]")
    for one in bearing.findings[:SHOWN_FINDINGS]:
        print_finding(out, one, language)
    rest = len(bearing.findings) - SHOWN_FINDINGS
    if rest > 0:
        text = T("{n} more: gouvernail report, or gouvernail bearing --json.", n=rest)
        out.print(f"  [dim]{escape(text.render(language))}[/dim]")
    if bearing.not_checked:
        text = TN(
            "{n} rule was not checked for lack of input.",
            "{n} rules were not checked for lack of input.",
            n=len(bearing.not_checked),
        )
        out.print(f"[dim]{escape(text.render(language))}[/dim]")


def _print_made_from(out: Console, bearing: Bearing, language: str) -> None:
    made = bearing.made_from
    text = T(
        "Made from plan {plan}, data {data}, version {code}.",
        plan=made.plan[:12],
        data=made.data[:12],
        code=made.code,
    )
    out.print(f"[dim]{escape(text.render(language))}[/dim]")
