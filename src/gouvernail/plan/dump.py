"""Writing a plan as YAML: the short form, or into an existing text whose comments stay."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarfloat import ScalarFloat

from gouvernail.base.errors import PlanError
from gouvernail.plan.load import load_text
from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.plan.tails import cut_tail, hang_tail
from gouvernail.plan.yaml_nodes import looks_typed

_WIDTH = 110


def dump_plan(plan: Plan) -> str:
    """Return the plan as YAML without its defaults; `load_text(dump_plan(plan)).plan == plan`."""
    return str(
        yaml.dump(
            {"version": plan.version, **plain(plan)},
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=None,
        )
    )


def plain(plan: Plan) -> dict[str, Any]:
    """Return the plan as dictionaries and lists in the short form: no defaults, `serves` as short as it can be."""
    data = _short(plan.model_dump(exclude_defaults=True))
    for section in SECTIONS:
        elements = data.get(section, ())
        for i, element in enumerate(elements):
            if "serves" in element:
                element["serves"] = _short_links(element["serves"])
            elements[i] = _Block(element)
    return {key: value for key, value in data.items() if key != "version"}


def rewrite(text: str, plan: Plan, comments: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return `text`, a plan file, changed to say `plan`: comments, order and spelling stay where they can.

    Elements and fields that did not change are not touched. A section that was not there is written in its place,
    with its comment of `comments` (section → text) above. Where that cannot be kept (an older file
    format, aliases shared by elements that now differ) the whole plan is written anew.

    Raises:
        PlanError: `text` itself cannot be read.
    """
    old = load_text(text).plan
    if old == plan:
        return text
    editor = _editor()
    root = editor.load(text)
    if not isinstance(root, CommentedMap) or str(root.get("version", plan.version)) != str(plan.version):
        return dump_plan(plan)
    _update(root, old, plan)
    out = io.StringIO()
    editor.dump(root, out)
    written = out.getvalue()
    for key, value in plain(plan).items():
        if key not in root:
            written = _with_section(written, key, value, comments.get(key))
    return written if _says(written, plan) else dump_plan(plan)


def _editor() -> YAML:
    editor = YAML(typ="rt")
    editor.preserve_quotes = True
    editor.width = 4096
    editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def _says(text: str, plan: Plan) -> bool:
    try:
        return load_text(text).plan == plan
    except PlanError:
        return False


def _update(root: CommentedMap, old: Plan, new: Plan) -> None:
    before, after = plain(old), plain(new)
    for key in before:
        if before[key] == after.get(key):
            continue
        # What follows the section in the file, comments about the next one, stays behind it.
        following = cut_tail(root[key])
        if key not in after:
            _remove(root, key, following)
            continue
        if key in SECTIONS and isinstance(root[key], CommentedSeq):
            _update_elements(root[key], before[key], after[key])
        elif isinstance(root[key], CommentedMap):
            _update_fields(root[key], before[key], after[key])
        else:
            root[key] = _editable(after[key])
        hang_tail(root[key], following)


def _remove(root: CommentedMap, key: str, following: str) -> None:
    """Take a section out with the comment above it, which the section before it holds."""
    keys = list(root)
    before = keys[keys.index(key) - 1] if keys[0] != key else None
    del root[key]
    if before is not None:
        holder = root[before] if isinstance(root[before], CommentedMap | CommentedSeq) else root
        cut_tail(holder)
        hang_tail(holder, following)


def _with_section(text: str, key: str, value: Any, comment: str | None) -> str:
    """Return `text` with a section written where the order of the chain puts it: before the next that is there.

    Lines, not nodes: the comments above a section belong, to the editor, to the end of the one before it, and would
    be torn from their section by what is put between.
    """
    made = io.StringIO()
    _editor().dump(CommentedMap({key: _editable(value)}), made)
    lines = text.splitlines(keepends=True)
    at = _place(lines, key)
    above = "".join(f"# {line}\n" for line in comment.splitlines()) if comment else ""
    before, after = "".join(lines[:at]), "".join(lines[at:])
    if before and not before.endswith("\n"):
        before += "\n"
    # A section without comment stands close to the one before, as files without comments are written.
    gap = "\n" if comment else ""
    return f"{before}{gap}{above}{made.getvalue()}{after}"


def _place(lines: Sequence[str], key: str) -> int:
    """The index of the line before which the section goes: above the comment of the next section, or the end."""
    order = list(Plan.model_fields)
    later = order[order.index(key) + 1 :]
    found = (
        i for i, line in enumerate(lines) if line.partition(":")[0].strip("\"' ") in later and line[0] != " "
    )
    at = next(found, len(lines))
    while at and at < len(lines) and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return at


def _update_elements(
    written: CommentedSeq, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    kept = {element["id"] for element in after}
    for i in reversed(range(len(before))):
        if before[i]["id"] not in kept:
            del written[i]
    was = {element["id"]: element for element in before}
    for i, element in enumerate(after):
        at = next((j for j, one in enumerate(written) if str(one.get("id")) == element["id"]), None)
        if at is None:
            written.insert(i, _editable(element))
            continue
        if at != i:
            written.insert(i, written.pop(at))
        _update_fields(written[i], was[element["id"]], element)


def _update_fields(written: CommentedMap, before: dict[str, Any], after: dict[str, Any]) -> None:
    following = cut_tail(written)
    for key in before:
        if key not in after:
            written.pop(key, None)
    for key, value in after.items():
        if key not in before or before[key] != value:
            written[key] = _editable(value)
    hang_tail(written, following)


def _editable(value: Any) -> Any:
    """`value` as ruamel writes it without tags."""
    if isinstance(value, dict):
        return CommentedMap((key, _editable(inner)) for key, inner in value.items())
    if isinstance(value, list):
        items = CommentedSeq(_editable(inner) for inner in value)
        if all(not isinstance(inner, dict | list) for inner in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, Decimal):
        return _number(value)
    return value


def _number(value: Decimal) -> int | ScalarFloat:
    if value == value.to_integral_value():
        return int(value)
    words = f"{value:f}"
    return ScalarFloat(words, width=len(words), prec=words.index("."), m_sign=False)  # type: ignore[no-any-return]


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_short(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value


def _short_links(links: list[dict[str, Any]]) -> Any:
    ids = [link["id"] for link in links]
    if not any("weight" in link for link in links):
        return ids[0] if len(ids) == 1 else ids
    if len(set(ids)) == len(ids) and "id" not in ids:
        return {link["id"]: link.get("weight", Decimal(1)) for link in links}
    return links


class _Block(dict[str, Any]):
    """An element: one field a line, however short."""


class _Dumper(yaml.CSafeDumper):
    """Numbers and days without quotes, text with quotes wherever another reader would take it for one."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else "'" if looks_typed(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _decimal(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    kind = "int" if value == value.to_integral_value() else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value:f}")


def _day(dumper: _Dumper, value: date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


def _block(dumper: _Dumper, value: _Block) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=False)


_Dumper.add_representer(_Block, _block)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(date, _day)
