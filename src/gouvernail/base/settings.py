"""Deployment settings: what the environment decides, in one table that code, docs and tests read.

Options of an analysis are no settings: they are passed as an object and kept with the result.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text


@dataclass(frozen=True)
class Setting:
    """An environment variable: name, value when unset, what it decides, and the values it takes (any when empty)."""

    name: str
    default: str
    help: Text
    choices: tuple[str, ...] = ()


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            "GOUVERNAIL_DEMO_NO_SERVE",
            "",
            T(
                "1 lets “make demo” stop after the report, for scripts; otherwise it ends with the site running."
            ),
            ("", "1"),
        ),
        Setting(
            "GOUVERNAIL_ENGINE", "duckdb", T("Engine that runs queries over the lake."), ("duckdb", "spark")
        ),
        Setting(
            "GOUVERNAIL_LANG",
            "",
            T("Language of sentences; when empty, the plan's own, then the system's."),
            ("", "en", "fr"),
        ),
        Setting(
            "GOUVERNAIL_MEMORY",
            "600MB",
            T("Memory that the query engine may take; what does not fit goes to temporary files."),
        ),
        Setting(
            "GOUVERNAIL_SPARK",
            "local[*]",
            T("Where Spark runs, for the engine spark: local[2], spark://host:7077, yarn."),
        ),
        Setting(
            "GOUVERNAIL_THREADS",
            "1",
            T("Threads of the query engine; with one, sums are the same to the last digit each time."),
        ),
        Setting(
            "GOUVERNAIL_TODAY",
            "",
            T(
                "The day to take as today (2026-09-30), so that a result can be made again; when empty, today."
            ),
        ),
    )
}


def setting(name: str) -> str:
    """Return what the environment says of `name`, or its default.

    Raises:
        UsageError: the value is not one that the setting takes.
        KeyError: no such setting.
    """
    known = SETTINGS[name]
    value = os.environ.get(name, "").strip() or known.default
    if known.choices and value not in known.choices:
        raise UsageError(
            T(
                "{name} is {value}, which is none of: {choices}. Set it to one of them, or unset it.",
                name=name,
                value=value,
                choices=", ".join(choice for choice in known.choices if choice),
            )
        )
    return value
