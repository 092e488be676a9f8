"""The palette in both schemes: words must be readable on what they stand on (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TONES = ("good", "warn", "bad", "unknown", "info")


def palettes() -> dict[str, dict[str, str]]:
    css = (files("gouvernail.report") / "assets" / "report.css").read_text("utf-8")
    blocks = re.findall(r":root\s*{([^}]*--ink[^}]*)}", css)
    read = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in blocks]
    return {"light": read[0], "dark": {**read[0], **read[1]}}


def luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "raised"])
@pytest.mark.parametrize("words", ["ink", "muted", "accent", *TONES])
def test_words_are_readable(scheme: str, ground: str, words: str) -> None:
    colours = palettes()[scheme]

    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_chips_are_readable(scheme: str, tone: str) -> None:
    colours = palettes()[scheme]

    assert contrast(colours[tone], colours[f"{tone}-soft"]) >= 4.5
