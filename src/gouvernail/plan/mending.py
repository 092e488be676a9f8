"""Putting right what is mechanical in plan files: ids that lack, days and numbers as people write them, the order
of the sections. It changes no meaning: where the plan could be read, it reads the same afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from yaml.nodes import Node, ScalarNode

from gouvernail.base.errors import PlanError
from gouvernail.base.ids import slugify
from gouvernail.base.text import T, Text
from gouvernail.plan import spelling
from gouvernail.plan.edits import Edit, apply
from gouvernail.plan.edits import field as written_field
from gouvernail.plan.faults import Fault, refuse
from gouvernail.plan.files import read_text, yaml_files
from gouvernail.plan.load import load_texts
from gouvernail.plan.model import CURRENT_VERSION, SECTIONS, Plan
from gouvernail.plan.ordering import in_order
from gouvernail.plan.sections import merge
from gouvernail.plan.upgrades import upgrade, version_fault, version_of
from gouvernail.plan.wording import model_at
from gouvernail.plan.yaml_nodes import Map, Reader, Seq, compose, field_nodes, line_of

_TWO_WAYS = re.compile(r"\s*([0-9]{1,2})[-/ ]\s?([0-9]{1,2})[-/ ]\s?[0-9]{4}\s*")
_DIGITS = re.compile(r"[-+]?[0-9][0-9.,'’\s\u00a0\u202f]*%?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3},[0-9]{3}")
_NUMBERS = ("decimal_parsing", "int_parsing")
"""How the model calls what is no number."""
_SLUG_LENGTH = 60
_ON_METRIC = frozenset(("baseline", "target", "value"))
"""Fields whose unit is that of the `metric` beside them."""


@dataclass(frozen=True)
class Mended:
    """A file whose text changes: before and after, as `files.read_text` returns it."""

    path: Path
    shown: str
    before: str
    after: str


@dataclass(frozen=True)
class Left:
    """What looks mechanical and is not: it can be read in two ways."""

    file: str
    line: int
    message: Text


@dataclass(frozen=True)
class Mending:
    """What can be put right in a plan, and what is left to its author."""

    files: tuple[Mended, ...]
    left: tuple[Left, ...]


@dataclass
class _Sheet:
    """One file while it is being mended."""

    file: str
    text: str
    root: Node
    data: Map
    clean: bool
    """Whether its YAML is without fault."""
    edits: dict[int, Edit] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def put(self, start: int, end: int, words: str) -> None:
        """Note an edit; what aliases repeat is written once."""
        self.edits[start] = Edit(start, end, words)


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
    sheets = [_open(file, text) for file, text in texts]
    taken = {id for sheet in sheets if sheet for id in _ids(sheet.data)}
    last: dict[str, int] = {}
    shares = frozenset((*ratios, *(id for sheet in sheets if sheet for id in _own_ratios(sheet.data))))
    for sheet in sheets:
        if sheet:
            _name(sheet, taken, last)
            _respell(sheet, shares)
    after = [_written(sheet, text) for sheet, (_, text) in zip(sheets, texts, strict=True)]
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


def _open(file: str, text: str) -> _Sheet | None:
    """Return a file ready to be mended, None where its YAML or version cannot be read."""
    root, _ = compose(text, file)
    if root is None:
        return None
    reader = Reader(file)
    data = reader.read(root)
    if not isinstance(data, Map) or version_fault(data) is not None:
        return None
    clean = not reader.faults and version_of(data) == CURRENT_VERSION
    upgrade(data)
    return _Sheet(file, text, root, data, clean)


def _written(sheet: _Sheet | None, text: str) -> str:
    """Return the text with its edits made and its sections in order, as far as it stays good YAML."""
    if sheet is None:
        return text
    made = apply(text, sheet.edits.values())
    if sheet.edits and compose(made, sheet.file)[1]:
        made = text
    return in_order(made) if sheet.clean else made


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


def _name(sheet: _Sheet, taken: set[str], last: dict[str, int]) -> None:
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


def _respell(sheet: _Sheet, ratios: Collection[str]) -> None:
    """Write days and numbers that the model refuses as it wants them, where they can be read in one way only."""
    merged, _ = merge([sheet.data])
    try:
        Plan.model_validate(merged.data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            node = _scalar(sheet.data, one["loc"])
            if node is not None and isinstance(one["input"], str):
                share = _takes_share(one["loc"], sheet.data, ratios)
                _respell_one(sheet, node, one["type"], share)


def _respell_one(sheet: _Sheet, node: ScalarNode, kind: str, share: bool) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    if sheet.text[start:end].strip("\"'") != node.value:
        return  # an anchor, a tag or an escape: left to its author
    found = spelling.day(node.value) if kind == "day" else _number(node.value, kind, share)
    doubt = _doubt(node.value, kind) if found is None else None
    if found is not None:
        sheet.put(start, end, found)
    elif doubt is not None:
        sheet.left.append(Left(sheet.file, line_of(node), doubt))


def _number(words: str, kind: str, share: bool) -> str | None:
    """Return the number as the model wants it; a share only where the field holds one, no currency dropped."""
    if not kind.startswith(_NUMBERS) or not _DIGITS.fullmatch(words.strip()):
        return None
    found = spelling.number(words) if share or "%" not in words else None
    return None if found and kind.startswith("int") and not found.lstrip("+-").isdigit() else found


def _doubt(words: str, kind: str) -> Text | None:
    """Return why `words` are left as they are, None where they only are not understood."""
    match = _TWO_WAYS.fullmatch(words)
    if kind == "day" and match and int(match[1]) <= 12 and int(match[2]) <= 12:
        return T(
            "“{words}” may be read day first or month first: write it as year-month-day, such as 2026-06-30.",
            words=words,
        )
    if not kind.startswith(_NUMBERS):
        return None
    if _THOUSANDS.fullmatch(words.strip()):
        return T(
            "“{words}” may be read as {large} or as {small}: write it with a point for decimals and nothing else.",
            words=words,
            large=words.strip().replace(",", ""),
            small=words.strip().replace(",", "."),
        )
    if words.strip().endswith("%"):
        return T(
            "“{words}” stands in a field that holds no share: write the value to reach in its own unit.",
            words=words,
        )
    return None


def _scalar(data: Any, steps: tuple[int | str, ...]) -> ScalarNode | None:
    """Return the node written at `steps`, None where the model's way leads through a short form."""
    node: Node | None = None
    for step in steps:
        if isinstance(data, Map) and isinstance(step, str):
            pair = field_nodes(data, step)
            node, data = (pair[1] if pair else None), data.get(step)
        elif isinstance(data, Seq) and isinstance(step, int) and step < len(data):
            node, data = data.node.value[step], data[step]
        else:
            return None
    return node if isinstance(node, ScalarNode) else None


def _takes_share(steps: tuple[int | str, ...], data: Map, ratios: Collection[str]) -> bool:
    """Whether the field holds a share: by the model, or because it is on a metric that is a ratio."""
    *above, name = steps
    model = model_at(above)
    known = model.model_fields.get(str(name)) if model else None
    if known is not None and _at_most_one([known.annotation, *known.metadata]):
        return True
    holder: Any = data
    for step in above:
        holder = holder[step]  # the model was there before
    return name in _ON_METRIC and isinstance(holder, Map) and holder.get("metric") in ratios


def _at_most_one(parts: Iterable[Any]) -> bool:
    return any(
        getattr(part, "le", None) == 1 or _at_most_one([*get_args(part), *getattr(part, "metadata", ())])
        for part in parts
    )


def _own_ratios(data: Map) -> Iterator[str]:
    for section, element in _elements(data):
        if section == "metrics" and element.get("unit") == "ratio" and isinstance(element.get("id"), str):
            yield element["id"]
