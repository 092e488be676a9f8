"""Older plan files: each version has one function that brings its data to the next one.

The version of a file is its `version` field; a file without one is of today's version. Old files stay
readable for ever: a new version adds a module here, a line in `UPGRADES` and an old file to the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gouvernail.plan import syntax
from gouvernail.plan.faults import Fault, short
from gouvernail.plan.location import Location
from gouvernail.plan.model import CURRENT_VERSION
from gouvernail.plan.upgrades.v0_to_v1 import to_v1
from gouvernail.plan.yaml_nodes import Map, field_nodes, line_of

UPGRADES: dict[int, Callable[[Map], None]] = {0: to_v1}
"""Version → what turns its data into those of the next version, in place."""


def upgrade(data: Map) -> Map:
    """Bring the data of one plan file to today's version, in place, and return it.

    The version must be one that `version_fault` accepts.
    """
    for version in range(version_of(data), CURRENT_VERSION):
        UPGRADES[version](data)
    data["version"] = str(CURRENT_VERSION)
    return data


def version_of(data: dict[str, Any]) -> int:
    """Return the version of the format, today's where none is given.

    Raises:
        ValueError: the version is not a whole number.
    """
    return int(data.get("version", CURRENT_VERSION))


def version_fault(data: Map) -> Fault | None:
    """Return why the file's version cannot be read, or None."""
    nodes = field_nodes(data, "version")
    place = Location(data.file, line_of(nodes[0]) if nodes else 1)
    written = short(str(data.get("version", CURRENT_VERSION))) or ""
    try:
        version = version_of(data)
    except (TypeError, ValueError):
        return syntax.wrong_version(place, written, CURRENT_VERSION)
    if version > CURRENT_VERSION:
        return syntax.newer_version(place, written, CURRENT_VERSION)
    return (
        None
        if version in UPGRADES or version == CURRENT_VERSION
        else (syntax.wrong_version(place, written, CURRENT_VERSION))
    )
