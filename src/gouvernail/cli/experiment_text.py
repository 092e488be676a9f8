"""Experiments for people: a design and what it is worth; results with their verdict; a list of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from gouvernail.base.outcome import Refusal
from gouvernail.base.render import format_value
from gouvernail.cli.printing import console, print_indented, table
from gouvernail.report import designing, experiment_arms, experimenting

if TYPE_CHECKING:
    from rich.console import Console

    from gouvernail.bearing.designed import Designed
    from gouvernail.bearing.experiments import Trial


def print_design(made: Designed, language: str) -> None:
    """Print a design: in a sentence, its figures, what weeks can show, and how to read it."""
    out = console()
    style = "yellow" if isinstance(made.found, Refusal) else "bold"
    out.print(escape(designing.heading(made).render(language)), style=style, soft_wrap=True)
    _print_lines(out, designing.lines(made), language)
    if made.reach:
        out.print()
        out.print(escape(designing.REACH.render(language)), style="bold")
        headings = (heading.render(language) for heading in designing.reach_headings(made))
        weeks = table(*headings, numbers_from=0)
        for row in designing.reach_rows(made):
            weeks.add_row(*(_cell(cell, language) for cell in row))
        out.print(weeks)
    for note in designing.notes(made):
        out.print(escape(note.render(language)), soft_wrap=True)


def _print_lines(out: Console, lines: Iterable[designing.Line], language: str) -> None:
    """Print values, each beside what it is called."""
    facts = table("", "")
    facts.show_header = False
    for label, value in lines:
        facts.add_row(escape(label.render(language)), _cell(value, language))
    out.print(facts)


def _cell(value: Any, language: str) -> str:
    return escape(format_value(value, language))


TONES = {"good": "green", "bad": "red", "warn": "yellow", "info": "cyan", "unknown": "dim"}


def print_trials(trials: Sequence[Trial], language: str, titles: Mapping[str, str] | None = None) -> None:
    """Print experiments one after the other: verdict first, then the arms, then what is known and to be known."""
    out = console()
    for place, trial in enumerate(trials):
        if place:
            out.print()
        name = trial.name
        if sum(one.name == name for one in trials) > 1:
            name = f"{name} · {experimenting.compared(trial).render(language)}"
        _print_trial(out, trial, name, language, titles or {})


def print_list(trials: Sequence[Trial], language: str) -> None:
    """Print experiments, a line each, with the verdict on the variant that is ahead; or how to have some."""
    out = console()
    if not trials:
        out.print(escape(experimenting.NONE.render(language)), soft_wrap=True)
        return
    names = ("experiment", "state", "subjects", "uplift", "gain", "verdict")
    made = table(*(experiment_arms.HEADINGS[name].render(language) for name in names))
    for trial in trials:
        tone, _, state = experimenting.state(trial)
        arm = experiment_arms.ahead(trial)
        row = _row(arm, language, within=False) if arm else dict.fromkeys(names, "")
        made.add_row(
            escape(f"{trial.name} ({trial.id})" if trial.name != trial.id else trial.id),
            f"[{TONES[tone]}]{escape(state.render(language))}[/{TONES[tone]}]",
            _cell(experimenting.seen(trial), language) if trial.subjects else "",
            *(row[name] for name in names[3:]),
        )
    out.print(made)


def _print_trial(out: Console, trial: Trial, name: str, language: str, titles: Mapping[str, str]) -> None:
    tone, _, state = experimenting.state(trial)
    out.print(
        f"[bold]{escape(name)}[/bold] · [{TONES[tone]}]{escape(state.render(language))}[/{TONES[tone]}]"
    )
    said = [experimenting.answer(trial), experimenting.decided(trial)]
    for sentence in said:
        if sentence is not None:
            print_indented(out, escape(sentence.render(language)), 2)
    if arms := experiment_arms.rows(trial):
        out.print(_arms(arms, language))
    _print_lines(out, experimenting.lines(trial, titles), language)
    for note in experimenting.notes(trial):
        print_indented(out, escape(note.render(language)), 2)


def _arms(arms: Sequence[experiment_arms.ArmRow], language: str) -> Any:
    """A table of the arms: columns that say nothing of any are left out."""
    names = experiment_arms.columns(arms)
    made = table(*(experiment_arms.HEADINGS[name].render(language) for name in names))
    for arm in arms:
        row = _row(arm, language)
        made.add_row(*(row[name] for name in names))
    return made


def _row(arm: experiment_arms.ArmRow, language: str, *, within: bool = True) -> dict[str, str]:
    """The cells of an arm; intervals stand on a line of their own, so that eight columns fit a terminal."""

    def words(value: experiment_arms.Told | None) -> str:
        parts = [] if value is None else [value.value, value.between if within else None]
        return "\n".join(escape(part.render(language)) for part in parts if part is not None)

    verdict = ""
    if arm.verdict is not None:
        tone, _, said = arm.verdict
        verdict = f"[{TONES[tone]}]{escape(said.render(language))}[/{TONES[tone]}]"
    return {
        "arm": escape(arm.name),
        "subjects": _cell(arm.subjects, language),
        "level": "" if arm.level is None else _cell(arm.level, language),
        "effect": words(arm.effect),
        "uplift": words(arm.uplift),
        "evidence": "" if arm.evidence is None else escape(arm.evidence.render(language)),
        "gain": words(arm.gain),
        "verdict": verdict,
    }
