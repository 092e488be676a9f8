"""The company, its people, and the meetings and sources that keep the plan alive."""

from __future__ import annotations

from gouvernail.base.text import T, verbatim
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics.shared import CADENCES, MARKETS, has

FUNCTIONS = {
    "management": T("management"),
    "marketing": T("marketing"),
    "sales": T("sales"),
    "operations": T("production or operations"),
    "other": T("other"),
}
CURRENCIES = {code: verbatim(code) for code in ("CHF", "EUR", "USD", "GBP", "CAD")}
PURPOSES = {
    "marketing_sales": T("marketing with sales"),
    "management": T("marketing with management"),
    "strategy_review": T("review of the strategy"),
    "sprint_review": T("review of the sprint"),
    "other": T("other"),
}

COMPANY = (
    Topic(
        "organisation",
        None,
        "organisation",
        T("Your company"),
        T("A few facts: the rules and the figures follow from them."),
        (
            Question("name", Form.line, T("What is your company called?")),
            Question(
                "market",
                Form.choice,
                T("To whom do you sell?"),
                choices=MARKETS,
            ),
            Question(
                "industry",
                Form.line,
                T("In which industry?"),
                weak=T("services"),
                strong=T("sensors and measuring instruments for industry"),
            ),
            Question("country", Form.line, T("In which country are you? Two letters: CH, FR, BE …")),
            Question("currency", Form.choice, T("In which currency do you count?"), choices=CURRENCIES),
            Question("employees", Form.number, T("How many people work there?")),
            Question(
                "budget",
                Form.number,
                T("How much money may marketing spend in a year, all in?"),
                weak=T("we will see"),
                strong=verbatim("120000"),
            ),
        ),
    ),
    Topic(
        "people",
        None,
        "people",
        T("The people"),
        T("Who works on this plan: names that can answer for something."),
        (
            Question(
                "title",
                Form.line,
                T("Who works on the plan? One name; you may add others afterwards."),
                solves=("OBJ08", "ACT05"),
            ),
            Question(
                "role",
                Form.line,
                T("What is this person’s role?"),
                weak=T("marketing"),
                strong=T("head of marketing, in charge of the website and the trade fairs"),
            ),
            Question(
                "skills",
                Form.words,
                T("What is this person good at? Separate with commas."),
                weak=T("digital"),
                strong=T("seo, writing, events"),
                solves=("ORG06",),
            ),
        ),
    ),
    Topic(
        "teams",
        None,
        "teams",
        T("The teams"),
        T("Marketing, sales, management: who must pull the same rope."),
        (
            Question(
                "title",
                Form.line,
                T("Which team takes part? For instance Marketing, Sales, Management."),
                solves=("ORG01", "ORG07"),
            ),
            Question("function", Form.choice, T("What does this team do?"), choices=FUNCTIONS),
            Question(
                "leads_per_month",
                Form.number,
                T("How many enquiries can it follow up in a month?"),
                weak=T("as many as come"),
                strong=verbatim("60"),
                solves=("ORG02",),
                applies=lambda _plan, team: getattr(team, "function", None) == "sales",
            ),
            Question(
                "follow_up_hours",
                Form.number,
                T("Within how many hours does it promise to call back?"),
                weak=T("quickly"),
                strong=verbatim("24"),
                solves=("ORG08",),
                applies=lambda _plan, team: getattr(team, "function", None) == "sales",
            ),
        ),
    ),
)

RHYTHM = (
    Topic(
        "meetings",
        None,
        "meetings",
        T("The meetings"),
        T("Marketing meets sales, and marketing meets management: regularly, with figures."),
        (
            Question(
                "title",
                Form.line,
                T(
                    "Which regular meeting looks at marketing? For instance Marketing and sales, Monday at nine."
                ),
                weak=T("we talk at the coffee machine"),
                strong=T("Marketing and sales, first Monday of the month, one hour, minutes taken"),
                solves=("REV03", "REV04", "ORG07"),
                applies=has("teams"),
            ),
            Question(
                "purpose", Form.choice, T("What is it for?"), choices=PURPOSES, solves=("REV03", "REV04")
            ),
            Question(
                "between",
                Form.elements,
                T("Which teams meet?"),
                names=("teams",),
                solves=("REV03", "REV04", "ORG07"),
            ),
            Question("cadence", Form.choice, T("How often?"), choices=CADENCES, solves=("REV03", "REV04")),
            Question("last", Form.day, T("When was it held last?"), solves=("REV03", "REV04")),
        ),
    ),
    Topic(
        "sources",
        None,
        "sources",
        T("The sources"),
        T("Where the numbers come from. Without a source an indicator is a wish."),
        (
            Question(
                "title",
                Form.line,
                T("Which tool holds your numbers? For instance HubSpot, Google Analytics, the shop."),
                solves=("KPI02",),
            ),
            Question(
                "metrics",
                Form.metrics,
                T("Which indicators do you read in it?"),
                weak=T("everything"),
                strong=verbatim("leads, won_deals, revenue"),
                solves=("KPI02",),
            ),
            Question(
                "refreshed",
                Form.choice,
                T("How often are they brought up to date?"),
                choices=CADENCES,
                solves=("KPI03",),
            ),
        ),
    ),
)
