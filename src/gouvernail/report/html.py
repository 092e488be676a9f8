"""The page that management and marketing read together: one self-contained HTML file from one Bearing.

No script and no network: styles and charts stand in the file, explanations open with `<details>`. Words come from
`labels`, `story`, `chances` and `context` as `Text`; templates only lay out. Titles are the user's words and are escaped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from gouvernail.base.channels import channels
from gouvernail.base.ids import source_name
from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.render import format_money, format_value
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import ActionStatus, Bearing, ChainRow, ObjectiveStatus
from gouvernail.bearing.moves import Moves
from gouvernail.plan.model import Layer
from gouvernail.report import (
    causing,
    chances,
    charts,
    crediting,
    experiment_arms,
    experimenting,
    explaining,
    flowing,
    foreseeing,
    geo,
    groups,
    labels,
    phrases,
    story,
)
from gouvernail.report.context import aimed, progress_sentence, readings
from gouvernail.report.values import in_unit

_MODULES = {
    "groups": groups,
    "labels": labels,
    "story": story,
    "chances": chances,
    "phrases": phrases,
    "charts": charts,
    "crediting": crediting,
    "causing": causing,
    "experiment_arms": experiment_arms,
    "experimenting": experimenting,
    "geo_told": geo,
    "foreseeing": foreseeing,
}
"""The modules whose functions and words templates use, by the names they have there."""
_MOST_COURSES = 24
"""Charts of objectives drawn; beyond, the numbers stay in the tables."""


def render(bearing: Bearing, language: str, moves: Moves | None = None) -> str:
    """Return the report of `bearing` as one HTML document in `language` ("en" or "fr").

    With `moves`, it also tells what moved in the plan since an earlier revision.

    Deterministic: the same Bearing gives the same bytes.
    """
    page = _Page(bearing, language)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            **page.helpers(),
            **page.parts(),
            moves=moves,
            css=Markup(_asset("report.css")),  # noqa: S704 - our own stylesheet
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("gouvernail.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _asset(name: str) -> str:
    return (files("gouvernail.report") / "assets" / name).read_text("utf-8")


@dataclass
class _Page:
    """What the templates see for one Bearing and one reader."""

    bearing: Bearing
    language: str
    anchors: dict[str, str] = field(default_factory=dict)
    known: dict[str, LocatedFinding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Identities hold whatever ids the user chose; anchors are plain numbers in the order of the page.
        for number, located in enumerate(self.bearing.findings, 1):
            self.anchors[located.finding.identity] = f"finding-{number}"
            self.known[located.finding.identity] = located

    def helpers(self) -> dict[str, Any]:
        """Return the functions and words that every template uses."""
        return {
            **_MODULES,
            "t": self.say,
            "sentence": self.sentence,
            "ranked": lambda identities: groups.ranked(identities, self.known),
            "T": T,
            "w": labels.HEADINGS,
            "c": labels.COLUMNS,
            "lang": self.language,
            "bearing": self.bearing,
            "money": self.money,
            "title": self.title,
            "finding_of": self.known.get,
            "anchor": self.anchors.get,
            "unit": self.unit,
            "kind": self.kind,
            "channel": self.channel,
            "source": source_name,
            "iso": _iso,
            "number": lambda value, digits=0: Number(float(value), digits),
            "ratio": Ratio,
            "answered": lambda outcome: isinstance(outcome, Estimate),
            "total": self.total_of,
            "node": lambda id: flowing.node_name(id, self.bearing.titles, self.language),
            "progress_sentence": lambda status: progress_sentence(status, self.bearing.currency),
            "sparkline": charts.sparkline,
            "explained": self.explained,
            "forecast": lambda status: foreseeing.of_objective(status, self.bearing.currency),
            "mover": explaining.mover,
            "short_month": self.month,
        }

    def parts(self) -> dict[str, Any]:
        """Return what the page is made of, in its order."""
        bearing = self.bearing
        money = flowing.money_flow(bearing)
        drawable = bool(money.flows) and not money.cyclic
        return {
            "figures": story.figures(bearing),
            "headline": story.headline(bearing),
            "decisions": story.decisions(bearing.findings),
            "layers": self.layers(),
            "flow": money,
            "flow_drawings": flowing.draw_money(bearing, money, self.language) if drawable else (),
            "courses": self.courses(),
            "readings": (shown := readings(bearing)),
            "aimed": [reading for reading in shown if aimed(reading)],
            "others": [reading for reading in shown if not aimed(reading)],
            "by_severity": groups.by_severity(bearing),
            "gravest": groups.gravest(bearing),
            "most_lost": self.most_lost(),
            "actions": sorted(bearing.actions, key=_action_weight, reverse=True),
        }

    def say(self, value: Any) -> str:
        """Return a `Text` or a typed value in the reader's language."""
        return format_value(value, self.language)

    def money(self, money: Money | None) -> str | None:
        return None if money is None else format_money(money, self.language)

    def unit(self, value: Any, unit: Unit) -> str:
        return self.say(in_unit(value, unit, self.bearing.currency))

    def title(self, id: str | None) -> str:
        """Return how people name an element, a layer or a metric."""
        if not id:
            return ""
        # Titles first: an element may well be called `mission`, as its layer is.
        named = self.bearing.titles.get(id) or self._metric_names.get(id)
        if not named and id in Layer.__members__:
            return self.say(labels.LAYERS[Layer(id)])
        return named or id

    @property
    def _metric_names(self) -> Mapping[str, str]:
        return {metric.id: self.say(metric.name) for metric in self.bearing.metrics}

    def kind(self, kind: str) -> str:
        return self.say(labels.KINDS[kind]) if kind in labels.KINDS else kind

    def channel(self, id: str | None) -> str:
        if not id:
            return ""
        known = channels().get(id)
        return self.say(known.name) if known else self.bearing.titles.get(id, id)

    def month(self, day: date) -> str:
        from babel.dates import format_date

        return format_date(day, "MMM y", locale=self.language)

    def layers(self) -> list[tuple[Layer, Decimal, list[ChainRow]]]:
        """Return the six layers with the points they keep and their rows."""
        rows: dict[Layer, list[ChainRow]] = defaultdict(list)
        for row in self.bearing.chain:
            rows[row.layer].append(row)
        kept = self.bearing.figures.coherence.by_layer
        return [(layer, kept.get(layer, Decimal(0)), rows[layer]) for layer in Layer]

    def courses(self) -> list[tuple[ObjectiveStatus, tuple[charts.Drawing, ...]]]:
        """Return the objectives, business ones first, each with its drawings (none where nothing is known)."""
        ranks = {"business": 0, "marketing": 1, "digital": 2}
        ordered = sorted(self.bearing.objectives, key=lambda status: ranks.get(status.level or "", 3))
        drawn = 0
        result: list[tuple[ObjectiveStatus, tuple[charts.Drawing, ...]]] = []
        for number, status in enumerate(ordered, 1):
            drawings: tuple[charts.Drawing, ...] = ()
            if drawn < _MOST_COURSES and charts.has_course(status):
                drawings = charts.draw_course(status, number, self.language)
                drawn += 1
            result.append((status, drawings))
        return result

    def explained(self, status: ObjectiveStatus) -> list[explaining.Told]:
        """Return why an objective's metric moved and what lacks to its target, as far as it can be told."""
        found = explaining.of_objective(self.bearing, status.id)
        return [each for each in (explaining.told(one, self.bearing.currency) for one in found) if each.rows]

    def most_lost(self) -> Layer | None:
        """Return the layer that lost most points, None where none lost any."""
        kept = self.bearing.figures.coherence.by_layer
        if not self.bearing.figures.coherence.losses:
            return None
        return min(Layer, key=lambda layer: kept.get(layer, Decimal(0)))

    def sentence(self, text: Text) -> Markup:
        """Return a sentence with the source that it cites in smaller type."""
        words = escape(self.say(text))
        source = text.values.get("source")
        if not isinstance(source, Text):
            return words
        name = self.say(source)
        whole = f"({name}, {text.values.get('year')})"
        cited = escape(whole if escape(whole) in words else name)
        return words.replace(cited, Markup('<span class="cited">{}</span>').format(cited))

    def total_of(self, column: str, amount: Decimal, currency: str | None) -> str:
        """Return one total of a source: money in its currency, else a plain number."""
        if column in labels.MONEY_TOTALS and currency:
            return format_money(Money(amount, currency), self.language, cents=True)
        return self.say(Number(float(amount), 0 if amount == int(amount) else 2))


def _action_weight(action: ActionStatus) -> Decimal:
    return max(action.planned.amount, action.spent.amount if action.spent else Decimal(0))


def _iso(day: date) -> str:
    return day.isoformat()


__all__ = ["render"]
