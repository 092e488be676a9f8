"""The colours of the look carry: 4.5 : 1 for words, 3 : 1 for edges of controls, in light and dark."""

import re
from itertools import product
from pathlib import Path

import pytest

import gouvernail.web

CSS = (Path(gouvernail.web.__file__).parent / "static" / "look" / "look.css").read_text("utf-8")
TONES = ("good", "warn", "bad", "info", "unknown", "accent")


def _colours(theme: str) -> dict[str, str]:
    block = re.search(r'\[data-bs-theme="' + theme + r'"\] \{\n((?:  --.*\n)+)\}', CSS)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_every_ground(theme: str) -> None:
    colours = _colours(theme)
    pairs = [
        *product(("ink", "muted", *TONES), ("paper", "sheet")),
        *((tone, f"{tone}-soft") for tone in TONES),
        *product(("ink",), (f"{tone}-soft" for tone in TONES)),
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        *product(("side-ink", "side-muted"), ("side", "side-here")),
    ]

    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_and_series_stand_out_from_the_paper(theme: str) -> None:
    colours = _colours(theme)

    weak = {
        name: contrast(colours[name], colours["paper"]) for name in ("edge", *(f"c{n}" for n in range(1, 7)))
    }
    assert {name: round(value, 2) for name, value in weak.items() if value < 3} == {}
