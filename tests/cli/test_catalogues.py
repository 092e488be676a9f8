"""`gouvernail rules · metrics · sources · channels`."""

from __future__ import annotations

import pytest

from gouvernail.base.channels import channels
from gouvernail.checks.catalogue import RULES
from gouvernail.metrics.catalogue import METRICS
from gouvernail.sources.catalogue import sources
from tests.cli.conftest import Run

IDS = {
    "rules": list(RULES),
    "metrics": list(METRICS),
    "sources": [source.id for source in sources()],
    "channels": list(channels()),
}


@pytest.mark.parametrize("name", IDS)
def test_list_names_all_in_text_and_json(run: Run, name: str) -> None:
    rows = run(name, "--json").json

    assert [row.get("code") or row["id"] for row in rows] == IDS[name]
    shown = run(name)
    assert shown.code == 0
    assert all(id in shown.out for id in IDS[name])


@pytest.mark.parametrize("name", IDS)
def test_every_entry_can_be_explained(run: Run, name: str) -> None:
    for id in IDS[name]:
        assert run(name, id, "--lang", "fr").code == 0


@pytest.mark.parametrize("name", IDS)
def test_one_entry_as_json_is_a_list_of_one(run: Run, name: str) -> None:
    (row,) = run(name, IDS[name][0], "--json").json

    assert (row.get("code") or row["id"]) == IDS[name][0]


@pytest.mark.parametrize(
    ("name", "word", "near"),
    [
        ("rules", "AUD0", "AUD01"),
        ("metrics", "revenu", "revenue"),
        ("metrics", "Revenue", "revenue"),
        ("sources", "google-ads", "google_ads"),
        ("channels", "insta", "instagram_paid"),
    ],
)
def test_unknown_id_offers_the_nearest(run: Run, name: str, word: str, near: str) -> None:
    answer = run(name, word)

    assert (answer.code, answer.words) == (2, f"“{word}” is not known. Did you mean “{near}”?")


def test_unknown_id_far_from_all_says_what_to_do(run: Run) -> None:
    answer = run("metrics", "zzzzz", "--lang", "fr")

    assert (answer.code, answer.err.startswith("«\u00a0zzzzz\u00a0»")) == (2, True)


def test_rules_may_be_named_in_lower_case(run: Run) -> None:
    assert run("rules", "aud01").out == run("rules", "AUD01").out
