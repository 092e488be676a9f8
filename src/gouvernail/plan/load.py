"""Reading a plan: YAML files → frozen `Plan`, with the place of every element, or all its faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gouvernail.plan import syntax, wording
from gouvernail.plan.digest import digest_of
from gouvernail.plan.faults import Fault, refuse, whole
from gouvernail.plan.files import read_text, yaml_files
from gouvernail.plan.locations import Location, Locations, trace
from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.plan.sections import Merged, merge
from gouvernail.plan.upgrades import upgrade, version_fault
from gouvernail.plan.yaml_nodes import Map, Reader, compose, line_of


@dataclass(frozen=True)
class LoadedPlan:
    """A plan as it was read.

    `digest` is a hash of the content: two files that say the same, whatever their comments, order of
    fields or spelling of numbers, have the same one.
    """

    plan: Plan
    locations: Locations
    digest: str


def load_plan(path: Path) -> LoadedPlan:
    """Read a plan from a YAML file, or from a folder of them (`*.yaml`), section by section.

    An empty file is an empty plan, and a half-written plan is a plan: what is missing is for the
    checks to say. References to unknown ids are read too.

    Raises:
        PlanError: the plan cannot be read; `.faults` holds every `Fault`, in the order of the files.
    """
    files, faults = yaml_files(path)
    texts = []
    for file in files:
        text, found = read_text(file, _shown(file, path))
        faults.extend(found)
        if text is not None:
            texts.append((_shown(file, path), text))
    return _load(texts, faults)


def load_text(text: str, file: str = "plan.yaml") -> LoadedPlan:
    """Read a plan from YAML text; `file` is how faults and locations name it.

    Raises:
        PlanError: as `load_plan`.
    """
    return _load([(file, text)], [])


def load_texts(texts: Sequence[tuple[str, str]], faults: Sequence[Fault] = ()) -> LoadedPlan:
    """Read a plan from several texts, each with the name of its file, merged as the files of a folder.

    Raises:
        PlanError: as `load_plan`; `faults` (found before, on the way to the texts) are told first.
    """
    return _load(list(texts), list(faults))


def _shown(file: Path, path: Path) -> str:
    return str(file) if file == path else str(path / file.name)


def _load(texts: list[tuple[str, str]], faults: list[Fault]) -> LoadedPlan:
    documents = []
    for file, text in texts:
        data, found = _document(text, file)
        faults.extend(found)
        if data is not None:
            documents.append(data)
    merged, found = merge(documents)
    faults.extend(found)
    plan, found = _validate(merged)
    faults.extend(found)
    elements, found = _index(merged)
    faults.extend(found)
    if plan is None or faults:
        raise refuse(faults)
    return LoadedPlan(plan, Locations(elements, merged.places), digest_of(plan))


def _document(text: str, file: str) -> tuple[Map | None, list[Fault]]:
    """Return the data of one file, upgraded to today's version, and what is wrong with its YAML."""
    root, faults = compose(text, file)
    if root is None:
        return None, faults
    reader = Reader(file)
    data = reader.read(root)
    if reader.faults:
        faults.extend(reader.faults)
    if data is None:
        return None, faults
    if not isinstance(data, Map):
        return None, [*faults, syntax.not_a_plan(file)]
    fault = version_fault(data)
    if fault is not None:
        return None, [*faults, fault]
    upgrade(data)
    return data, faults


def _validate(merged: Merged) -> tuple[Plan | None, list[Fault]]:
    try:
        return Plan.model_validate(merged.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, [_fault(merged, dict(one), wording.say(one)) for one in details]


def _fault(merged: Merged, error: dict[str, Any], said: wording.Said) -> Fault:
    wrong, expected, suggestion = said
    place, steps = trace(merged.data, error["loc"], merged.place(error["loc"]))
    if error["type"] == "missing":
        value = None
        steps = (*steps, error["loc"][-1]) if steps != error["loc"] else steps
    else:
        value = wording.show(error["input"])
    return Fault(
        place.file,
        place.line,
        merged.path(steps),
        value,
        expected,
        suggestion,
        whole(wrong, expected, suggestion),
    )


def _index(merged: Merged) -> tuple[dict[str, Map], list[Fault]]:
    """Return element id → its data, and a fault for every id given twice."""
    found: dict[str, Map] = {}
    faults = []
    for section in (name for name in merged.data if name in SECTIONS):  # in the order of the files
        for i, element in enumerate(merged.data[section]):
            id = element.get("id") if isinstance(element, Map) else None
            if not isinstance(id, str):
                continue
            if id not in found:
                found[id] = element
                continue
            steps = (section, i, "id")
            place, _ = trace(merged.data, steps, merged.place(steps))
            first = Location(found[id].file, line_of(found[id].node))
            faults.append(syntax.same_id(place, merged.path(steps), id, first))
    return found, faults
