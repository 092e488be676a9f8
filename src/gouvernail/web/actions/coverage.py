"""Audience coverage: who is spoken to, at which moment of the journey, on which channel, with how much money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, overload

from gouvernail.base.channels import Channel
from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.audiences import targets
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Persona, Plan, Segment, Stage
from gouvernail.web.actions.wanted import STAGES, moments
from gouvernail.web.look.charts import ACCENT, INK, LINE, PAPER, ChartView
from gouvernail.web.look.templatetags.look import language

SHOWN = 5
"""Actions that a field names; the table has the others."""


@dataclass(frozen=True)
class Cell:
    """What reaches one public at one stage: its actions, and their money."""

    stage: Stage
    actions: tuple[Action, ...]
    money: Money | None

    @property
    def shown(self) -> tuple[Action, ...]:
        """The actions that the field names."""
        return self.actions[:SHOWN]

    @property
    def more(self) -> int:
        """How many it does not name."""
        return max(0, len(self.actions) - SHOWN)

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


class Coverage(Sequence[PublicRow]):
    """Every segment, each followed by its personas; then personas without a segment. Only rows asked for are built."""

    def __init__(self, plan: Plan) -> None:
        self.look_up = Index(plan)
        self.publics = _publics(self.look_up)

    def __len__(self) -> int:
        return len(self.publics)

    @overload
    def __getitem__(self, place: int) -> PublicRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[PublicRow, ...]: ...

    def __getitem__(self, place: int | slice) -> PublicRow | tuple[PublicRow, ...]:
        if isinstance(place, slice):
            return tuple(self._row(one) for one in self.publics[place])
        return self._row(self.publics[place])

    def _row(self, public: Segment | Persona) -> PublicRow:
        if isinstance(public, Segment):
            return _segment_row(self.look_up, public, self._reached)
        return _persona_row(self.look_up, public, self._reached)

    @cached_property
    def _reached(self) -> Mapping[str, list[Action]]:
        return _reached(self.look_up)


def _publics(index: Index) -> tuple[Segment | Persona, ...]:
    found: list[Segment | Persona] = []
    for segment in index.plan.segments:
        found += [segment, *index.personas_of.get(segment.id, ())]
    return (*found, *(one for one in index.plan.personas if one.segment not in index.segments))


def heat_map(rows: Sequence[PublicRow]) -> ChartView | None:
    """Return the coverage as a heat map of money; None where no action reaches anybody."""
    amounts = [
        (x, y, float(cell.money.amount) if cell.money else 0.0)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row.cells)
        if cell.actions
    ]
    if not amounts:
        return None
    currency = next((cell.money.currency for row in rows for cell in row.cells if cell.money), "")
    return ChartView(
        id="coverage",
        title=T("Planned money by audience and moment"),
        lead=T(
            "In each field what is planned, in {currency}. An empty field is a moment at which nobody speaks to this audience.",
            currency=currency,
        ),
        option=_option(rows, amounts, currency),
        headings=(T("Audience"), *STAGES.values()),
        rows=tuple((row.name, *(cell.money for cell in row.cells)) for row in rows),
    )


def _option(
    rows: Sequence[PublicRow], amounts: Sequence[tuple[int, int, float]], currency: str
) -> dict[str, Any]:
    most = max(amount for *_, amount in amounts) or 1
    small = {"rotate": 40, "fontSize": 11}
    return {
        **_axes(rows, {}, {}),
        "narrow": _axes(rows, {"width": 84, "overflow": "break", "fontSize": 11}, small),
        "tooltip": {"formatter": f"@money:{currency}" if currency else "@compact"},
        "visualMap": {"show": False, "min": 0, "max": most, "inRange": {"color": [PAPER, ACCENT]}},
        "series": [
            {
                "type": "heatmap",
                "data": [_field(one, most) for one in amounts],
                "itemStyle": {"borderColor": LINE, "borderWidth": 1},
                "label": {"show": True, "formatter": "@compact"},
            }
        ],
    }


DARK = 0.7
"""From this share of the largest amount on, a field is so dark that its number is written in the colour of paper."""


def _field(one: tuple[int, int, float], most: float) -> dict[str, Any]:
    return {"value": list(one), "label": {"color": PAPER if one[2] > DARK * most else INK}}


def _axes(rows: Sequence[PublicRow], publics: dict[str, Any], stages: dict[str, Any]) -> dict[str, Any]:
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
    at: dict[Stage, list[tuple[Action, int]]] = {stage: [] for stage in STAGES}
    for action in actions:
        spoken = moments(index, action)
        for stage in dict.fromkeys(spoken):
            at[stage].append((action, len(spoken)))
    return tuple(_cell(index, stage, several) for stage, several in at.items())


def _cell(index: Index, stage: Stage, actions: list[tuple[Action, int]]) -> Cell:
    # An action that speaks at several moments has its money shared between them.
    amount = sum(((one.budget or Decimal(0)) / shares for one, shares in actions), Decimal(0))
    return Cell(stage, tuple(one for one, _ in actions), index.money(amount.quantize(CENT)))


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
