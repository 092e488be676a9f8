"""Findings as workflow commands of GitHub Actions, which show beside the line of a pull request.

    ::error file=plan.yaml,line=42,title=ACT01 Action serves no objective::The action “Fair” serves no …

The escapes are those of GitHub's toolkit: `%`, carriage return and line feed everywhere, `:` and `,` in properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gouvernail.checks.catalogue import RULES

if TYPE_CHECKING:
    from gouvernail.bearing.located import LocatedFinding

COMMANDS = {"blocking": "error", "warning": "warning", "advice": "notice"}


def annotate(findings: Iterable[LocatedFinding], language: str) -> str:
    """Return one workflow command a finding, each on a line of its own; nothing for none."""
    return "\n".join(_command(one, language) for one in findings)


def _command(located: LocatedFinding, language: str) -> str:
    finding = located.finding
    title = f"{finding.code} {RULES[finding.code].title.render(language)}"
    properties = {"title": title}
    if located.location:
        properties = {"file": located.location.file, "line": str(located.location.line), **properties}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{finding.message.render(language)} {finding.hint.render(language)}"
    return f"::{COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
