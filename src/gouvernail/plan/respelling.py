"""Days and numbers that the model refuses, written as it wants them where they can be read in one way only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, get_args

from pydantic import ValidationError
from yaml.nodes import Node, ScalarNode

from gouvernail.base.text import T, Text
from gouvernail.plan import spelling
from gouvernail.plan.mending_sheet import Left, Sheet
from gouvernail.plan.model import Plan
from gouvernail.plan.sections import merge
from gouvernail.plan.wording import model_at
from gouvernail.plan.yaml_nodes import Map, Seq, field_nodes, line_of

_TWO_WAYS = re.compile(r"\s*([0-9]{1,2})[-/ ]\s?([0-9]{1,2})[-/ ]\s?[0-9]{4}\s*")
_DIGITS = re.compile(r"[-+]?[0-9][0-9.,'’\s\u00a0\u202f]*%?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3},[0-9]{3}")
_NUMBERS = ("decimal_parsing", "int_parsing")
"""How the model calls what is no number."""
_ON_METRIC = frozenset(("baseline", "target", "value"))
"""Fields whose unit is that of the `metric` beside them."""


def respell(sheet: Sheet, ratios: Collection[str]) -> None:
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


def _respell_one(sheet: Sheet, node: ScalarNode, kind: str, share: bool) -> None:
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
