"""Audience coverage: who is spoken to, at which moment of the journey, on which channel, with how much money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.channels import Channel
from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.audiences import targets
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Persona, Plan, Segment, Stage
from gouvernail.web.look.charts import ACCENT, INK, LINE, PAPER, ChartView
from gouvernail.web.look.templatetags.look import language

STAGES: Mapping[Stage, Text] = {
    Stage.awareness: T("Discovers"),
    Stage.consideration: T("Compares"),
    Stage.decision: T("Decides"),
    Stage.retention: T("Comes back"),
    Stage.advocacy: T("Recommends"),
}


@dataclass(frozen=True)
class Cell:
    """What reaches one public at one stage: its actions, and their money."""

    stage: Stage
    actions: tuple[Action, ...]
    money: Money | None

    @property
    def title(self) -> Text:
        """The stage in words."""
        return STAGES[self.stage]


@dataclass(frozen=True)
class Reach:
    """A channel used for a public: the share of its ages that uses the channel, and who says so."""

    channel: Channel
    share: Ratio | None
    stranger: bool
    """True where the channel is far less at home with these ages than with its own."""
    source: str


@dataclass(frozen=True)
class PublicRow:
    """A segment or persona, its coverage by stage, and its channels."""

    id: str
    section: str
    name: str
    about: str
    priority: str
    cells: tuple[Cell, ...]
    reaches: tuple[Reach, ...]

    @property
    def spoken_to(self) -> bool:
        """Whether any action reaches it."""
        return any(cell.actions for cell in self.cells)


AT_HOME = 0.5


def coverage(plan: Plan) -> tuple[PublicRow, ...]:
    """Return every segment, each followed by its personas; then personas without a segment."""
    index = Index(plan)
    reached = _reached(index)
    found: list[PublicRow] = []
    for segment in plan.segments:
        found.append(_segment_row(index, segment, reached))
        found += [_persona_row(index, one, reached) for one in index.personas_of.get(segment.id, ())]
    loose = (one for one in plan.personas if one.segment not in index.segments)
    return (*found, *(_persona_row(index, one, reached) for one in loose))


def heat_map(rows: tuple[PublicRow, ...]) -> ChartView | None:
    """Return the coverage as a heat map of money; None where no action reaches anybody."""
    amounts = [
        (x, y, float(cell.money.amount) if cell.money else 0.0)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row.cells)
        if cell.actions
    ]
    if not amounts:
        return None
    most = max(amount for *_, amount in amounts) or 1
    currency = next((cell.money.currency for row in rows for cell in row.cells if cell.money), "")
    return ChartView(
        id="coverage",
        title=T("Planned money by public and moment"),
        lead=T(
            "In each field what is planned, in {currency}. An empty field is a moment at which nobody speaks to this public.",
            currency=currency,
        ),
        option={
            **_axes(rows, {}, {}),
            "narrow": _axes(
                rows, {"width": 84, "overflow": "break", "fontSize": 11}, {"rotate": 40, "fontSize": 11}
            ),
            "tooltip": {"formatter": f"@money:{currency}" if currency else "@compact"},
            "visualMap": {
                "show": False,
                "min": 0,
                "max": most,
                "inRange": {"color": [PAPER, ACCENT]},
            },
            "series": [
                {
                    "type": "heatmap",
                    "data": [_field(one, most) for one in amounts],
                    "itemStyle": {"borderColor": LINE, "borderWidth": 1},
                    "label": {"show": True, "formatter": "@compact"},
                }
            ],
        },
        headings=(T("Public"), *STAGES.values()),
        rows=tuple((row.name, *(cell.money for cell in row.cells)) for row in rows),
    )


DARK = 0.7
"""From this share of the largest amount on, a field is so dark that its number is written in the colour of paper."""


def _field(one: tuple[int, int, float], most: float) -> dict[str, Any]:
    return {"value": list(one), "label": {"color": PAPER if one[2] > DARK * most else INK}}


def _axes(rows: tuple[PublicRow, ...], publics: dict[str, Any], stages: dict[str, Any]) -> dict[str, Any]:
    return {
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [words.render(language()) for words in STAGES.values()],
            "axisLabel": {"interval": 0, **stages},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [row.name for row in rows],
            "axisLabel": publics,
        },
    }


def _reached(index: Index) -> Mapping[str, list[Action]]:
    found: dict[str, list[Action]] = {}
    for action in index.actions:
        for target in targets(index, action):
            found.setdefault(target.id, []).append(action)
    return found


def _segment_row(index: Index, segment: Segment, reached: Mapping[str, list[Action]]) -> PublicRow:
    age = (segment.age.low, segment.age.high) if segment.age else None
    return PublicRow(
        segment.id,
        "segments",
        segment.name,
        segment.text,
        segment.priority.value if segment.priority else "",
        _cells(index, reached.get(segment.id, [])),
        _reaches(index, reached.get(segment.id, []), age),
    )


def _persona_row(index: Index, persona: Persona, reached: Mapping[str, list[Action]]) -> PublicRow:
    segment = index.segments.get(persona.segment or "")
    band = persona.age or (segment.age if segment else None)
    age = (band.low, band.high) if band else None
    actions = reached.get(persona.id, [])
    return PublicRow(
        persona.id,
        "personas",
        persona.name,
        persona.text,
        "",
        _cells(index, actions),
        _reaches(index, actions, age),
    )


def _cells(index: Index, actions: list[Action]) -> tuple[Cell, ...]:
    return tuple(
        _cell(index, stage, [one for one in actions if stage in _stages(index, one)]) for stage in STAGES
    )


def _cell(index: Index, stage: Stage, actions: list[Action]) -> Cell:
    # An action that speaks at several moments has its money shared between them.
    amount = sum(((one.budget or Decimal(0)) / len(_stages(index, one)) for one in actions), Decimal(0))
    return Cell(stage, tuple(actions), index.money(amount.quantize(Decimal("0.01"))))


def _stages(index: Index, action: Action) -> tuple[Stage, ...]:
    """The moment the action aims at; where it does not say, those that its channel serves."""
    if action.stage:
        return (action.stage,)
    channel = index.channels.get(action.channel or "")
    return tuple(Stage(one) for one in channel.stages) if channel else ()


def _reaches(index: Index, actions: list[Action], age: tuple[int, int] | None) -> tuple[Reach, ...]:
    used = dict.fromkeys(one.channel for one in actions if one.channel)
    found = []
    for id in used:
        channel = index.channels.get(id)
        if channel is None:
            continue
        fit = channel.fit(age, None)
        source = f"{channel.source}, {channel.year}" if channel.source else ""
        share = Ratio(fit.reach, 0) if fit.reach is not None else None
        found.append(Reach(channel, share, fit.affinity is not None and fit.affinity < AT_HOME, source))
    return tuple(found)
