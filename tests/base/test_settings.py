"""Deployment settings."""

from __future__ import annotations

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.base.settings import setting


def test_setting_unset_or_empty_is_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_ENGINE", " ")

    assert setting("GOUVERNAIL_ENGINE") == "duckdb"


def test_setting_of_an_unknown_value_is_refused_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUVERNAIL_LANG", "de")

    with pytest.raises(UsageError) as caught:
        setting("GOUVERNAIL_LANG")

    assert (
        str(caught.value)
        == "GOUVERNAIL_LANG is de, which is none of: en, fr. Set it to one of them, or unset it."
    )
