"""Several plan files as one: their sections joined, with the file and place of every part kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gouvernail.plan import spelling, syntax
from gouvernail.plan.faults import Fault
from gouvernail.plan.locations import Location
from gouvernail.plan.model import CURRENT_VERSION, SECTIONS, Plan
from gouvernail.plan.yaml_nodes import Map, Seq, field_nodes, line_of, typed

Step = str | int


@dataclass
class Merged:
    """The data of all files under one root, `places` of its sections, and where each element stood in its file."""

    data: dict[str, Any] = field(default_factory=lambda: {"version": CURRENT_VERSION})
    places: dict[str, Location] = field(default_factory=dict)
    start: Location = field(default_factory=lambda: Location("", 1))
    faults: list[Fault] = field(default_factory=list)
    _items: dict[str, list[tuple[Location, int]]] = field(default_factory=dict)

    def path(self, steps: Sequence[Step]) -> str:
        """Return `objectives[2].metric`, counted as in the file that holds it."""
        words = ""
        for depth, step in enumerate(steps):
            if isinstance(step, int):
                item = self._item(steps) if depth == 1 else None
                words += f"[{item[1] if item else step}]"
            else:
                words += f".{step}" if words else step
        return words

    def place(self, steps: Sequence[Step]) -> Location:
        """Return where the section or element that `steps` lead into is written."""
        item = self._item(steps)
        return item[0] if item else self.places.get(str(steps[0]), self.start)

    def _item(self, steps: Sequence[Step]) -> tuple[Location, int] | None:
        if len(steps) < 2 or not isinstance(steps[1], int):
            return None
        items = self._items.get(str(steps[0]), [])
        return items[steps[1]] if steps[1] < len(items) else None

    def add(self, document: Map) -> None:
        """Join the sections of one file."""
        for key, value in document.items():
            if key == "version":
                continue
            place = _place(document, key)
            if key in SECTIONS:
                self._add_elements(key, value, place)
            elif key in Plan.model_fields:
                self._add_settings(key, value, place)
            else:
                suggestion = spelling.name(key, Plan.model_fields)
                self.faults.append(syntax.unknown_section(place, key, suggestion))

    def _add_elements(self, key: str, value: Any, place: Location) -> None:
        if not isinstance(value, Seq):
            self.faults.append(syntax.section_not_list(place, key))
            return
        self.places.setdefault(key, place)
        self.data.setdefault(key, []).extend(value)
        self._items.setdefault(key, []).extend(
            (Location(value.file, line_of(node)), i) for i, node in enumerate(value.node.value)
        )

    def _add_settings(self, key: str, value: Any, place: Location) -> None:
        if key == "rules" and isinstance(value, Map) and "parameters" in value:
            value["parameters"] = typed(value["parameters"])
        if key not in self.data:
            self.data[key] = value
            self.places[key] = place
        elif key in ("rules", "vocabulary") and isinstance(value, Map):
            self._join(key, value)
        else:
            self.faults.append(syntax.section_twice(place, key, self.places[key]))

    def _join(self, key: str, value: Map) -> None:
        joined = dict(self.data[key]) if isinstance(self.data[key], dict) else {}
        for name, part in value.items():
            known = joined.get(name)
            if known is None:
                joined[name] = part
            elif isinstance(known, list) and isinstance(part, list):
                joined[name] = [*known, *part]
            elif isinstance(known, dict) and isinstance(part, dict) and not known.keys() & part.keys():
                joined[name] = {**known, **part}
            else:
                self.faults.append(
                    syntax.section_twice(_place(value, name), f"{key}.{name}", self.places[key])
                )
        self.data[key] = joined


def merge(documents: Sequence[Map]) -> tuple[Merged, list[Fault]]:
    """Return the files joined, and the faults of joining: unknown sections, sections given twice."""
    merged = Merged()
    if documents:
        merged.start = Location(documents[0].file, 1)
    for document in documents:
        merged.add(document)
    return merged, merged.faults


def _place(data: Map, key: str) -> Location:
    nodes = field_nodes(data, key)
    return Location(data.file, line_of(nodes[0] if nodes else data.node))
