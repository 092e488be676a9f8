"""Where in the files each element and field of a plan was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouvernail.plan.location import Location
from gouvernail.plan.yaml_nodes import Map, Seq, field_nodes, line_of

__all__ = ["Location", "Locations", "Step", "trace"]

Step = str | int


@dataclass(frozen=True)
class Locations:
    """Element id → the mapping it was read from; section → the line of its name."""

    elements: Mapping[str, Map]
    sections: Mapping[str, Location]

    def of(self, element_id: str, field: str | None = None) -> Location | None:
        """Return where an element, or one of its fields (`due`, `scope.market`), is written.

        A field that is not written gives the place of its element. A section's name (`objectives`,
        `organisation`, `rules`) gives the line of that section. None where nothing is known.
        """
        data = self.elements.get(element_id)
        if data is None:
            return self.sections.get(element_id)
        found = Location(data.file, line_of(data.node))
        if field is None:
            return found
        return trace(data, field.split("."), found)[0]


def trace(data: Any, steps: Sequence[Step], start: Location) -> tuple[Location, tuple[Step, ...]]:
    """Follow `steps` into `data`; return the last place known on the way and the steps that exist there."""
    here = start
    for done, step in enumerate(steps):
        pair = field_nodes(data, step) if isinstance(data, Map) and isinstance(step, str) else None
        if pair is not None:
            here = Location(data.file, line_of(pair[0]))
        elif isinstance(data, Seq) and isinstance(step, int) and step < len(data.node.value):
            here = Location(data.file, line_of(data.node.value[step]))
        exists = pair is not None or _holds(data, step)
        data = _inside(data, step)
        if data is None:
            return here, tuple(steps[: done + 1 if exists else done])
        if pair is None and isinstance(data, Map | Seq):
            here = Location(data.file, line_of(data.node))
    return here, tuple(steps)


def _inside(data: Any, step: Step) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _holds(data: Any, step: Step) -> bool:
    return isinstance(data, list) and isinstance(step, int) and step < len(data)
