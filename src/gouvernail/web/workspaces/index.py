"""The index of the settings: what can be set where, and how much of it is there."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Plan
from gouvernail.web.cockpit.links import address
from gouvernail.web.workspaces.records import PARTS, missing_count


@dataclass(frozen=True)
class Part:
    """One line of the index; `missing` counts what a rule would ask for."""

    title: Text
    text: Text
    icon: str
    url: str
    count: int | None = None
    missing: int = 0


@dataclass(frozen=True)
class Group:
    """A heading with its lines."""

    title: Text
    parts: tuple[Part, ...]


def parts(slug: str, plan: Plan, *, manages: bool) -> tuple[Group, ...]:
    """Return the index for somebody."""
    return (
        Group(T("Organisation"), _organisation(slug, plan)),
        Group(T("People of the site"), _people(slug)),
        Group(T("What the plan rests on"), _records(slug, plan)),
        Group(T("Connections and files"), _files(slug, manages=manages)),
    )


def _organisation(slug: str, plan: Plan) -> tuple[Part, ...]:
    return (
        Part(
            T("Facts"),
            T("Name, currency, market, industry, money for a year, exchange rates."),
            "home",
            address("settings-facts", slug),
        ),
        Part(
            T("Words"),
            T("What you call an objective, an action, a segment."),
            "language",
            address("settings-words", slug),
            len(plan.vocabulary),
        ),
        Part(
            T("Rules"),
            T("Thresholds, and rules turned off with a reason."),
            "adjustments",
            address("settings-rules", slug),
            len(plan.rules.ignore) + len(plan.rules.parameters),
        ),
    )


def _people(slug: str) -> tuple[Part, ...]:
    return (
        Part(
            T("People"),
            T("Who belongs to the organisation, in which role; invitations."),
            "users",
            address("people", slug),
        ),
        Part(T("Roles"), T("Who may do what."), "lock", address("settings-roles", slug)),
        Part(T("Trail"), T("Who changed what, and when."), "history", address("trail", slug)),
    )


def _records(slug: str, plan: Plan) -> tuple[Part, ...]:
    return tuple(
        Part(
            one.title,
            one.lead,
            one.icon,
            address("settings-records", slug, key),
            one.count(plan),
            missing_count(key, plan),
        )
        for key, one in PARTS.items()
    )


def _files(slug: str, *, manages: bool) -> tuple[Part, ...]:
    found = [
        Part(T("API tokens"), T("Keys for programs that read or write here."), "key", address("tokens", slug))
    ]
    if manages:
        found.append(
            Part(
                T("Export and deletion"),
                T("Take everything with you; delete the organisation."),
                "archive",
                address("settings-danger", slug),
            )
        )
    return tuple(found)


def columns_of(groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], ...]:
    """Return the groups in two columns of about the same height."""
    return groups[::2], groups[1::2]
