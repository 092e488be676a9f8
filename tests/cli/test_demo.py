"""`gouvernail demo`: the whole arrow on a company whose truth is known. Slow, so left to `make test-slow`."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from gouvernail.bearing.schema import json_schema
from tests.cli.conftest import Run


@pytest.mark.slow
def test_demo_tells_antoine_s_story(run: Run, tmp_path: Path) -> None:
    """S0: Instagram for industrial buyers, orphan money; the second revision of the plan is visibly better."""
    answer = run("demo", "--lang", "fr", cwd=tmp_path)
    folder = tmp_path / "demo" / "antoine"
    assert answer.code == 0
    assert (folder / "report.html").stat().st_size > 100_000

    taken = []
    for number in (1, 2):
        (folder / "plan.yaml").write_text((folder / f"revision-{number}.yaml").read_text("utf-8"), "utf-8")
        taken.append(run("bearing", "--json", cwd=folder).json)
        jsonschema.validate(taken[-1], json_schema(), jsonschema.Draft202012Validator)

    first, second = taken
    assert "AUD01" in {one["code"] for one in first["findings"]}
    assert "KPI01" in {one["code"] for one in first["findings"]}
    assert float(first["figures"]["aligned_spend"]["orphan"]) > 0
    assert second["figures"]["coherence"]["score"] > first["figures"]["coherence"]["score"] + 20
