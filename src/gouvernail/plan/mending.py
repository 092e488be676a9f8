"""Putting right what is mechanical in plan files (ids, days, numbers, order) without a change of meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouvernail.base.errors import PlanError
from gouvernail.base.ids import slugify
from gouvernail.plan.edits import field as written_field
from gouvernail.plan.faults import Fault, refuse
from gouvernail.plan.files import read_text, yaml_files
from gouvernail.plan.load import load_texts
from gouvernail.plan.mending_sheet import Left, Sheet, open_sheet, written
from gouvernail.plan.model import SECTIONS
from gouvernail.plan.respelling import respell
from gouvernail.plan.yaml_nodes import Map, Seq

_SLUG_LENGTH = 60


@dataclass(frozen=True)
class Mended:
    """A file whose text changes: before and after, as `files.read_text` returns it."""

    path: Path
    shown: str
    before: str
    after: str


@dataclass(frozen=True)
class Mending:
    """What can be put right in a plan, and what is left to its author."""

    files: tuple[Mended, ...]
    left: tuple[Left, ...]


def mend(path: Path, ratios: Collection[str] = ()) -> Mending:
    """Return what can be put right in the plan at `path`, a file or a folder; nothing is written.

    `ratios` are the metrics whose values are shares, so that “20 %” of one is 0.2; the plan's own are known.

    Raises:
        PlanError: there is no file, or one that is no text.
    """
    texts, faults = _texts(path)
    if faults:
        raise refuse(faults)
    after, left = mend_texts([(shown, text) for _, shown, text in texts], ratios)
    files = (
        Mended(file, shown, text, new)
        for (file, shown, text), new in zip(texts, after, strict=True)
        if new != text
    )
    return Mending(tuple(files), tuple(left))


def mend_texts(
    texts: Sequence[tuple[str, str]], ratios: Collection[str] = ()
) -> tuple[list[str], list[Left]]:
    """Return the texts of a plan's files put right, and what is left. Each text has the name of its file."""
    sheets = [open_sheet(file, text) for file, text in texts]
    taken = {id for sheet in sheets if sheet for id in _ids(sheet.data)}
    last: dict[str, int] = {}
    shares = frozenset((*ratios, *(id for sheet in sheets if sheet for id in _own_ratios(sheet.data))))
    for sheet in sheets:
        if sheet:
            _name(sheet, taken, last)
            respell(sheet, shares)
    after = [written(sheet, text) for sheet, (_, text) in zip(sheets, texts, strict=True)]
    left = [one for sheet in sheets if sheet for one in sheet.left]
    names = [file for file, _ in texts]
    return (
        after if _says_the_same(texts, list(zip(names, after, strict=True))) else [t for _, t in texts]
    ), left


def _texts(path: Path) -> tuple[list[tuple[Path, str, str]], list[Fault]]:
    files, faults = yaml_files(path)
    texts: list[tuple[Path, str, str]] = []
    for file in files:
        text, found = read_text(file, str(file))
        faults += found
        if text is not None:
            texts.append((file, str(file), text))
    return texts, faults


def _says_the_same(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> bool:
    if list(before) == list(after):
        return True
    try:
        plan = load_texts(before).plan
    except PlanError:
        return True
    try:
        return load_texts(after).plan == plan
    except PlanError:
        return False


def _elements(data: Map) -> Iterator[tuple[str, Map]]:
    for section in SECTIONS:
        items = data.get(section)
        for item in items if isinstance(items, Seq) else ():
            if isinstance(item, Map):
                yield section, item


def _ids(data: Map) -> Iterator[str]:
    for _, element in _elements(data):
        if isinstance(element.get("id"), str):
            yield element["id"]


def _name(sheet: Sheet, taken: set[str], last: dict[str, int]) -> None:
    """Give every element without an id one made of its title."""
    for section, element in _elements(sheet.data):
        if "id" in element or not element.node.value:
            continue
        id = _free(_slug(section, element.get("title")), taken, last)
        taken.add(id)
        empty = written_field(element.node, "id")
        first = element.node.value[0][0].start_mark
        if empty is not None:
            at = sheet.text.index(":", empty[0].end_mark.index) + 1
            sheet.put(at, max(at, empty[1].end_mark.index), f" {id}")
        elif element.node.flow_style:
            sheet.put(first.index, first.index, f"id: {id}, ")
        else:
            sheet.put(first.index, first.index, f"id: {id}\n{' ' * first.column}")


def _slug(section: str, title: Any) -> str:
    words = slugify(title)[:_SLUG_LENGTH].strip("-") if isinstance(title, str) else ""
    found = words or slugify(SECTIONS[section].kind)
    # Metrics stand in formulas, where a hyphen takes away.
    return found.replace("-", "_") if section in ("metrics", "channels") else found


def _free(slug: str, taken: set[str], last: dict[str, int]) -> str:
    """Return `slug`, numbered where it is taken; `last` remembers the numbers given, so that many stay quick."""
    join = "_" if "_" in slug else "-"
    found = slug
    while found in taken:
        last[slug] = last.get(slug, 1) + 1
        found = f"{slug}{join}{last[slug]}"
    return found


def _own_ratios(data: Map) -> Iterator[str]:
    for section, element in _elements(data):
        if section == "metrics" and element.get("unit") == "ratio" and isinstance(element.get("id"), str):
            yield element["id"]
