"""Small changes to the text of a plan file: everything else, comments and spelling, stays to the letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True)
class Edit:
    """What stands from `start` up to `end` (offsets in the text) becomes `words`."""

    start: int
    end: int
    words: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made; they must not overlap."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [text[done : edit.start], edit.words]
        done = edit.end
    return "".join([*parts, text[done:]])


def content_end(node: Node) -> int:
    """Return the offset behind the last character of a node's content: libyaml ends blocks at the next token."""
    if isinstance(node, MappingNode) and not node.flow_style:
        return max((max(key.end_mark.index, content_end(value)) for key, value in node.value), default=0)
    if isinstance(node, SequenceNode) and not node.flow_style:
        return max((content_end(item) for item in node.value), default=0)
    return int(node.end_mark.index)


def line_start(text: str, at: int) -> int:
    """Return the offset of the first character of the line that holds `at`."""
    return text.rfind("\n", 0, at) + 1


def next_line(text: str, at: int) -> int:
    """Return the offset behind the line that holds the last character before `at`."""
    stripped = len(text[:at].rstrip())
    found = text.find("\n", stripped)
    return len(text) if found < 0 else found + 1


def field(data: Node | None, name: str) -> tuple[ScalarNode, Node] | None:
    """Return the nodes of the name and the value of a field that the mapping itself writes, or None."""
    for key, value in data.value if isinstance(data, MappingNode) else ():
        if isinstance(key, ScalarNode) and key.value == name:
            return key, value
    return None
