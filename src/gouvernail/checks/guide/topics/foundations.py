"""Values, vision, mission, needs and offers (S2)."""

from __future__ import annotations

from gouvernail.base.text import T
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.plan.model import Layer

TOPICS = (
    Topic(
        "values",
        Layer.values,
        "values",
        T("The values"),
        T(
            "What you would hold to even if it cost you a customer. Specific, aspirational, timeless. Horizon: ten years."
        ),
        (
            Question(
                "title",
                Form.line,
                T("Which principle guides your decisions, even against easy money?"),
                weak=T("Quality"),
                strong=T("We repair rather than replace"),
                solves=("VAL01", "VAL02", "VAL03"),
            ),
            Question(
                "text",
                Form.line,
                T("Say it in one sentence that no competitor could sign."),
                weak=T("We are committed to excellence and innovation."),
                strong=T(
                    "A machine sold by us is repaired for twenty years, even when a new one would earn us more."
                ),
                solves=("VAL02", "VAL03"),
            ),
            Question(
                "example",
                Form.line,
                T("On which day did this value weigh more than money or ease?"),
                weak=T("We always act this way."),
                strong=T("In 2023 we reopened a closed line to make 40 spare parts for a machine of 1998."),
                solves=("VAL02",),
            ),
        ),
    ),
    Topic(
        "visions",
        Layer.vision,
        "visions",
        T("The vision"),
        T(
            "The future you want for your customers and for society. Guided by the values. Horizon: ten years."
        ),
        (
            Question(
                "title",
                Form.line,
                T("What will have changed for your customers in ten years, thanks to you?"),
                weak=T("To be the leader of our market"),
                strong=T("No workshop stops for want of a part"),
                solves=("VIS01", "VIS03"),
            ),
            Question(
                "text",
                Form.line,
                T("Say it in one sentence: what changes, and for whom?"),
                weak=T("To become the reference in our field."),
                strong=T(
                    "In ten years a small workshop in Europe gets any part within a day, wherever it is."
                ),
                solves=("VIS03",),
            ),
            Question(
                "serves",
                Form.elements,
                T("Which values guide this vision?"),
                names=("values",),
                solves=("VIS02", "VAL04"),
                applies=lambda plan, element: element is not None and bool(plan.values),
            ),
        ),
        serves=("values",),
        most=1,
    ),
    Topic(
        "missions",
        Layer.mission,
        "missions",
        T("The mission"),
        T("The means to the vision: what you offer, to meet which needs. Horizon: five to ten years."),
        (
            Question(
                "title",
                Form.line,
                T("What do you do, day after day, to bring that future about?"),
                weak=T("To satisfy our customers"),
                strong=T("Spare parts made on demand, delivered overnight"),
                solves=("MIS01",),
            ),
            Question(
                "text",
                Form.line,
                T("In one sentence: with what means, for whom?"),
                weak=T("We offer quality solutions."),
                strong=T(
                    "We measure, machine and deliver the parts that makers no longer stock, for workshops of 5 to 50 people."
                ),
            ),
            Question(
                "serves",
                Form.elements,
                T("Which vision does it serve?"),
                names=("visions",),
                solves=("MIS02",),
                applies=lambda plan, element: element is not None and bool(plan.visions),
            ),
        ),
        serves=("visions",),
        most=1,
    ),
    Topic(
        "needs",
        Layer.mission,
        "needs",
        T("The needs"),
        T("What your customers need, in their own words."),
        (
            Question(
                "title",
                Form.line,
                T("What do your customers need? One need at a time, as they would say it."),
                weak=T("quality products"),
                strong=T("my line must not stand still on a Friday night"),
                solves=("MIS04",),
            ),
        ),
        serves=("missions",),
    ),
    Topic(
        "offers",
        Layer.mission,
        "offers",
        T("The offer"),
        T("What you sell, and which need each offer meets."),
        (
            Question(
                "title",
                Form.line,
                T("What do you sell? One product or service at a time."),
                weak=T("solutions"),
                strong=T("spare part within 24 hours, made from a photograph"),
                solves=("MIS03",),
            ),
            Question(
                "meets",
                Form.elements,
                T("Which needs does it meet?"),
                names=("needs",),
                solves=("MIS04",),
                applies=lambda plan, element: element is not None and bool(plan.needs),
            ),
        ),
        serves=("missions",),
    ),
)
