"""The words of the chain that an organisation may replace by its own, in the singular and in the plural.

The plan's vocabulary names a kind (`objective`), a section for the plural (`objectives`), a level of objectives
(`business`) or a layer (`strategy`). Where the singular alone is renamed, it stands for the plural too.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Layer
from gouvernail.report.labels import KINDS, LAYERS, LEVELS

PLURALS: Mapping[str, tuple[str, Text]] = {
    "value": ("values", T("Values")),
    "vision": ("visions", T("Vision")),
    "mission": ("missions", T("Mission")),
    "need": ("needs", T("Customers’ needs")),
    "offer": ("offers", T("Offers")),
    "big_idea": ("big_ideas", T("Big idea")),
    "positioning": ("positionings", T("Positioning")),
    "value_proposition": ("value_propositions", T("Value propositions")),
    "segment": ("segments", T("Segments")),
    "persona": ("personas", T("Personas")),
    "journey_stage": ("journey", T("Customer journey")),
    "swot_item": ("swot", T("SWOT")),
    "competitor": ("competitors", T("Competitors")),
    "market_study": ("market_studies", T("Market studies")),
    "trend": ("trends", T("Trends")),
    "charter": ("charters", T("Brand charter")),
    "objective": ("objectives", T("Objectives")),
    "action": ("actions", T("Actions")),
    "envelope": ("envelopes", T("Budget envelopes")),
    "sprint": ("sprints", T("Sprints")),
}
"""Kind → the word of its section in the plan, and what that is usually called."""
ALONE: Mapping[str, Text] = {
    "strategy": LAYERS[Layer.strategy],
    "execution": LAYERS[Layer.execution],
    **LEVELS,
}
"""Words without a plural: layers that hold several kinds, and the levels of objectives."""
NEW: Mapping[str, Text] = {
    "objective": T("New objective"),
    "action": T("New action"),
    "persona": T("New persona"),
}
"""Kind → what the button says that makes one."""


def own_words(vocabulary: Mapping[str, str]) -> dict[str, str | Text]:
    """Return what a plan's vocabulary puts in the place of each usual word."""
    own: dict[str, str | Text] = {}
    for kind, (section, several) in PLURALS.items():
        one = vocabulary.get(kind)
        if said := vocabulary.get(section) or one:
            own[several.template] = said
        if one:
            own[KINDS[kind].template] = one
            if kind in NEW:
                own[NEW[kind].template] = T("New: {kind}", kind=KINDS[kind])
    own |= {text.template: vocabulary[word] for word, text in ALONE.items() if vocabulary.get(word)}
    return own
