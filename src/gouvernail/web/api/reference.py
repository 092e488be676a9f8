"""The page that explains the API, made from the same document that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ninja import NinjaAPI

from gouvernail.base.text import T, Text
from gouvernail.web.api.service import api

TAGS: Mapping[str, Text] = {
    "organisations": T("Organisations"),
    "plan": T("Plan"),
    "imports": T("Data"),
    "bearings": T("Bearings"),
    "findings": T("Findings"),
    "experiments": T("Experiments"),
    "catalogues": T("Catalogues"),
}
BODIES: Mapping[str, Any] = {
    "add_element": {"title": "Win back former customers", "metric": "revenue", "target": "120000"},
    "put_element": {"title": "Win back former customers", "metric": "revenue", "target": "150000"},
    "order_bearing": {"period": "2026-09"},
    "design_experiment": {"baseline": 0.03, "uplift": 0.1, "subjects_a_day": 4000},
    "set_finding_aside": {"reason": "Known: the data come in spring."},
}
"""Operation → a body to send."""
SAMPLES: Mapping[str, str] = {
    "section": "objectives",
    "id": "win-back",
    "number": "12",
}
CHANGE_NOTHING = frozenset({"order_bearing", "design_experiment"})
"""Operations that are sent something, and write nothing of it."""
TONES = {"get": "info", "post": "good", "put": "warn", "delete": "bad"}


@dataclass(frozen=True)
class Parameter:
    """One parameter: where it goes, and whether it must be there."""

    name: str
    place: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    id: str
    verb: str
    tone: str
    path: str
    summary: Text
    parameters: tuple[Parameter, ...]
    writes: bool
    sample: str


@dataclass(frozen=True)
class Subject:
    """Operations on one subject."""

    title: Text
    operations: tuple[Operation, ...]


def subjects(address: str, slug: str) -> tuple[Subject, ...]:
    """Return every operation by subject, with an example call to the site at `address`."""
    # The models of the plan are not shown here: ninja's own document is enough, and half as long to make.
    document = NinjaAPI.get_openapi_schema(api)
    found: dict[str, list[Operation]] = {tag: [] for tag in TAGS}
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            found[operation["tags"][0]].append(_operation(address, slug, path, verb, operation))
    return tuple(Subject(TAGS[tag], tuple(operations)) for tag, operations in found.items())


def _operation(address: str, slug: str, path: str, verb: str, operation: Mapping[str, Any]) -> Operation:
    id = operation["operationId"]
    return Operation(
        id=id,
        verb=verb.upper(),
        tone=TONES[verb],
        path=path,
        summary=Text(operation["summary"]),
        parameters=tuple(_parameters(operation)),
        writes=verb != "get" and id not in CHANGE_NOTHING,
        sample=_sample(f"{address}{_filled(path, slug, id)}", verb, id, operation),
    )


def _parameters(operation: Mapping[str, Any]) -> Iterator[Parameter]:
    for one in operation.get("parameters", ()):
        if one["in"] != "path":
            yield Parameter(one["name"], one["in"], one.get("required", False), one.get("description", ""))


def _filled(path: str, slug: str, id: str) -> str:
    values = {**SAMPLES, "slug": slug}
    if id.endswith(("_import", "_bearing")):
        values["id"] = "7"
    if "aside" in id or id == "take_finding_back":
        values["id"] = "OBJ02:win-back"
    if id == "get_experiment":
        values["id"] = "checkout"
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def _sample(address: str, verb: str, id: str, operation: Mapping[str, Any]) -> str:
    lines = [f"curl {address}", '-H "Authorization: Bearer $TOKEN"']
    if verb != "get":
        lines[0] = f"curl -X {verb.upper()} {address}"
    if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
        lines.append("-H 'If-Match: \"12\"'")
    if id in BODIES:
        lines += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(BODIES[id], ensure_ascii=False)}'"]
    if id == "upload_file":
        lines.append("-F file=@campaigns.csv")
    return " \\\n  ".join(lines)
