"""SARIF 2.1.0 and GitHub annotations of a checked plan, read as an editor and a code host read them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gouvernail.base.text import verbatim
from gouvernail.bearing.annotations import annotate
from gouvernail.bearing.checking import CheckedPlan, check_loaded
from gouvernail.bearing.moves import compare
from gouvernail.bearing.sarif import check_to_sarif
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.pages import page
from gouvernail.plan.load import load_text
from tests.bearing.company import PLAN, TODAY

ASIDE = PLAN + (
    "\nrules:\n  ignore: [{rule: ACT01, elements: [posts], reason: on purpose, by: Zoé, day: 2026-10-01}]\n"
)


def checked(text: str, file: str = "plan.yaml") -> CheckedPlan:
    return check_loaded(load_text(text, file), today=TODAY)


def run(plan: CheckedPlan, before: CheckedPlan | None = None, language: str = "en") -> dict[str, Any]:
    moves = compare(plan, before, "HEAD~1") if before else None
    log = json.loads(check_to_sarif(plan, language, moves))
    (one,) = log["runs"]
    assert (log["version"], one["tool"]["driver"]["name"]) == ("2.1.0", "gouvernail")
    found: dict[str, Any] = one
    return found


def result(run: dict[str, Any], identity: str) -> dict[str, Any]:
    (found,) = (one for one in run["results"] if one["partialFingerprints"]["identity/v1"] == identity)
    return dict(found)


def test_every_result_points_at_its_rule_and_its_line() -> None:
    one = run(checked(PLAN))
    rules = one["tool"]["driver"]["rules"]

    assert {rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in one["results"]} == {True}
    posts = result(one, "ACT01:posts")
    assert posts["locations"] == [
        {
            "logicalLocations": [{"fullyQualifiedName": "posts", "kind": "element"}],
            "physicalLocation": {
                "artifactLocation": {"uri": "plan.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": PLAN.splitlines().index("  - id: posts") + 1},
            },
        }
    ]
    assert (posts["level"], posts["kind"], posts["suppressions"]) == ("error", "fail", [])
    assert posts["properties"]["atStake"] == {"amount": "730.00", "currency": "CHF"}
    assert "baselineState" not in posts


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rules_bring_their_page_level_and_tags(language: str) -> None:
    one = run(checked(PLAN), language=language)
    rule = next(each for each in one["tool"]["driver"]["rules"] if each["id"] == "OBJ07")
    try:
        text = page("OBJ07", language)
    except FileNotFoundError:
        text = RULES["OBJ07"].doc

    assert rule["help"] == {"text": text, "markdown": text}
    assert rule["shortDescription"] == {"text": RULES["OBJ07"].title.render(language)}
    assert rule["fullDescription"]["text"].endswith(".")
    assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert rule["properties"]["tags"] == ["OBJ", "objectives"]
    assert one["language"] == language


def test_fingerprints_are_unique_and_stable_when_lines_move() -> None:
    prints = [one["partialFingerprints"] for one in run(checked(PLAN))["results"]]
    moved = [one["partialFingerprints"] for one in run(checked("# a\n\n" + PLAN))["results"]]

    assert prints == moved
    assert len({one["identity/v1"] for one in prints}) == len(prints)


def test_finding_set_aside_is_suppressed_with_who_when_and_why() -> None:
    posts = result(run(checked(ASIDE)), "ACT01:posts")

    assert posts["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "on purpose (Zoé, 2026-10-01)"}
    ]


def test_compared_results_say_new_unchanged_or_absent() -> None:
    after = PLAN.replace(
        "    channel: instagram_organic\n", "    channel: instagram_organic\n    serves: grow\n"
    )
    after = after.replace("  - id: posts", "  - id: blog\n    title: Blog\n  - id: posts")
    one = run(checked(after), checked(PLAN, "HEAD~1:plan.yaml"))

    assert {each.get("baselineState") for each in one["results"]} == {"new", "unchanged", "absent"}
    assert result(one, "ACT01:blog")["baselineState"] == "new"
    gone = result(one, "ACT01:posts")
    assert (gone["baselineState"], gone["properties"]["gone"]) == ("absent", "solved")
    assert gone["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "plan.yaml"


def test_finding_set_aside_since_stands_once() -> None:
    posts = result(run(checked(ASIDE), checked(PLAN)), "ACT01:posts")

    assert (posts["baselineState"], len(posts["suppressions"])) == ("unchanged", 1)


def test_rules_without_their_input_are_notifications_not_silence() -> None:
    plan = checked(PLAN)
    notes = run(plan)["invocations"][0]["toolExecutionNotifications"]

    assert [note["associatedRule"]["id"] for note in notes] == [gap.code for gap in plan.not_checked]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("la société/plan n° 1.yaml", "la%20soci%C3%A9t%C3%A9/plan%20n%C2%B0%201.yaml"),
        ("../p.yaml", "../p.yaml"),
    ],
)
def test_places_are_uris(file: str, uri: str) -> None:
    posts = result(run(checked(PLAN, file)), "ACT01:posts")

    assert posts["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_absolute_places_are_file_uris(tmp_path: Path) -> None:
    posts = result(run(checked(PLAN, str(tmp_path / "plan.yaml"))), "ACT01:posts")

    assert posts["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": (tmp_path / "plan.yaml").as_uri()
    }


def test_annotations_are_one_command_a_line() -> None:
    plan = checked(PLAN)
    lines = annotate(plan.findings, "en").splitlines()

    assert len(lines) == len(plan.findings)
    assert [line for line in lines if not re.match(r"::(error|warning|notice) [^:]*::[^:]", line)] == []
    line = PLAN.splitlines().index("  - id: posts") + 1
    (posts,) = (one for one in lines if "title=ACT01" in one)
    assert posts.startswith(
        f"::error file=plan.yaml,line={line},title=ACT01 Action serves no objective::The action “Pretty posts”"
    )


def test_annotations_escape_what_the_command_would_take_for_its_own() -> None:
    (posts,) = (one for one in checked(PLAN, "a,b:c%.yaml").findings if one.finding.code == "ACT01")
    finding = replace(posts.finding, message=verbatim("100 %: a, b\r\n::error::c"), hint=verbatim("d"))
    line = annotate([replace(posts, finding=finding)], "en")

    assert "file=a%2Cb%3Ac%25.yaml,line=" in line
    assert line.endswith("::100 %25: a, b%0D%0A::error::c d")


def test_no_finding_is_no_annotation() -> None:
    assert annotate([], "en") == ""
