"""YAML text → plain Python data that remembers its file and lines.

Scalars stay text, whatever they look like, so that `country: NO` is Norway, `title: 2026` a title and
`0.10` exactly 0.10: the model, which knows what a field is, reads them. Empty values are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gouvernail.base.text import Text
from gouvernail.plan import syntax
from gouvernail.plan.faults import Fault, short

MAX_DEPTH = 60
MAX_VALUES = 3_000_000
"""How many values a plan may hold once its aliases are written out."""
_PLAIN, _QUOTED = "plain", "quoted"
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_CORE_TAGS = "tag:yaml.org,2002:"


class Map(dict[str, Any]):
    """A mapping that knows the node it was written as."""

    __slots__ = ("file", "node", "renamed")
    file: str
    node: MappingNode
    renamed: dict[str, str]
    """Name of a field today → name under which an older file wrote it; set by upgrades only."""

    def rename(self, old: str, new: str) -> None:
        """Call the field `old` `new`, its place in the file kept. A field already called `new` stays."""
        if old in self and new not in self:
            self[new] = self.pop(old)
            self.renamed = {**getattr(self, "renamed", {}), new: old}

    def written_name(self, key: str) -> str:
        """Return the name of the field `key` as the file writes it."""
        return str(getattr(self, "renamed", {}).get(key, key))


class Seq(list[Any]):
    """A list that knows the node it was written as."""

    __slots__ = ("file", "node")
    file: str
    node: SequenceNode


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


class _Parser(CParser):
    """libyaml's parser without YAML 1.1's guessing of types, and with a bound on nesting."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        self._depth = 0

    def resolve(self, _kind: type[Node], _value: Any, implicit: Any) -> str:
        plain = implicit is True or (implicit is not False and implicit[0])
        return _PLAIN if plain else _QUOTED

    def descend_resolver(self, parent: Node | None, _index: Any) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError(parent.start_mark.line + 1 if parent else 1)

    def ascend_resolver(self) -> None:
        self._depth -= 1


def compose(text: str, file: str) -> tuple[Node | None, list[Fault]]:
    """Return the document's root node (None for an empty file) and the fault that stopped the reading."""
    try:
        return _Parser(text).get_single_node(), []
    except _TooDeepError as error:
        return None, [syntax.too_deep(file, error.line)]
    except MarkedYAMLError as error:
        return None, [syntax.broken(file, text, error)]
    except YAMLError as error:  # libyaml's reader: no mark
        return None, [syntax.unreadable(file, str(error))]


