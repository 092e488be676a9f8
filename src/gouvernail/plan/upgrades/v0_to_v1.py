"""Version 0 → 1: goals become objectives, and links upward are `serves` with weights.

Version 0 was the format of the first drafts: `goals` with `kpi`, `goal` and `deadline`; `campaigns`
with `cost`; `parents` as a plain list; one `company` instead of `organisation`.
"""

from __future__ import annotations

from gouvernail.plan.yaml_nodes import Map, Seq

_SECTIONS = {"company": "organisation", "goals": "objectives", "campaigns": "actions"}
_FIELDS = {
    "objectives": {"kpi": "metric", "goal": "target", "deadline": "due"},
    "actions": {"cost": "budget"},
}


def to_v1(data: Map) -> None:
    """Rename sections and fields in place."""
    for old, new in _SECTIONS.items():
        data.rename(old, new)
    for section, elements in data.items():
        if not isinstance(elements, Seq):
            continue
        for element in elements:
            if isinstance(element, Map):
                for old, new in {"parents": "serves", **_FIELDS.get(section, {})}.items():
                    element.rename(old, new)
