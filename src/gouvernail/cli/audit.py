"""`gouvernail audit`: the guided audit. It asks, layer by layer, and writes the plan as it goes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.checks.guide.interview import Interview
    from gouvernail.cli.audit_file import AuditFile
    from gouvernail.cli.audit_text import Voice

HELP = words(
    T(
        "Ask, layer by layer, what the plan lacks, and write it down; leave at any time and take it up again. "
        "Example: gouvernail audit"
    )
)
SKIP, WHY, BACK, LEAVE = "", "?", "<", ("q", "quit", "exit")


class Part(StrEnum):
    """Parts of the audit that may be asked alone."""

    company = "company"
    values = "values"
    vision = "vision"
    mission = "mission"
    strategy = "strategy"
    objectives = "objectives"
    execution = "execution"
    rhythm = "rhythm"


def audit(
    part: Annotated[
        Part | None, typer.Option("--layer", help=words(T("Ask about this part only.")), show_default=False)
    ] = None,
    again: Annotated[bool, typer.Option("--again", help=words(T("Ask again what was skipped.")))] = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Ask, layer by layer, and write plan.yaml after every answer."""
    from gouvernail.cli.audit_file import AuditFile
    from gouvernail.cli.audit_text import Voice
    from gouvernail.cli.workspace import find_workspace, today

    file = AuditFile(find_workspace(workspace))
    language = str(lang or file.language or environment_language())
    interview = file.interview(language, today(), _topics(part))
    voice = Voice(language)
    voice.greet(file.path, resumed=file.resumed)
    interview = _ask(interview.unskip() if again else interview, file, voice)
    voice.farewell(interview, file.path)


def _topics(part: Part | None) -> tuple[str, ...]:
    """The ids of the topics of one part; none for all."""
    from gouvernail.checks.guide.topics import TOPICS, around

    if part is None:
        return ()
    around_the_chain = {Part.company: around.COMPANY, Part.rhythm: around.RHYTHM}
    chosen = around_the_chain.get(part) or (
        topic for topic in TOPICS if topic.layer and topic.layer.value == part.value
    )
    return tuple(topic.id for topic in chosen)


def _ask(interview: Interview, file: AuditFile, voice: Voice) -> Interview:
    """Ask until nothing is open or the reader leaves; what was answered is always in the file."""
    before: list[Interview] = []
    while step := interview.step:
        voice.ask(interview, step)
        said = voice.listen()
        if said is None or said.casefold() in LEAVE:
            break
        if said == WHY:
            voice.explain(step)
            continue
        if said == BACK:
            interview = file.save(before.pop()) if before else interview
            continue
        if said == SKIP:
            before.append(interview)
            interview = file.save(interview.skip(step))
            continue
        try:
            answered = interview.answer(step, said, voice.language)
        except UsageError as fault:
            voice.misunderstood(fault.message)
            continue
        before.append(interview)
        interview = file.save(answered.interview)
        voice.effect(step, answered)
    return interview
