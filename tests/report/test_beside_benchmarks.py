"""The report says one's own figure against the published one, with its source and year."""

from __future__ import annotations

import pytest

from gouvernail.base.text import Text
from gouvernail.report.context import readings
from tests.report.sample import antoine


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "your CHF 412 against CHF 198: Swiss B2B panel, 2025"),
        ("fr", "vos 412 CHF contre 198 CHF : Swiss B2B panel, 2025"),
    ],
)
def test_an_indicator_is_said_against_its_benchmark(language: str, words: str) -> None:
    shown = {reading.metric.id: reading.benchmark for reading in readings(antoine(language))}
    compared = shown["cost_per_lead"]

    assert compared is not None
    assert isinstance(compared.detail, Text)
    assert " ".join(compared.detail.render(language).split()) == words
