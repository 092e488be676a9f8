"""For whom: the segments and the persons in them (S1, S4)."""

from __future__ import annotations

from gouvernail.base.text import T, verbatim
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics.shared import MARKETS, to_businesses
from gouvernail.plan.model import Layer, Market

PRIORITIES = {
    "primary": T("first: the strategy stands on it"),
    "secondary": T("second"),
    "exploratory": T("to be explored"),
}


SEGMENTS = Topic(
    "segments",
    Layer.strategy,
    "segments",
    T("The segments"),
    T("The parts of the market that you want to win, each with its own needs."),
    (
        Question(
            "title",
            Form.line,
            T("Whom do you want to win? One group of customers at a time."),
            weak=T("everyone"),
            strong=T("workshops of 5 to 50 people in southern Germany"),
            solves=("STR06",),
        ),
        Question(
            "priority",
            Form.choice,
            T("How much does this group matter to your strategy?"),
            choices=PRIORITIES,
            solves=("AUD03",),
        ),
        Question(
            "market",
            Form.choice,
            T("Businesses or consumers?"),
            choices=MARKETS,
            applies=lambda plan, element: element is not None and plan.organisation.market is not Market.b2b,
        ),
        Question(
            "age",
            Form.ages,
            T("How old are the people who decide?"),
            weak=T("all ages"),
            strong=verbatim("45-60"),
            solves=("AUD01",),
        ),
        Question(
            "countries",
            Form.words,
            T("In which countries? Two letters each: CH, DE …"),
            weak=T("Europe"),
            strong=verbatim("DE, AT"),
        ),
        Question(
            "roles",
            Form.words,
            T("Which roles decide or weigh in?"),
            weak=T("the decision-makers"),
            strong=T("head of maintenance, buyer"),
            applies=lambda plan, element: element is not None and to_businesses(plan, element),
        ),
        Question(
            "size",
            Form.number,
            T("How many of them are there, roughly?"),
            weak=T("a lot"),
            strong=verbatim("4200"),
            solves=("CAS03",),
        ),
    ),
    serves=("missions",),
)
PERSONAS = Topic(
    "personas",
    Layer.strategy,
    "personas",
    T("The personas"),
    T("A typical person of a segment: needs, frustrations, goals, habits."),
    (
        Question(
            "title",
            Form.line,
            T("Picture one typical customer: who is it?"),
            weak=T("the manager"),
            strong=T("Martin, 52, head of maintenance in a plastics plant"),
            solves=("STR07",),
        ),
        Question(
            "segment",
            Form.element,
            T("To which segment does this person belong?"),
            names=("segments",),
            solves=("STR07",),
        ),
        Question(
            "needs",
            Form.words,
            T("What does this person need? Separate with commas."),
            weak=T("quality"),
            strong=T("a part by tomorrow morning, a drawing that can be checked"),
            solves=("STR08",),
        ),
        Question(
            "frustrations",
            Form.words,
            T("What annoys this person today?"),
            weak=T("the price"),
            strong=T("three weeks of waiting, nobody who picks up the telephone"),
            solves=("STR08",),
        ),
        Question(
            "goals",
            Form.words,
            T("What is this person judged on?"),
            weak=T("success"),
            strong=T("hours of standstill a year, maintenance budget"),
            solves=("STR08",),
        ),
        Question(
            "channels",
            Form.channels,
            T("Which channels does this person really use?"),
            weak=T("the Internet"),
            strong=T("search, trade fairs, the trade press"),
            solves=("AUD01",),
        ),
    ),
    serves=("segments",),
)
