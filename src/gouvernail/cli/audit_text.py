"""What the guided audit says: the question between a weak and a strong example, and what an answer changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.values import Number
from gouvernail.cli.printing import SIGNS, console, print_indented

if TYPE_CHECKING:
    from gouvernail.checks.finding import Finding
    from gouvernail.checks.guide.answers import Option
    from gouvernail.checks.guide.interview import Answered, Interview, Step

SHOWN = 14
"""How many choices are listed; the others may be typed by name."""


class Voice:
    """The conversation on the terminal, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._out = console()
        self._topic: str | None = None

    def greet(self, path: Path, *, resumed: bool) -> None:
        """Say what will happen and how to leave."""
        where = (
            T("Taking up {path} where it stands.", path=str(path))
            if resumed
            else T("Writing {path}.", path=str(path))
        )
        self._say(where, style="bold")
        self._say(
            T("Enter: skip the question. ?: why it is asked. <: back. q: leave; everything is kept."),
            style="dim",
        )

    def ask(self, interview: Interview, step: Step) -> None:
        """Show a question, its examples and what may be chosen."""
        from gouvernail.checks.guide.answers import options

        if step.topic.id != self._topic:
            self._topic = step.topic.id
            self._open_topic(step)
        self._out.print()
        named = interview.plan.get(step.element) if step.element else None
        if named:
            self._say(T("About “{name}”", name=named.name), style="cyan")
        elif step.topic.elements(interview.plan):
            self._say(T("One more? Enter to go on."), style="dim")
        self._say(step.question.ask, style="bold")
        for sign, colour, example in (("✗", "red", step.question.weak), ("✓", "green", step.question.strong)):
            if example:
                print_indented(self._out, f"[{colour}]{sign}[/{colour}] {escape(self._render(example))}", 2)
        self._list(options(step.question, interview.plan, step.element))

    def listen(self) -> str | None:
        """Return what is typed, None where the input ends or is broken off."""
        try:
            return self._out.input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            self._out.print()
            return None

    def explain(self, step: Step) -> None:
        """Say why the question is asked: what the rules behind it look for."""
        from gouvernail.checks.catalogue import RULES
        from gouvernail.checks.pages import section

        self._say(step.topic.intro)
        for code in step.question.solves:
            if code in RULES:
                print_indented(self._out, f"[bold]{code}[/bold] {escape(section(code, self.language, 1))}", 2)

    def misunderstood(self, message: Text) -> None:
        """Say why the answer could not be read."""
        self._say(message, style="red")

    def effect(self, step: Step, answered: Answered) -> None:
        """Say which findings the answer solved, and what the rules think of the answer itself."""
        for finding in answered.solved:
            self._line("green", "✓", T("solved: {code} {title}", code=finding.code, title=_title(finding)))
        for finding in answered.opened:
            if finding.code in step.question.solves:
                sign, colour = SIGNS[finding.severity]
                self._line(colour, sign, verbatim(f"{finding.code} {self._render(finding.message)}"))
        if answered.before != answered.after:
            before, after = (Number(float(value), 1) for value in (answered.before, answered.after))
            self._say(T("Coherence {before} → {after}", before=before, after=after), style="dim")

    def farewell(self, interview: Interview, path: Path) -> None:
        """Say what is kept and what to do next."""
        self._out.print()
        if interview.step:
            count = len(interview.steps)
            self._say(
                TN(
                    "Kept in {path}. At least {n} question is open: “gouvernail audit” takes it up again.",
                    "Kept in {path}. At least {n} questions are open: “gouvernail audit” takes them up again.",
                    n=count,
                    path=str(path),
                )
            )
        else:
            self._say(T("Every question is answered or skipped. The plan is in {path}.", path=str(path)))
        coherence = Number(float(interview.score), 1)
        self._say(
            T("Coherence {score} of 100. Next: “gouvernail plan check”.", score=coherence), style="bold"
        )

    def _open_topic(self, step: Step) -> None:
        from gouvernail.plan.model import Layer

        self._out.print()
        layer = step.topic.layer
        if layer is None:
            title = self._render(step.topic.title)
        else:
            place = list(Layer).index(layer) + 1
            title = f"{place}/{len(Layer)} · {self._render(step.topic.title)}"
        self._out.rule(f"[bold]{escape(title)}[/bold]", align="left", style="dim")
        self._say(step.topic.intro)

    def _list(self, offered: tuple[Option, ...]) -> None:
        for number, option in enumerate(offered[:SHOWN], 1):
            label = self._render(option.label)
            print_indented(self._out, f"[dim]{number:>2}[/dim] {escape(label)}", 2)
        if len(offered) > SHOWN:
            self._say(
                TN(
                    "… and {n} more: type its name.",
                    "… and {n} more: type a name.",
                    n=len(offered) - SHOWN,
                ),
                style="dim",
            )

    def _line(self, colour: str, sign: str, text: Text) -> None:
        print_indented(self._out, f"[{colour}]{sign}[/{colour}] {escape(self._render(text))}", 2)

    def _say(self, text: Text, style: str = "") -> None:
        self._out.print(escape(self._render(text)), style=style or None)

    def _render(self, text: Text) -> str:
        return text.render(self.language)


def _title(finding: Finding) -> Text:
    from gouvernail.checks.catalogue import RULES

    return RULES[finding.code].title
