"""Reading an answer as a person types it: a number with its thousands, a day, a name from a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text, verbatim
from gouvernail.checks.guide.question import Form, Question
from gouvernail.checks.index import Index
from gouvernail.plan import spelling
from gouvernail.plan.model import Plan

_GROUPING = re.compile(r"[\s\u00a0\u202f'’_]")
_COMMON = (
    "revenue",
    "new_customers",
    "leads",
    "sql",
    "lead_to_customer_rate",
    "average_deal_value",
    "average_order_value",
    "cost_per_lead",
    "cac",
    "sessions",
    "visit_to_lead_rate",
    "email_click_rate",
)
"""Metrics that are offered first; any other may be named."""


@dataclass(frozen=True)
class Option:
    """Something that may be chosen: the value kept, and how people call it."""

    value: str
    label: Text


def options(question: Question, plan: Plan, element: str | None = None) -> tuple[Option, ...]:
    """Return what may be chosen for an answer about `element`, in the order shown; empty for free text."""
    index = Index(plan)
    match question.form:
        case Form.choice:
            return tuple(Option(value, label) for value, label in question.choices.items())
        case Form.element | Form.elements:
            named = (one for section in question.names for one in getattr(plan, section))
            return tuple(Option(one.id, verbatim(one.name)) for one in named if one.id != element)
        case Form.channel | Form.channels:
            return tuple(Option(one.id, one.name) for one in index.channels.values())
        case Form.metric | Form.metrics:
            own = [Option(one.id, verbatim(one.name)) for one in plan.metrics]
            return (*own, *(Option(id, index.metrics[id].name) for id in _COMMON))
        case _:
            return ()


def read(question: Question, words: str, plan: Plan, language: str, element: str | None = None) -> Any:
    """Return the value that `words` mean for this question.

    Raises:
        UsageError: they cannot be read; one sentence says what is expected.
    """
    words = words.strip()
    match question.form:
        case Form.line:
            return words
        case Form.words:
            return tuple(part.strip() for part in re.split(r"[;,\n]", words) if part.strip())
        case Form.number:
            return _number(words)
        case Form.share:
            return _share(words)
        case Form.day:
            return _day(words)
        case Form.ages:
            return _ages(words)
        case _:
            return _chosen(question, words, plan, language, element)


def _number(words: str) -> Decimal:
    plain = _GROUPING.sub("", words)
    percent = plain.endswith("%")
    plain = plain.rstrip("%")
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3}){2,}", plain):
        plain = re.sub(r"[.,]", "", plain)
    elif re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain):
        # 1.500 is fifteen hundred to one reader and one and a half to the other.
        raise UsageError(
            T(
                "“{words}” can be read in two ways: write 1500 or 1.5, without a thousands separator.",
                words=words,
            )
        )
    try:
        value = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise UsageError(
            T("“{words}” is not a number: write it like 1200000 or 0.25.", words=words)
        ) from None
    if not value.is_finite():
        raise UsageError(T("“{words}” is not a number: write it like 1200000 or 0.25.", words=words))
    return value / 100 if percent else value


def _share(words: str) -> Decimal:
    value = _number(words)
    if value > 1 and not words.rstrip().endswith("%"):
        value /= 100
    if not 0 <= value <= 1:
        raise UsageError(T("“{words}” is not a percentage between 0 and 100.", words=words))
    return value


def _day(words: str) -> date:
    found = spelling.day(words)
    if found is None:
        raise UsageError(T("“{words}” is not a day: write it like 2026-06-30 or 30.6.2026.", words=words))
    return date.fromisoformat(found)


def _ages(words: str) -> dict[str, int]:
    found = re.fullmatch(r"(\d{1,3})\s*(?:-|–|à|to|/)\s*(\d{1,3})", words)
    if not found or not int(found[1]) <= int(found[2]) <= 120:
        raise UsageError(T("“{words}” is not an age range: write it like 45-60.", words=words))
    return {"low": int(found[1]), "high": int(found[2])}


def _chosen(question: Question, words: str, plan: Plan, language: str, element: str | None) -> Any:
    offered = options(question, plan, element)
    known = _by_name(question, plan, offered, language)
    parts = [part.strip() for part in re.split(r"[;,]", words) if part.strip()]
    if not question.form.several and len(parts) > 1 and words.casefold() in known:
        parts = [words]
    values = [_one(part, offered, known) for part in parts]
    if not values or (len(values) > 1 and not question.form.several):
        raise UsageError(T("Choose one: type its number or its name."))
    return tuple(dict.fromkeys(values)) if question.form.several else values[0]


def _one(part: str, offered: tuple[Option, ...], known: Mapping[str, str]) -> str:
    if re.fullmatch("[0-9]{1,4}", part) and 1 <= int(part) <= len(offered):
        return offered[int(part) - 1].value
    if part.casefold() in known:
        return known[part.casefold()]
    near = closest(part.casefold(), known)
    raise UsageError(
        T("“{words}” is not in the list. Did you mean “{near}”?", words=part, near=near)
        if near
        else T("“{words}” is not in the list: type a number or a name of it.", words=part)
    )


def _by_name(question: Question, plan: Plan, offered: Iterable[Option], language: str) -> dict[str, str]:
    """Everything that may be typed, in small letters → its value."""
    names = {option.value.casefold(): option.value for option in offered}
    names |= {option.label.render(language).casefold(): option.value for option in offered}
    if question.form in (Form.metric, Form.metrics):
        for id, metric in Index(plan).metrics.items():
            names.setdefault(id, id)
            names.setdefault(metric.name.render(language).casefold(), id)
    return names
