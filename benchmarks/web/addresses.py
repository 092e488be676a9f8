"""Every page of an organisation that can be read, found from the addresses themselves; so a new page is measured unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

APART = ("-csv", "-sample", "-export", "-receive")
"""Endings of names that give files."""


@dataclass(frozen=True)
class Page:
    """A page: its name among the addresses, and its path."""

    name: str
    path: str


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site as written, with its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path, one


def pages(client: Client, slug: str, samples: Mapping[str, str]) -> list[Page]:
    """Return the pages of an organisation that a browser can open.

    Args:
        client: somebody who may read everything.
        slug: the organisation.
        samples: what stands for a part of an address: `objective.id`, or `id` for every address.
    """
    found = []
    for path, pattern in patterns():
        name = pattern.name or path
        if not path.startswith("o/") or name.endswith(APART):
            continue
        filled = _filled(path, name, {"slug": slug, **samples})
        if filled and _is_page(client, filled):
            found.append(Page(name, filled))
    return found


def _filled(path: str, name: str, samples: Mapping[str, str]) -> str:
    parts = re.findall(r"<(?:\w+:)?(\w+)>", path)
    values = {part: samples.get(f"{name}.{part}", samples.get(part, "")) for part in parts}
    if not all(values.values()):
        return ""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values[part[1]], path)


def _is_page(client: Client, path: str) -> bool:
    """A page that breaks is one too: whoever measures it will say so."""
    answer = client.get(path)
    if answer.status_code >= 500:
        return True
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 200 and kind.startswith("text/html") and b"<html" in answer.content[:200]
