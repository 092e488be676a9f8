"""The chain as pages of an indented table, findings beside each element; and as a diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number
from gouvernail.bearing.chain import chain_rows
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing, ChainRow
from gouvernail.checks.finding import Severity
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Layer
from gouvernail.report import labels
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links, Ref
from gouvernail.web.plans.choicewords import KINDS

A_PAGE = 100
DEEPEST = 6
"""Depth beyond which the table indents no further."""


@dataclass(frozen=True)
class LayerTab:
    """One layer among the tabs over the table."""

    id: str
    title: Text
    question: Text
    count: int
    kept: Number | None
    """Points of coherence that it keeps of its 100/6; None while nobody judged it."""
    missing: tuple[FindingLine, ...]
    """Findings of what the layer lacks altogether."""
    here: bool

    @property
    def tone(self) -> str:
        """The tone of what it lacks: bad where something blocks."""
        return "bad" if any(one.severity is Severity.blocking for one in self.missing) else "warn"


@dataclass(frozen=True)
class FindingLine:
    """A finding beside an element."""

    severity: Severity
    message: Text
    hint: Text
    code: str
    url: str


@dataclass(frozen=True)
class ElementLine:
    """One line of the table. `opens` is the layer that begins with it on this page."""

    id: str
    ref: Ref
    kind: Text
    text: str
    owner: str
    depth: int
    parents: tuple[Ref, ...]
    silent: bool
    """True where this kind of element need not serve anything above."""
    top: bool
    findings: tuple[FindingLine, ...]
    opens: LayerTab | None


@dataclass(frozen=True)
class ChainPage:
    """One page of the chain."""

    tabs: tuple[LayerTab, ...]
    page: Page[ChainRow]
    lines: tuple[ElementLine, ...]
    total: int
    judged: bool
    layer: LayerTab | None
    empty: tuple[LayerTab, ...]
    """Layers in which nothing is written."""


@dataclass(frozen=True)
class Asked:
    """Which part of the chain: one layer (all where empty), elements that hold a word, only those with findings."""

    layer: str = ""
    word: str = ""
    flawed: bool = False
    number: str = "1"


def rows_of(here: Current) -> tuple[ChainRow, ...]:
    """Return the rows of the chain: the bearing's where it judges this very plan, else those of the plan alone."""
    if here.bearing is not None and not here.older:
        return here.bearing.chain
    branch = here.scenario.pk if here.scenario else None
    digest = shelf.loaded(here.workspace, here.revision, here.scenario).digest
    return _plain(here.workspace.pk, here.revision, branch, digest)


@lru_cache(maxsize=8)
def _plain(workspace: int, revision: int, scenario: int | None, _digest: str) -> tuple[ChainRow, ...]:
    loaded = shelf.loaded_by(workspace, revision, scenario)
    return chain_rows(loaded, Graph(loaded.plan), ())


def build(here: Current, links: Links, asked: Asked) -> ChainPage:
    """Return the page of the chain that was asked for."""
    bearing = here.bearing if not here.older else None
    rows = rows_of(here)
    found = known(bearing).findings if bearing else {}
    tabs = _tabs(rows, bearing, links, asked.layer)
    page = Paginator(_chosen(rows, asked), A_PAGE).get_page(asked.number)
    return ChainPage(
        tabs=tabs,
        page=page,
        lines=_lines(page, {one.id: one for one in tabs}, found, here, links),
        total=len(rows),
        judged=bearing is not None,
        layer=next((one for one in tabs if one.here), None),
        empty=tuple(one for one in tabs if not one.count and (one.here or not asked.layer)),
    )


def _chosen(rows: tuple[ChainRow, ...], asked: Asked) -> list[ChainRow]:
    word = asked.word.casefold().strip()
    return [
        row
        for row in rows
        if (not asked.layer or row.layer == asked.layer)
        and (not asked.flawed or row.findings)
        and (not word or word in f"{row.title}\n{row.text}\n{row.id}".casefold())
    ]


def _tabs(
    rows: tuple[ChainRow, ...],
    bearing: Bearing | None,
    links: Links,
    chosen: str,
) -> tuple[LayerTab, ...]:
    counts = Counter(row.layer for row in rows)
    kept = bearing.figures.coherence.by_layer if bearing else {}
    return tuple(
        LayerTab(
            layer.value,
            labels.LAYERS[layer],
            labels.LAYER_QUESTIONS[layer],
            counts[layer],
            Number(float(kept[layer]), 1) if layer in kept else None,
            _findings(known(bearing).missing[layer], known(bearing).findings, links) if bearing else (),
            layer.value == chosen,
        )
        for layer in Layer
    )


def _lines(
    page: Page[ChainRow],
    tabs: dict[str, LayerTab],
    found: Mapping[str, LocatedFinding],
    here: Current,
    links: Links,
) -> tuple[ElementLine, ...]:
    shown = []
    layer = None
    for row in page.object_list:
        shown.append(_line(row, tabs[row.layer] if row.layer != layer else None, found, here, links))
        layer = row.layer
    return tuple(shown)


def _line(
    row: ChainRow, opens: LayerTab | None, found: Mapping[str, LocatedFinding], here: Current, links: Links
) -> ElementLine:
    return ElementLine(
        id=row.id,
        ref=links.element(row.id),
        kind=kind_of(row.kind, here),
        text=row.text,
        owner=str(links.element(row.owner).title) if row.owner else "",
        depth=min(row.depth, DEEPEST),
        parents=links.elements(row.parents),
        silent=row.kind not in labels.LINKED_UPWARD,
        top=row.kind == "value",
        findings=_findings(row.findings, found, links),
        opens=opens,
    )


def kind_of(kind: str, here: Current) -> Text:
    """Return what a kind of element is called here: the organisation's own word, else ours."""
    own = here.plan.vocabulary.get(kind)
    return verbatim(own) if own else KINDS.get(kind, verbatim(kind))


def _findings(
    identities: tuple[str, ...], found: Mapping[str, LocatedFinding], links: Links
) -> tuple[FindingLine, ...]:
    judged = [found[one].finding for one in identities if one in found]
    order = list(Severity)
    return tuple(
        FindingLine(one.severity, one.message, one.hint, one.code, links.finding(one.identity))
        for one in sorted(judged, key=lambda one: order.index(one.severity))
    )


MOST_NODES = 160
"""Elements that a diagram shows; beyond, a layer must be chosen in the table."""
COLUMNS: tuple[Text, ...] = (T("Element"), T("Layer"), T("Serves"), T("Gravest finding"))


def diagram_rows(rows: tuple[ChainRow, ...]) -> tuple[ChainRow, ...]:
    """Return the rows that the diagram draws: all, or the linked kinds alone where there are too many."""
    if len(rows) <= MOST_NODES:
        return rows
    linked = [row for row in rows if row.kind in labels.LINKED_UPWARD or row.kind == "value"]
    return tuple(linked[:MOST_NODES])


def gravest(row: ChainRow, found: Mapping[str, LocatedFinding]) -> Severity | None:
    """Return the gravest finding of a row."""
    graves = {found[one].finding.severity for one in row.findings if one in found}
    return next((one for one in Severity if one in graves), None)


def diagram_table(
    rows: tuple[ChainRow, ...], found: Mapping[str, LocatedFinding], links: Links
) -> tuple[tuple[Any, ...], ...]:
    """Return the diagram as rows."""
    return tuple(
        (
            row.title,
            labels.LAYERS[row.layer],
            ", ".join(str(links.element(one).title) for one in row.parents) or None,
            labels.SEVERITY[grave][2] if (grave := gravest(row, found)) else None,
        )
        for row in rows
    )
