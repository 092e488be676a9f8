"""A fault: why the plan cannot be read, where, and what was expected there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gouvernail.base.errors import PlanError
from gouvernail.base.text import TN, T, Text


@dataclass(frozen=True)
class Fault:
    """One reason why a plan cannot be read.

    `file` as the user named it; `line` counts from 1; `path` such as `objectives[2].metric`, empty for
    the file itself; `value` as it was written (shortened), None where nothing was; `suggestion` a text
    that would be accepted in its place. `message` is complete in itself: what is wrong, what was
    expected, what was perhaps meant.
    """

    file: str
    line: int
    path: str
    value: str | None
    expected: Text
    suggestion: str | None
    message: Text

    @property
    def where(self) -> str:
        """`plan.yaml:12`, as editors and terminals make it clickable."""
        return f"{self.file}:{self.line}"


def whole(wrong: Text, expected: Text, suggestion: str | None = None) -> Text:
    """Return the complete message of a fault: what is wrong, what was expected, did you mean."""
    if suggestion is None:
        return T("{wrong} {expected}", wrong=wrong, expected=expected)
    return T(
        "{wrong} {expected} Did you mean “{suggestion}”?",
        wrong=wrong,
        expected=expected,
        suggestion=suggestion,
    )


def short(value: str | None, limit: int = 80) -> str | None:
    """Return `value` on one line of at most `limit` characters."""
    if value is None:
        return None
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def refuse(faults: Iterable[Fault]) -> PlanError:
    """Return the exception that carries `faults`, in the order of the files."""
    ordered = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.path))
    message = TN(
        "The plan cannot be read: {n} fault, at {where}. {first}",
        "The plan cannot be read: {n} faults, the first at {where}. {first}",
        len(ordered),
        where=ordered[0].where,
        first=ordered[0].message,
    )
    return PlanError(message, ordered)
