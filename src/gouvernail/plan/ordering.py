"""The sections of a plan file in the order of the chain, each with the comments above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode

from gouvernail.plan.model import SECTIONS, Layer, Plan
from gouvernail.plan.yaml_nodes import compose

RANKS: Mapping[str, int] = {
    "version": 0,
    "organisation": 0,
    "revised": 0,
    **{name: 1 + list(Layer).index(model.layer) for name, model in SECTIONS.items() if model.layer},
}
"""Section → where it stands: the company, then the six layers from the top.

Sections of one layer stay as their author put them, and what stands around the chain stays with the section that it
follows: drivers under the objectives, people under the actions.
"""


@dataclass(frozen=True)
class _Block:
    """A section: the blank lines above it, and its lines, comments above included."""

    gap: int
    lines: tuple[str, ...]


def in_order(text: str) -> str:
    """Return `text` with its sections by layer; comments at the margin go with the section below them.

    What stands at the head of the file (up to its last blank line before the first section, or all of it) and
    the comments behind the last section stay. Nothing moves where a section is unknown or written twice, or where
    an alias would come before its anchor.
    """
    root, _ = compose(text, "")
    if not isinstance(root, MappingNode) or root.flow_style:
        return text
    keys = [key for key, _ in root.value]
    names = [key.value for key in keys if isinstance(key, ScalarNode)]
    ranks = _ranks(names)
    if not _movable(keys, names) or sorted(ranks) == ranks:
        return text
    made = _moved(text, [key.start_mark.line for key in keys], ranks)
    return made if _same_sections(made, root) else text


def _ranks(names: Sequence[str]) -> list[int]:
    """The rank of each section; one around the chain has that of the section before it."""
    found: list[int] = []
    for name in names:
        found.append(RANKS.get(name, found[-1] if found else 0))
    return found


def _movable(keys: Sequence[Node], names: Sequence[str]) -> bool:
    lines = {key.start_mark.line for key in keys}
    at_margin = all(key.start_mark.column == 0 for key in keys)
    return at_margin and len(lines) == len(keys) == len(set(names)) and set(names) <= set(Plan.model_fields)


def _moved(text: str, starts: Sequence[int], ranks: Sequence[int]) -> str:
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    tops = [_head(lines, starts[0]), *(_top(lines, starts[i], starts[i + 1]) for i in range(len(starts) - 1))]
    end = _top(lines, starts[-1], len(lines))
    blocks = [_block(lines[top:below]) for top, below in zip(tops, [*tops[1:], end], strict=True)]
    gaps = Counter(block.gap for block in blocks[1:])
    usual = gaps.most_common(1)[0][0] if gaps else 0
    made = list(lines[: tops[0]])
    for place, i in enumerate(sorted(range(len(blocks)), key=lambda i: ranks[i])):
        gap = blocks[0].gap if place == 0 else usual if i == 0 else blocks[i].gap
        made += [""] * gap + list(blocks[i].lines)
    return "\n".join([*made, *lines[end:]]) + "\n"


def _head(lines: Sequence[str], first: int) -> int:
    """Return the line on which the first section begins: behind the head of the file."""
    top = first
    while top and lines[top - 1].startswith("#"):
        top -= 1
    # Comments that nothing parts from the first section open the file.
    return top if top and not lines[top - 1].strip() else first


def _top(lines: Sequence[str], start: int, following: int) -> int:
    """Return the line behind the last content of the section that starts on line `start`."""
    end = following
    while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _block(lines: Sequence[str]) -> _Block:
    gap = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    return _Block(gap, tuple(lines[gap:]))


def _same_sections(text: str, root: MappingNode) -> bool:
    again, faults = compose(text, "")
    if faults or not isinstance(again, MappingNode):
        return False
    return _by_name(again) == _by_name(root)


def _by_name(root: MappingNode) -> dict[str, object]:
    return {str(key.value): _value(value) for key, value in root.value}


def _value(node: Node) -> object:
    """The node's content, without its places."""
    if isinstance(node, ScalarNode):
        return node.tag, node.value
    if isinstance(node, MappingNode):
        return [(_value(key), _value(value)) for key, value in node.value]
    return [_value(item) for item in node.value]
