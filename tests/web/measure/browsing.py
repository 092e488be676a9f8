"""Pages of Measure in a real browser: opened one after the other, and what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.web.look.axe import violations

SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")
"""Folder for pictures of the pages; none are taken without."""


def faults(page: Any, addresses: Mapping[str, str], called: str) -> list[str]:
    """Open each address (by name); return what is not accessible, and what scrolls sideways."""
    wrong: list[str] = []
    for name, address in addresses.items():
        page.goto(address, wait_until="networkidle")
        wrong += [f"{name}: {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{name}: scrolls sideways")
        if SHOTS:
            file = Path(SHOTS) / f"{called}-{name}-{page.viewport_size['width']}.png"
            page.screenshot(path=str(file), full_page=True)
    return wrong