@dataclass
class Reader:
    """Turns the nodes of one file into `Map`, `Seq` and text, collecting faults on the way."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    _done: dict[int, tuple[Any, int]] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)
    _endless: bool = False

    def read(self, node: Node) -> Any:
        """Return the data of `node`, None where aliases make it endless or immense."""
        data, size = self._read(node, "")
        if self._endless:
            return None
        if size > MAX_VALUES:
            self.faults.append(syntax.too_many(self.file, line_of(node)))
            return None
        return data

    def _read(self, node: Node, path: str) -> tuple[Any, int]:
        if isinstance(node, ScalarNode):
            return self._scalar(node, path), 1
        key = id(node)
        if key in self._done:  # an alias: read once, shared
            return self._done[key]
        if key in self._open:
            self._endless = True
            self._fault(node, path, syntax.endless())
            return None, 1
        self._open.add(key)
        self._check_tag(node, path)
        found: tuple[Any, int] = (
            self._map(node, path) if isinstance(node, MappingNode) else self._seq(node, path)
        )
        self._open.discard(key)
        self._done[key] = found
        return found

    def _map(self, node: MappingNode, path: str) -> tuple[Map, int]:
        data = Map()
        data.file, data.node = self.file, node
        lines: dict[str, int] = {}
        size = 1
        merges: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._fault(key_node, path, syntax.key_not_text())
                continue
            key = key_node.value
            if key == "<<" and key_node.tag == _PLAIN:
                merges.append(value_node)
                continue
            if key in lines:
                self._fault(key_node, _join(path, key), syntax.twice(key, lines[key]), key)
                continue
            lines[key] = line_of(key_node)
            value, inner = self._read(value_node, _join(path, key) if path else key)
            size += inner
            if value is not None:
                data[key] = value
        for merge in merges:
            size += self._merge(data, merge, lines, path)
        return data, size

    def _merge(self, data: Map, node: Node, written: dict[str, int], path: str) -> int:
        value, size = self._read(node, path)
        parts = value if isinstance(value, Seq) else [value]
        for part in parts:
            if not isinstance(part, Map):
                self._fault(node, _join(path, "<<"), syntax.merge_not_mapping())
                continue
            for key, inner in part.items():
                if key not in written:
                    data.setdefault(key, inner)
        return size

    def _seq(self, node: Node, path: str) -> tuple[Seq, int]:
        data = Seq()
        data.file, data.node = self.file, cast("SequenceNode", node)
        size = 1
        for i, item in enumerate(node.value):
            value, inner = self._read(item, f"{path}[{i}]")
            size += inner
            data.append(value)
        return data, size

    def _scalar(self, node: ScalarNode, path: str) -> str | None:
        if node.tag is _PLAIN:
            return None if node.value in _EMPTY else str(node.value)
        self._check_tag(node, path)
        return None if node.tag == _CORE_TAGS + "null" else str(node.value)

    def _check_tag(self, node: Node, path: str) -> None:
        tag = node.tag
        if tag in (_PLAIN, _QUOTED, "!") or tag.startswith(_CORE_TAGS):
            return
        self._fault(node, path, syntax.tag(tag))

    def _fault(
        self,
        node: Node,
        path: str,
        words: tuple[Text, Text],
        value: str | None = None,
    ) -> None:
        expected, message = words
        self.faults.append(Fault(self.file, line_of(node), path, short(value), expected, None, message))


_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def typed(data: Any) -> Any:
    """Return `data` with unquoted scalars read as YAML 1.2 does: true, false, numbers; the rest is text."""
    if isinstance(data, Map):
        quoted = {key.value for key, value in data.node.value if is_quoted(value)}
        return {key: value if key in quoted else typed(value) for key, value in data.items()}
    if isinstance(data, Seq):
        pairs = zip(data, data.node.value, strict=True)
        return [item if is_quoted(node) else typed(item) for item, node in pairs]
    if isinstance(data, str):
        return _core_scalar(data)
    return data


def _core_scalar(words: str) -> bool | int | float | str:
    if words in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return words.casefold() == "true"
    if not _NUMBER.fullmatch(words) or len(words) > 40:
        return words
    number = int(words) if words.lstrip("+-").isdigit() else float(words)
    return number if math.isfinite(number) else words


def is_quoted(node: Node) -> bool:
    """Whether the scalar was written in quotes (or as a block of text)."""
    return isinstance(node, ScalarNode) and node.tag != _PLAIN


def field_nodes(data: Map, key: str) -> tuple[Node, Node] | None:
    """Return the nodes of the name and the value of `key`, also where a merge brought it in."""
    name = data.written_name(key)
    return next((pair for pair in _pairs(data.node, set()) if pair[0].value == name), None)


def line_of(node: Node) -> int:
    """Return the line on which `node` starts, from 1."""
    return int(node.start_mark.line) + 1


def _pairs(node: Node, seen: set[int]) -> Iterator[tuple[Node, Node]]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _pairs(item, seen)
    if isinstance(node, MappingNode):
        merges = []
        for name, value in node.value:
            if name.value == "<<" and name.tag == _PLAIN:
                merges.append(value)
            else:
                yield name, value
        for merge in merges:
            yield from _pairs(merge, seen)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def looks_typed(words: str) -> bool:
    """Whether `words`, written without quotes, would be read as a number, true or false by `typed`."""
    return not isinstance(_core_scalar(words), str)
