"""Objectives: the seven SMARTER letters, first in management's language, then in marketing's (S4)."""

from __future__ import annotations

from gouvernail.base.text import T, Text, verbatim
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics.shared import CADENCES, owner
from gouvernail.plan.model import Layer

LETTERS = (
    Question(
        "scope.segments",
        Form.elements,
        T("Which part of the market is it about?"),
        names=("segments",),
        solves=("OBJ01",),
        applies=lambda plan, element: element is not None and bool(plan.segments),
    ),
    Question(
        "metric",
        Form.metric,
        T("Which indicator says whether it is reached?"),
        weak=T("followers"),
        strong=verbatim("revenue, leads, lead_to_customer_rate …"),
        solves=("OBJ02", "KPI01"),
    ),
    Question(
        "baseline",
        Form.number,
        T("Where does this indicator stand today, over a year? Percentages as 12 %."),
        weak=T("it is rather low"),
        strong=verbatim("1850000"),
        solves=("OBJ02",),
    ),
    Question(
        "target",
        Form.number,
        T("Which value do you want to reach?"),
        weak=T("as much as possible"),
        strong=verbatim("2220000"),
        solves=("OBJ02", "CAS01"),
    ),
    Question(
        "attainable",
        Form.line,
        T("What makes you think it can be reached?"),
        weak=T("we are motivated"),
        strong=T("+12 % last year with one salesman; a second one starts in March"),
        solves=("OBJ03",),
    ),
    Question("start", Form.day, T("From which day does it count?"), solves=("OBJ05",)),
    Question(
        "due",
        Form.day,
        T("By which day?"),
        weak=T("soon"),
        strong=verbatim("2026-12-31"),
        solves=("OBJ05", "OBJ12"),
    ),
    Question(
        "evaluated",
        Form.choice,
        T("How often do you look at the numbers?"),
        choices=CADENCES,
        solves=("OBJ06", "KPI04"),
    ),
    Question(
        "reviewed",
        Form.choice,
        T("How often do you ask whether it is still the right objective?"),
        choices=CADENCES,
        solves=("OBJ07",),
    ),
    owner("OBJ08", "KPI06"),
)
"""The letters after the first, which only differs from level to level."""


def _smarter(ask: Text, weak: Text, strong: Text, *solves: str) -> tuple[Question, ...]:
    return (Question("title", Form.line, ask, weak=weak, strong=strong, solves=(*solves, "OBJ01")), *LETTERS)


TOPICS = (
    Topic(
        "business_objectives",
        Layer.objectives,
        "objectives",
        T("The business objectives"),
        T("What management wants to reach, in management’s language: revenue, margin, customers."),
        _smarter(
            T("What must the company reach in the coming year?"),
            T("grow"),
            T("Revenue +20 %, thanks to the German market, by the end of 2026"),
            "OBJ16",
        ),
        fixed={"level": "business"},
        serves=("big_ideas", "positionings", "missions"),
        most=3,
    ),
    Topic(
        "marketing_objectives",
        Layer.objectives,
        "objectives",
        T("The marketing objectives"),
        T("What marketing must reach so that the business objectives are reached."),
        (
            *_smarter(
                T("What must marketing bring for that? One result at a time."),
                T("more visibility"),
                T("300 qualified enquiries from German workshops"),
                "OBJ09",
            ),
            Question(
                "serves",
                Form.elements,
                T("Which objective of the company does it serve?"),
                names=("objectives",),
                solves=("OBJ10", "OBJ09"),
                applies=lambda plan, element: element is not None and len(plan.objectives) > 1,
            ),
            Question(
                "shared_with",
                Form.elements,
                T("Which teams carry it together?"),
                weak=T("marketing alone"),
                strong=T("marketing and sales"),
                names=("teams",),
                solves=("ORG01",),
                applies=lambda plan, element: element is not None and bool(plan.teams),
            ),
        ),
        fixed={"level": "marketing"},
        serves=("objectives",),
        most=5,
    ),
)
