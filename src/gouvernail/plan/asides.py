"""Setting findings aside, and taking them up again, in the text of a plan file: `rules.ignore` and nothing else."""

from __future__ import annotations

import json
from collections.abc import Collection

from yaml.nodes import MappingNode, Node, SequenceNode

from gouvernail.base.errors import PlanError
from gouvernail.plan.dump import rewrite
from gouvernail.plan.edits import Edit, apply, content_end, field, line_start, next_line
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Ignore, Plan
from gouvernail.plan.yaml_nodes import compose


def with_aside(text: str, ignore: Ignore) -> str:
    """Return `text`, a plan file, with one more entry under `rules.ignore`; everything else stays to the letter.

    Raises:
        PlanError: `text` cannot be read.
    """
    old = load_text(text).plan
    wanted = _with_rules(old, (*old.rules.ignore, ignore))
    edit = _addition(text, ignore)
    made = apply(text, [edit]) if edit else ""
    return made if edit and _says(made, wanted) else rewrite(text, wanted)


def without_aside(text: str, code: str, elements: Collection[str]) -> str:
    """Return `text` without what `rules.ignore` says of the rule `code` on `elements` (on any, where none is given).

    An entry that names other elements too keeps those. One that holds for the whole plan stays where elements
    are given.

    Raises:
        PlanError: `text` cannot be read.
    """
    old = load_text(text).plan
    kept = [_without(one, code, elements) for one in old.rules.ignore]
    wanted = _with_rules(old, tuple(one for one in kept if one))
    if wanted == old:
        return text
    edits = _removals(text, list(zip(old.rules.ignore, kept, strict=True)))
    made = apply(text, edits)
    return made if edits and _says(made, wanted) else rewrite(text, wanted)


def _without(ignore: Ignore, code: str, elements: Collection[str]) -> Ignore | None:
    if ignore.rule != code or (elements and not set(ignore.elements) & set(elements)):
        return ignore
    left = tuple(one for one in ignore.elements if elements and one not in elements)
    return ignore.model_copy(update={"elements": left}) if left else None


def _with_rules(plan: Plan, ignore: tuple[Ignore, ...]) -> Plan:
    return plan.model_copy(update={"rules": plan.rules.model_copy(update={"ignore": ignore})})


def _says(text: str, plan: Plan) -> bool:
    try:
        return load_text(text).plan == plan
    except PlanError:
        return False


def _addition(text: str, ignore: Ignore) -> Edit | None:
    """The edit that adds an entry where the file is written in blocks; None where it is not."""
    rules = field(_root(text), "rules")
    if rules is None:
        kept = text.rstrip("\n")
        gap = "\n\n" if kept else ""
        return Edit(len(kept), len(text), f"{gap}rules:\n  ignore:\n{_entry(ignore, 4)}")
    if not isinstance(rules[1], MappingNode) or rules[1].flow_style or not rules[1].value:
        return None
    entries = field(rules[1], "ignore")
    if entries is None:
        column = rules[1].value[0][0].start_mark.column
        at = next_line(text, rules[0].end_mark.index)
        return Edit(at, at, f"{' ' * column}ignore:\n{_entry(ignore, column + 2)}")
    if not isinstance(entries[1], SequenceNode) or entries[1].flow_style or not entries[1].value:
        return None
    at = next_line(text, content_end(entries[1]))
    gap = "" if text[:at].endswith("\n") else "\n"
    return Edit(at, at, gap + _entry(ignore, entries[1].start_mark.column))


def _entry(ignore: Ignore, column: int) -> str:
    fields = [f"rule: {ignore.rule}"]
    if ignore.elements:
        fields.append(f"elements: {_listed(ignore.elements)}")
    fields.append(f"reason: {_quoted(ignore.reason)}")
    if ignore.by:
        fields.append(f"by: {_quoted(ignore.by)}")
    if ignore.day:
        fields.append(f"day: {ignore.day.isoformat()}")
    return "".join(f"{' ' * column}{'  ' if i else '- '}{line}\n" for i, line in enumerate(fields))


def _listed(elements: Collection[str]) -> str:
    return f"[{', '.join(elements)}]"


def _quoted(words: str) -> str:
    # A JSON string is a YAML one, whatever it holds.
    return json.dumps(words, ensure_ascii=False)


def _removals(text: str, changes: list[tuple[Ignore, Ignore | None]]) -> list[Edit]:
    """The edits that take entries out of a list written in blocks; none where it is not."""
    rules = field(_root(text), "rules")
    entries = field(rules[1], "ignore") if rules else None
    if not rules or not entries or not _block(rules[1]) or not _block(entries[1]):
        return []
    items = entries[1].value
    if len(items) != len(changes):
        return []
    if all(after is None for _, after in changes):
        only = len(rules[1].value) == 1
        key = rules[0] if only else entries[0]
        return [_lines(text, key.start_mark.index, content_end(entries[1]))]
    edits = []
    for item, (before, after) in zip(items, changes, strict=True):
        if after is None:
            edits.append(_lines(text, item.start_mark.index, content_end(item)))
        elif after != before:
            edits += _shortened(item, after)
    return edits


def _block(node: Node) -> bool:
    return isinstance(node, MappingNode | SequenceNode) and node.flow_style is False


def _lines(text: str, start: int, end: int) -> Edit:
    """The edit that takes whole lines out, and the blank line before them where they end the file."""
    first, last = line_start(text, start), next_line(text, end)
    if not text[last:].strip() and text[:first].endswith("\n\n"):
        first -= 1
    return Edit(first, last, "")


def _shortened(item: Node, after: Ignore) -> list[Edit]:
    listed = field(item, "elements")
    if not listed or _block(listed[1]):
        return []
    return [Edit(listed[1].start_mark.index, listed[1].end_mark.index, _listed(after.elements))]


def _root(text: str) -> Node | None:
    return compose(text, "")[0]
