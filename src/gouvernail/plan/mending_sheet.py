"""One file of a plan while it is being mended: what it says, the edits to make, what is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.nodes import Node

from gouvernail.base.text import Text
from gouvernail.plan.edits import Edit, apply
from gouvernail.plan.model import CURRENT_VERSION
from gouvernail.plan.ordering import in_order
from gouvernail.plan.upgrades import upgrade, version_fault, version_of
from gouvernail.plan.yaml_nodes import Map, Reader, compose


@dataclass(frozen=True)
class Left:
    """What looks mechanical and is not: it can be read in two ways."""

    file: str
    line: int
    message: Text


@dataclass
class Sheet:
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


def open_sheet(file: str, text: str) -> Sheet | None:
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
    return Sheet(file, text, root, data, clean)


def written(sheet: Sheet | None, text: str) -> str:
    """Return the text with its edits made and its sections in order, as far as it stays good YAML."""
    if sheet is None:
        return text
    made = apply(text, sheet.edits.values())
    if sheet.edits and compose(made, sheet.file)[1]:
        made = text
    return in_order(made) if sheet.clean else made
