"""The strategy: against whom, on what evidence, with which promise and idea (S1, S2, S4)."""

from __future__ import annotations

from gouvernail.base.text import T, Text
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics.publics import PERSONAS, SEGMENTS
from gouvernail.checks.guide.topics.shared import TIERS, started
from gouvernail.plan.model import Layer


def _quadrant(id: str, title: Text, intro: Text, ask: Text, weak: Text, strong: Text) -> Topic:
    question = Question("title", Form.line, ask, weak=weak, strong=strong, solves=("STR02", "STR03"))
    return Topic(
        f"swot_{id}", Layer.strategy, "swot", title, intro, (question,), fixed={"quadrant": id}, most=5
    )


COMPETITORS = Topic(
    "competitors",
    Layer.strategy,
    "competitors",
    T("The competitors"),
    T("Those with whom your customers compare you."),
    (
        Question("title", Form.line, T("With whom do your customers compare you?"), solves=("STR05",)),
        Question("tier", Form.choice, T("At which price level does this competitor stand?"), choices=TIERS),
        Question(
            "axes",
            Form.words,
            T("What is this competitor known for? Separate with commas."),
            weak=T("quality"),
            strong=T("catalogue of 12,000 parts, price"),
            solves=("STR05",),
        ),
    ),
)
STUDIES = Topic(
    "market_studies",
    Layer.strategy,
    "market_studies",
    T("The market study"),
    T("What you know of your market, and how you know it. The big idea does not fall from the sky."),
    (
        Question(
            "title",
            Form.line,
            T("What have you asked or counted in your market?"),
            weak=T("we know our customers"),
            strong=T("23 interviews with heads of maintenance, spring 2026"),
            solves=("STR02",),
        ),
        Question(
            "findings",
            Form.words,
            T("What did you learn? Separate with semicolons."),
            weak=T("customers want quality"),
            strong=T("two out of three lost a day last year; nobody compares prices in an emergency"),
            solves=("STR02",),
        ),
    ),
)
QUADRANTS = (
    _quadrant(
        "strength",
        T("Strengths"),
        T("What you do better than others, and can prove."),
        T("What do you do better than others, and how could you prove it?"),
        T("our experience"),
        T("own workshop: a prototype leaves it in nine days"),
    ),
    _quadrant(
        "weakness",
        T("Weaknesses"),
        T("What holds you back, said plainly."),
        T("What holds you back?"),
        T("communication"),
        T("nobody speaks German in sales"),
    ),
    _quadrant(
        "opportunity",
        T("Opportunities"),
        T("What moves in your market that could help you."),
        T("What moves in your market that could help you?"),
        T("digital"),
        T("two big makers stop stocking parts over ten years old"),
    ),
    _quadrant(
        "threat",
        T("Threats"),
        T("What could hurt you from outside."),
        T("What could hurt you from outside?"),
        T("competition"),
        T("copies at a third of the price in public tenders"),
    ),
)
POSITIONINGS = Topic(
    "positionings",
    Layer.strategy,
    "positionings",
    T("The positioning"),
    T("The place you want in the customer’s mind, against the others."),
    (
        Question(
            "title",
            Form.line,
            T("In one line: for whom are you the best choice, and at what?"),
            weak=T("the best value for money"),
            strong=T("the workshop that never lets a line stand still"),
            solves=("STR05",),
        ),
        Question(
            "tier", Form.choice, T("At which price level do you stand?"), choices=TIERS, solves=("POS01",)
        ),
        Question(
            "axes",
            Form.words,
            T("On which qualities do you differ? Separate with commas."),
            weak=T("quality, service"),
            strong=T("nine days from drawing to part, repair for twenty years"),
            solves=("STR05",),
        ),
        Question(
            "horizon_years",
            Form.number,
            T("For how many years is it meant to hold? Three to five, as a rule."),
            solves=("STR11",),
        ),
    ),
    serves=("missions",),
    most=1,
)
PROPOSITIONS = Topic(
    "value_propositions",
    Layer.strategy,
    "value_propositions",
    T("The value proposition"),
    T("What a given public gains, with what proof."),
    (
        Question(
            "title",
            Form.line,
            T("What do you promise, and to whom? One promise at a time."),
            weak=T("solutions adapted to your needs"),
            strong=T("your part tomorrow at seven, or you do not pay"),
            solves=("STR10", "ACT07"),
        ),
        Question(
            "segments",
            Form.elements,
            T("To which segments is it made?"),
            names=("segments",),
            solves=("STR10",),
        ),
        Question(
            "proof",
            Form.line,
            T("What proves it?"),
            weak=T("our know-how"),
            strong=T("1,204 parts delivered in 2025, 97 % before seven o’clock"),
        ),
        Question(
            "key_words",
            Form.words,
            T("By which words would one recognise it in a message? Separate with commas."),
            weak=T("quality"),
            strong=T("tomorrow, seven o’clock"),
            solves=("ACT07",),
        ),
    ),
    serves=("positionings", "missions"),
)
BIG_IDEAS = Topic(
    "big_ideas",
    Layer.strategy,
    "big_ideas",
    T("The big idea"),
    T(
        "The creative stance that every action embodies, and that sets you apart. Horizon: three to five years."
    ),
    (
        Question(
            "title",
            Form.line,
            T("Which single idea could stand behind each of your messages?"),
            weak=T("quality at your service"),
            strong=T("the night shift: while you sleep, we machine"),
            solves=("STR01",),
        ),
        Question(
            "evidence",
            Form.elements,
            T("On what does it rest?"),
            names=("swot", "market_studies", "trends"),
            solves=("STR02", "STR04"),
            applies=lambda plan, element: (
                element is not None and bool(plan.swot or plan.market_studies or plan.trends)
            ),
        ),
        Question(
            "horizon_years",
            Form.number,
            T("For how many years is it meant to hold? Three to five, as a rule."),
            solves=("STR11",),
            applies=started,
        ),
    ),
    serves=("missions",),
    most=1,
)
CHARTER = Topic(
    "charters",
    Layer.strategy,
    "charters",
    T("The tone"),
    T("How you speak, and the words that you never use."),
    (
        Question(
            "title",
            Form.line,
            T("What do you call your brand charter? For instance House style."),
            solves=("ACT10",),
        ),
        Question(
            "tone",
            Form.words,
            T("How do you speak to your customers? Two or three words."),
            weak=T("professional"),
            strong=T("plain, exact, dry humour"),
        ),
        Question(
            "forbidden_words",
            Form.words,
            T("Which words do you never use? Separate with commas."),
            strong=T("revolutionary, cheap, solution"),
            solves=("ACT10",),
        ),
    ),
    most=1,
)

TOPICS = (
    *QUADRANTS,
    STUDIES,
    SEGMENTS,
    PERSONAS,
    COMPETITORS,
    POSITIONINGS,
    PROPOSITIONS,
    BIG_IDEAS,
    CHARTER,
)
