"""Finding things by their words: elements of the plan, findings, indicators, actions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from gouvernail.base.text import T, Text
from gouvernail.bearing.model import MetricReading
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.metric import Metric
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.chain import kind_of
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links

A_GROUP = 12
"""Hits shown of one kind."""


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str | Text
    kind: str | Text
    url: str
    words: str | Text = ""


@dataclass(frozen=True)
class Group:
    """Things of one kind, the best first; `more` are left out."""

    title: Text
    icon: str
    hits: tuple[Hit, ...]
    more: int


def search(words: str, here: Current, links: Links, language: str) -> tuple[Group, ...]:
    """Return what holds every word asked for, in titles first."""
    asked = tuple(folded(words).split())
    if not asked:
        return ()
    found: dict[str, list[str]] = {"objective": [], "action": [], "": []}
    for kind, id in _elements(asked, here):
        found[kind if kind in found else ""].append(id)
    groups = (
        _of_plan(T("Objectives"), "target", found["objective"], here, links),
        _of_plan(T("Actions"), "layout-kanban", found["action"], here, links),
        _of_plan(T("The rest of the plan"), "hierarchy", found[""], here, links),
        _group(T("Findings"), "list-check", _findings(asked, here, links, language)),
        _group(T("Indicators"), "chart-bar", _metrics(asked, here, links, language)),
    )
    return tuple(one for one in groups if one.hits)


def folded(words: str) -> str:
    """Return words as they are compared: without accents, without capitals."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _group(title: Text, icon: str, hits: Iterable[Hit]) -> Group:
    every = iter(hits)
    found = tuple(islice(every, A_GROUP))
    return Group(title, icon, found, sum(1 for _ in every))


@lru_cache(maxsize=16)
def _index(
    workspace: int, revision: int, scenario: int | None, _digest: str
) -> tuple[tuple[str, str, str, str], ...]:
    plan = shelf.loaded_by(workspace, revision, scenario).plan
    return tuple(
        (one.id, one.kind, folded(f"{one.title} {one.id}"), folded(f"{one.text} {' '.join(one.tags)}"))
        for one in plan.elements()
    )


def _elements(asked: tuple[str, ...], here: Current) -> Iterator[tuple[str, str]]:
    """Yield kind and id of the elements that hold every word, those that hold them in their title first."""
    later = []
    loaded = shelf.loaded(here.workspace, here.revision, here.scenario)
    branch = here.scenario.pk if here.scenario else None
    index = _index(here.workspace.pk, here.revision, branch, loaded.digest)
    for id, kind, title, words in index:
        if all(word in title for word in asked):
            yield kind, id
        elif all(word in title or word in words for word in asked):
            later.append((kind, id))
    yield from later


def _of_plan(title: Text, icon: str, ids: list[str], here: Current, links: Links) -> Group:
    hits = []
    for ref in links.elements(tuple(ids[:A_GROUP])):
        element = here.plan.by_id[ref.id]
        hits.append(Hit(ref.title, kind_of(element.kind, here), ref.url, element.text))
    return Group(title, icon, tuple(hits), max(0, len(ids) - A_GROUP))


def _findings(asked: tuple[str, ...], here: Current, links: Links, language: str) -> Iterator[Hit]:
    if here.bearing is None:
        return
    findings = here.bearing.findings

    def words() -> tuple[str, ...]:
        return tuple(folded(f"{one.finding.code} {one.finding.message.render(language)}") for one in findings)

    for one, said in zip(findings, known(here.bearing).once("words", language, words), strict=True):
        if all(word in said for word in asked):
            finding = one.finding
            url = links.finding(finding.identity) or links.element(finding.element).url
            yield Hit(finding.message, finding.code, url, finding.hint)


def _metrics(asked: tuple[str, ...], here: Current, links: Links, language: str) -> Iterator[Hit]:
    told = known(here.bearing).metrics if here.bearing else {}
    every: dict[str, Metric | MetricReading] = {**METRICS, **told}
    for id, one in every.items():
        words = one.name.render(language)
        if all(word in folded(f"{words} {id}") for word in asked):
            yield Hit(words, "", links.origin(f"metric:{id}") if id in told else "", one.meaning)
