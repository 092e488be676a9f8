"""Every exception the program raises on purpose, in one tree.

    GouvernailError
    ├── PlanError        (ValueError)    the plan cannot be read; carries all its faults
    ├── FormulaError     (ValueError)    a driver formula is not well formed
    ├── PeriodError      (ValueError)    a period cannot be understood
    ├── CurrencyError    (ValueError)    amounts of two currencies were added, or no rate is known
    ├── SourceError      (ValueError)    a file cannot be imported; says whether trying again helps
    ├── WarehouseError   (RuntimeError)  the lake cannot answer or be written
    └── UsageError       (ValueError)    a command was asked for something that does not exist

An exception means "we cannot go on". A judgement on the plan is a *finding*
(`gouvernail.checks`), and numbers that do not support an answer are a *refusal*
(`gouvernail.base.outcome`); neither is ever raised.

This module imports only `text`, so that everything may raise from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouvernail.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence


class GouvernailError(Exception):
    """Root of the tree. Its message is a `Text`: sentences a reader can act on, in any language."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return self.message.render("en")


class PlanError(GouvernailError, ValueError):
    """The plan cannot be read. `faults` holds every fault found, in file order."""

    def __init__(self, message: Text, faults: Sequence[object] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(message)


class FormulaError(GouvernailError, ValueError):
    """A driver formula is not well formed. `position` is the 0-based offset of the fault."""

    def __init__(self, message: Text, position: int = 0) -> None:
        self.position = position
        super().__init__(message)


class PeriodError(GouvernailError, ValueError):
    """A period cannot be understood."""


class CurrencyError(GouvernailError, ValueError):
    """Amounts of two currencies were combined, or no dated rate converts one to the other."""


class SourceError(GouvernailError, ValueError):
    """A file cannot be imported. `permanent` is false when trying again may help."""

    def __init__(self, message: Text, *, permanent: bool = True) -> None:
        self.permanent = permanent
        super().__init__(message)


class WarehouseError(GouvernailError, RuntimeError):
    """The lake cannot answer or be written."""


class UsageError(GouvernailError, ValueError):
    """A command was asked for something that does not exist."""
