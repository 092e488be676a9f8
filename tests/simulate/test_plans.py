"""The plans of the simulated companies show what they are there to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.checks.finding import Severity
from gouvernail.checks.runner import CheckResult, check
from gouvernail.checks.score import score
from gouvernail.plan.load import load_plan
from gouvernail.plan.model import Plan
from gouvernail.simulate.catalogue import COMPANIES


def judged(company: str, revision: int, folder: Path) -> tuple[Plan, CheckResult]:
    path = folder / f"{company}-{revision}.yaml"
    path.write_text(COMPANIES[company].revisions[revision - 1], encoding="utf-8")
    plan = load_plan(path).plan
    return plan, check(plan, today=COMPANIES[company].today)


def test_first_plan_of_antoine_is_misaligned_as_the_article_tells(tmp_path: Path) -> None:
    _, result = judged("antoine", 1, tmp_path)
    found = {(finding.code, finding.element) for finding in result.findings}
    assert found >= {
        ("AUD01", "instagram-generation-tech"),
        ("KPI01", "instagram-generation-tech"),
        ("ACT01", "hannover-messe"),
        ("ACT08", "instagram-coulisses"),
        ("CAS01", "ca-2026"),
        ("ORG01", "objectives"),
        ("VAL02", "qualite"),
        ("STR05", "positionnement"),
        ("REV01", "ca-2026"),
    }


def test_second_plan_of_antoine_scores_visibly_better(tmp_path: Path) -> None:
    first, second = (judged("antoine", revision, tmp_path) for revision in (1, 2))
    assert score(first[0], first[1].findings).score < 55
    assert score(second[0], second[1].findings).score > 85


def test_promotion_of_the_watch_brand_contradicts_its_positioning(tmp_path: Path) -> None:
    _, result = judged("watches", 1, tmp_path)
    blocking = [(each.code, each.element) for each in result.findings if each.severity is Severity.blocking]
    assert blocking == [("POS01", "flash-sale")]


def test_targets_of_the_eco_line_do_not_add_up(tmp_path: Path) -> None:
    _, result = judged("eco", 1, tmp_path)
    assert ("CAS01", "ca-jeunes") in {(finding.code, finding.element) for finding in result.findings}


@pytest.mark.parametrize("company", COMPANIES)
def test_revisions_refer_to_nothing_unknown(company: str, tmp_path: Path) -> None:
    for revision in range(1, len(COMPANIES[company].plans) + 1):
        _, result = judged(company, revision, tmp_path)
        assert [finding for finding in result.findings if finding.code.startswith("REF")] == []
