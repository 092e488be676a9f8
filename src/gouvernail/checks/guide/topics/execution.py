"""Actions: value proposition, budget, message, channel and timing, all used together (S2)."""

from __future__ import annotations

from gouvernail.base.text import T, verbatim
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics.shared import STAGES, owner
from gouvernail.plan.model import Layer

TOPICS = (
    Topic(
        "actions",
        Layer.execution,
        "actions",
        T("The actions"),
        T("What you do: each action serves an objective, speaks to a public, has money, dates and a trace."),
        (
            Question(
                "title",
                Form.line,
                T("What do you do, or plan to do? One campaign, content or event at a time."),
                weak=T("social media"),
                strong=T("Search ads in German on “spare part overnight”"),
                solves=("ACT12", "OBJ15", "STR09", "AUD03"),
            ),
            Question(
                "serves",
                Form.elements,
                T("Which objective does it serve?"),
                names=("objectives",),
                solves=("ACT01", "OBJ15"),
                applies=lambda plan, element: element is not None and bool(plan.objectives),
            ),
            Question(
                "channel",
                Form.channel,
                T("On which channel?"),
                weak=T("everywhere"),
                strong=T("where your persona really is"),
                solves=("AUD01", "AUD05"),
            ),
            Question(
                "audience.segments",
                Form.elements,
                T("To whom does it speak?"),
                names=("segments",),
                solves=("ACT06", "AUD02", "AUD03"),
                applies=lambda plan, element: element is not None and bool(plan.segments),
            ),
            Question(
                "stage",
                Form.choice,
                T("At which moment of the customer’s journey?"),
                choices=STAGES,
                solves=("STR09", "AUD05"),
            ),
            Question(
                "message",
                Form.line,
                T("What does it say? The sentence itself."),
                weak=T("Discover our solutions!"),
                strong=T("Your part tomorrow at seven. Send us a photograph."),
                solves=("ACT07", "ACT10"),
            ),
            Question(
                "value_proposition",
                Form.element,
                T("Which promise does it carry?"),
                names=("value_propositions",),
                solves=("STR10", "ACT07"),
                applies=lambda plan, element: element is not None and bool(plan.value_propositions),
            ),
            Question(
                "budget",
                Form.number,
                T("What does it cost from start to end? 0 where it costs nothing."),
                weak=T("not much"),
                strong=verbatim("18000"),
                solves=("ACT03", "OBJ15", "BUD01"),
            ),
            Question("start", Form.day, T("When does it start?"), solves=("ACT04",)),
            Question("end", Form.day, T("When does it end?"), solves=("ACT04",)),
            Question(
                "kpis",
                Form.metrics,
                T("On which indicators is it judged? One or two."),
                weak=T("likes"),
                strong=verbatim("leads, cost_per_lead"),
                solves=("ACT02", "KPI01"),
            ),
            Question(
                "tracking",
                Form.line,
                T("By which campaign name will its results be recognised (utm_campaign)?"),
                weak=T("none"),
                strong=verbatim("de-search-overnight-2026"),
                solves=("ACT08",),
            ),
            owner("ACT05"),
        ),
        serves=("objectives",),
    ),
)
