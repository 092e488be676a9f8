"""Reading findings: groups, filters, the first three, since, set aside, --fix. As a user meets them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.bearing.company import PLAN, write_plan
from tests.cli.conftest import Run
from tests.cli.test_french import sentences

OWNED = PLAN.replace("  - id: posts\n", "  - id: posts\n    owner: zoe\n") + (
    "people:\n  - {id: zoe, title: Zoé}\n"
)
FAULTY = """\
actions:
  - title: Trade fair   # the big one
    start: 15.03.2026
    end: 03/04/2026
values:
  - id: courage
"""
FIXED = """\
values:
  - id: courage
actions:
  - id: trade-fair
    title: Trade fair   # the big one
    start: 2026-03-15
    end: 03/04/2026
"""


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Zoé", "-c", "user.email=zoe@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A workspace under git, its plan committed once."""
    write_plan(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def headings(out: str) -> list[str]:
    return [line for line in out.splitlines() if line and line[0] not in " " and "What to decide" not in line]


@pytest.mark.parametrize(
    ("by", "first"),
    [("layer", "Values"), ("gravity", "Blocking"), ("owner", "Zoé"), ("element", "Values")],
)
def test_findings_are_grouped(run: Run, tmp_path: Path, by: str, first: str) -> None:
    write_plan(tmp_path, OWNED)

    said = run("plan", "check", "--by", by, cwd=tmp_path)

    assert headings(said.out)[0].split("  ")[0] == first
    assert "Pretty posts" in said.out


def test_groups_hold_every_finding_once(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, OWNED)
    counted = {
        by: sorted(
            line
            for line in run("plan", "check", "--by", by, cwd=tmp_path).out.splitlines()
            if " plan.yaml:" in line and line[2] in "✖▲●"
        )
        for by in ("layer", "gravity", "owner", "element")
    }

    assert counted["layer"] == counted["gravity"] == counted["owner"] == counted["element"]


def test_filters_narrow_what_is_shown_and_what_fails(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, OWNED)

    def ids(*options: str) -> list[str]:
        answer = run("plan", "check", "-f", "json", *options, cwd=tmp_path)
        return [one["id"] for one in answer.json["findings"]]

    assert ids("--rule", "ACT01") == ["ACT01:posts"]
    assert {one[:3] for one in ids("--rule", "act")} == {"ACT"}
    assert {one.split(":")[1] for one in ids("--element", "posts", "--element", "ads")} == {"posts", "ads"}
    assert {one.split(":")[1] for one in ids("--owner", "zoe")} == {"posts"}
    assert run("plan", "check", "--rule", "VAL01", "--element", "posts", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--rule", "ACT99"), "There is no rule “ACT99”."),
        (("--element", "post"), "The plan has no element “post”. Did you mean “posts”?"),
        (("--owner", "zoé"), "Nobody in the plan is called “zoé”. Did you mean “zoe”?"),
        (("--only-new",), "--only-new compares with an earlier plan: name it with --since."),
    ],
)
def test_unknown_names_are_told(run: Run, tmp_path: Path, option: tuple[str, ...], said: str) -> None:
    write_plan(tmp_path, OWNED)

    answer = run("plan", "check", *option, cwd=tmp_path)

    assert answer.code == 2
    assert answer.err.startswith(said)


@pytest.mark.parametrize(
    ("threshold", "code"), [("blocking", 0), ("warning", 0), ("advice", 1), ("never", 0)]
)
def test_fail_on_decides_the_exit_status(run: Run, tmp_path: Path, threshold: str, code: int) -> None:
    write_plan(
        tmp_path,
        'values: [{id: quality, title: Quality, text: "Quality and innovation for the customer."}]\n',
    )

    answer = run("plan", "check", "--rule", "VAL02", "--fail-on", threshold, cwd=tmp_path)

    assert "VAL02" in answer.out
    assert answer.code == code


def test_first_three_are_the_same_everywhere(run: Run, filled: Path) -> None:
    checked = run("plan", "check", cwd=filled).out
    listed = run("plan", "check", "-f", "json").json["first"]

    shown = [line.split()[2] for line in checked.splitlines()[1:] if line[:4] in ("  1.", "  2.", "  3.")]
    assert checked.startswith("What to decide first\n")
    assert [one.split(":")[0] for one in listed] == shown

    said = run("bearing", "-p", "2026-09").out
    shown = [line.split()[2] for line in said.splitlines() if line[:4] in ("  1.", "  2.", "  3.")]
    assert [one.split(":")[0] for one in run("bearing", "-p", "2026-09", "--json").json["first"]] == shown


def test_since_a_revision_tells_new_solved_and_gone(run: Run, kept: Path) -> None:
    plan = PLAN.replace("  - id: posts", "  - id: blog\n    title: Blog\n  - id: posts")
    plan = plan.replace(
        "    channel: instagram_organic\n", "    channel: instagram_organic\n    serves: grow\n"
    )
    start = plan.index("  - id: letter")
    (kept / "plan.yaml").write_text(plan[:start], "utf-8")

    said = run("plan", "check", "--since", "HEAD", cwd=kept)
    found = run("plan", "check", "--since", "HEAD", "-f", "json").json["since"]

    assert "✔ solved ACT01 The action “Pretty posts” serves no objective." in said.words
    assert (
        "gone with its element, no longer in the plan: letter." in said.words
        or "gone with their elements, no longer in the plan: letter." in said.words
    )
    new = next(line for line in said.out.splitlines() if "ACT01 plan.yaml" in line)
    assert new.endswith(" new")
    assert f"Since HEAD: {len(found['new'])} new," in said.out
    assert "ACT01:blog" in found["new"]
    assert {one["id"]: one["why"] for one in found["gone"]}["ACT01:posts"] == "solved"


def test_only_new_findings_fail_a_gate(run: Run, kept: Path) -> None:
    assert run("plan", "check", "--since", "HEAD", "--only-new", cwd=kept).code == 0

    (kept / "plan.yaml").write_text(
        PLAN.replace("  - id: posts", "  - id: blog\n    title: Blog\n  - id: posts"), "utf-8"
    )
    answer = run("plan", "check", "--since", "HEAD", "--only-new", "-f", "github")

    assert answer.code == 1
    assert {line.split("title=")[1][:5] for line in answer.out.splitlines()} >= {"ACT01"}
    assert "Pretty posts" not in answer.out


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("nothing", "“nothing” is neither a file nor a revision"),
        ("HEAD~3", "“HEAD~3” is neither a file nor a revision"),
    ],
)
def test_revision_that_is_not_there_is_one_sentence(run: Run, kept: Path, since: str, said: str) -> None:
    answer = run("plan", "check", "--since", since, cwd=kept)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)


def test_dismissed_finding_stays_away_with_its_reason_and_may_come_back(run: Run, kept: Path) -> None:
    before = (kept / "plan.yaml").read_text("utf-8")

    done = run(
        "plan",
        "dismiss",
        "act01",
        "posts",
        "-r",
        "A test of the channel: until June",
        "--by",
        "Zoé",
        cwd=kept,
    )
    checked = run("plan", "check")
    again = run("plan", "dismiss", "ACT01:posts", "--reason", "once more")
    back = run("plan", "restore", "ACT01:posts")

    assert done.out.splitlines()[0] == "Set aside: ACT01 · The action “Pretty posts” serves no objective."
    assert (
        "Set aside: ACT01 on “Pretty posts” by Zoé, October 5, 2026: A test of the channel: until June"
        in checked.words
    )
    assert "✖ blocking ACT01" not in checked.out
    assert again.err.startswith("ACT01 on “posts” is set aside already: A test of the channel: until June")
    assert back.out == "ACT01 judges “Pretty posts” again.\n"
    assert (kept / "plan.yaml").read_text("utf-8") == before


def test_what_is_missing_altogether_may_be_set_aside_without_a_dangling_reference(
    run: Run, empty: Path
) -> None:
    run("plan", "dismiss", "VAL01", "values", "--reason", "They hang in the hall.", cwd=empty)

    found = run("plan", "check", "-f", "json").json
    assert [(one["code"], one["element"]) for one in found["ignored"]] == [("VAL01", "values")]
    assert [one["id"] for one in found["findings"] if one["code"] in ("VAL01", "REF01")] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ACT01", "posts"), "Say why in a few words, with --reason"),
        (("ACT1x", "posts", "-r", "because"), "There is no rule “ACT1X”."),
        (("ACT01", "pots", "-r", "because"), "The plan has no element “pots”. Did you mean “posts”?"),
        (("ACT01", "ads", "-r", "because"), "ACT01 finds nothing on “ads”: there is nothing to set aside."),
        (("ACT10", "-r", "because"), "ACT10 finds nothing here: there is nothing to set aside."),
        (("DAT01", "-r", "because"), "DAT01 reads facts, and none were imported"),
    ],
)
def test_what_is_not_found_is_not_set_aside(
    run: Run, empty: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = run("plan", "dismiss", *arguments, cwd=empty)

    assert answer.code == 2
    assert answer.err.startswith(said)
    assert (empty / "plan.yaml").read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ACT02",), "ACT02 is not set aside in this plan."),
        (("ACT01", "pots"), "ACT01 is not set aside on “pots”. Did you mean “posts”?"),
        (("VAL01", "values"), "VAL01 is set aside on the whole plan: restore it without naming an element."),
    ],
)
def test_what_is_not_set_aside_cannot_be_restored(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    write_plan(
        tmp_path,
        PLAN
        + "rules: {ignore: [{rule: VAL01, reason: hall}, {rule: ACT01, elements: [posts], reason: test}]}\n",
    )

    answer = run("plan", "restore", *arguments, cwd=tmp_path)

    assert (answer.code, answer.err) == (2, said + "\n")


def test_finding_of_facts_is_set_aside_where_facts_show_it(run: Run, filled: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(filled, copy)

    done = run("plan", "dismiss", "DAT01", "--reason", "A test account", cwd=copy)

    assert done.code == 0
    assert "Mystery" in done.out
    assert "A test account" in (copy / "plan.yaml").read_text("utf-8")


def test_folder_plan_is_written_where_its_rules_are(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "a.yaml").write_text("organisation: {currency: CHF}\n", "utf-8")
    (folder / "b.yaml").write_text("values: [{id: courage, title: Courage}]\n", "utf-8")
    (folder / "z.yaml").write_text("rules:\n  ignore:\n    - {rule: VIS01, reason: hall}\n", "utf-8")

    run("plan", "dismiss", "MIS01", "--reason", "In the hall too", cwd=tmp_path)

    assert "MIS01" in (folder / "z.yaml").read_text("utf-8")
    run("plan", "restore", "VIS01")
    run("plan", "restore", "MIS01")
    (folder / "z.yaml").write_text("", "utf-8")
    run("plan", "dismiss", "MIS01", "--reason", "In the hall too")
    assert "MIS01" in (folder / "a.yaml").read_text("utf-8")


def test_diff_shows_what_fix_would_write_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, FAULTY)

    answer = run("plan", "check", "--diff", cwd=tmp_path)

    assert answer.code == 1
    assert "+  - id: trade-fair" in answer.out.splitlines()
    assert "plan.yaml:4: “03/04/2026” may be read day first or month first" in answer.out
    assert (tmp_path / "plan.yaml").read_text("utf-8") == FAULTY


def test_fix_asks_first_and_no_means_no(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    write_plan(tmp_path, FAULTY)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    declined = run("plan", "check", "--fix", cwd=tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    nobody = run("plan", "check", "--fix")

    assert "Nothing was written." in declined.out
    assert nobody.err.startswith("Nothing was written. To write without being asked, add --yes.")
    assert (tmp_path / "plan.yaml").read_text("utf-8") == FAULTY


def test_fix_makes_a_plan_load_that_did_not(run: Run, tmp_path: Path) -> None:
    file = write_plan(tmp_path, FAULTY.replace("    end: 03/04/2026\n", ""))
    assert run("plan", "check", cwd=tmp_path).code == 2

    answer = run("plan", "check", "--fix", "--yes")

    assert answer.code == 1
    assert "Coherence" in answer.out
    assert file.read_text("utf-8") == FIXED.replace("    end: 03/04/2026\n", "")
    assert "There is nothing to put right by itself." in run("plan", "check", "--fix").out


def test_fix_leaves_what_can_be_read_in_two_ways(run: Run, tmp_path: Path) -> None:
    file = write_plan(tmp_path, FAULTY)

    answer = run("plan", "check", "--fix", "--yes", cwd=tmp_path)

    assert file.read_text("utf-8") == FIXED
    assert answer.code == 2
    assert "plan.yaml:7:" in answer.err


def test_fix_keeps_encoding_line_ends_permissions_and_links(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "kept.yaml"
    real.write_bytes("\ufeffvalues:\r\n  - title: Été\r\n".encode())
    real.chmod(0o600)
    (tmp_path / "plan.yaml").symlink_to(real)

    run("plan", "check", "--fix", "--yes", cwd=tmp_path)

    assert real.read_bytes() == "\ufeffvalues:\r\n  - id: ete\r\n    title: Été\r\n".encode()
    assert real.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "plan.yaml").is_symlink()


def test_fix_keeps_machine_formats_clean(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, "values:\n  - title: Care\n")

    answer = run("plan", "check", "--fix", "--yes", "-f", "json", cwd=tmp_path)

    assert answer.json["findings"] != []
    assert "+  - id: care" in answer.err


def test_report_tells_what_moved_since(run: Run, kept: Path) -> None:
    plan = PLAN.replace(
        "    channel: instagram_organic\n", "    channel: instagram_organic\n    serves: grow\n"
    )
    (kept / "plan.yaml").write_text(
        plan.replace("  - id: posts", "  - id: blog\n    title: Blog\n  - id: posts"), "utf-8"
    )

    run("report", "--since", "HEAD", "-o", "english.html", cwd=kept)
    run("report", "--since", "HEAD", "-o", "french.html", "--lang", "fr")
    run("report", "-o", "alone.html")

    page = (kept / "english.html").read_text("utf-8")
    part = page[page.index('id="since"') : page.index('id="whys"')]
    assert "What moved in the plan since HEAD" in part
    assert 'href="#finding-' in part
    solved = part[part.index("Solved") :]
    assert "ACT01" in solved
    assert "Ce qui a bougé dans le plan depuis HEAD" in (kept / "french.html").read_text("utf-8")
    assert 'id="since"' not in (kept / "alone.html").read_text("utf-8")


def test_rules_that_compare_see_the_earlier_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(
        "values: [{id: care, title: Care, text: We repair what we sell for ten years.}]\n", "utf-8"
    )
    write_plan(tmp_path, "values: [{id: care, title: Speed, text: Delivered tomorrow morning everywhere.}]\n")

    def codes(*options: str) -> list[str]:
        answer = run("plan", "check", "-f", "json", "--rule", "VAL05", *options, cwd=tmp_path)
        return [one["id"] for one in answer.json["findings"]]

    assert codes() == []
    assert codes("--since", "old.yaml") == ["VAL05:care"]


@pytest.mark.parametrize(
    "options",
    [
        ("--by", "gravity"),
        ("--by", "owner"),
        ("--since", "HEAD"),
        ("--since", "nothing"),
        ("--rule", "ACT99"),
        ("--element", "nobody"),
        ("--only-new",),
        ("--diff",),
    ],
)
def test_no_line_of_it_stays_english(
    run: Run, kept: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    text = "actions:\n  - {id: blog, title: Vlog, start: 03/04/2026}\n" if "--diff" in options else OWNED
    (kept / "plan.yaml").write_text(text, "utf-8")
    english, french = (run("plan", "check", *options, "--lang", lang, cwd=kept) for lang in ("en", "fr"))

    assert english.code == french.code
    assert sentences(english.out + english.err) & sentences(french.out + french.err) == set()


@pytest.mark.parametrize(
    "command",
    [
        ("dismiss", "ACT01", "posts"),
        ("dismiss", "ACT01", "pots", "-r", "motif"),
        ("dismiss", "ACT01", "ads", "-r", "motif"),
        ("dismiss", "ACT1x", "-r", "motif"),
        ("dismiss", "DAT01", "-r", "motif"),
        ("restore", "ACT01", "ads"),
        ("restore", "ACT01", "posts"),
    ],
)
def test_no_line_of_setting_aside_stays_english(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    said = []
    for lang in ("en", "fr"):
        write_plan(tmp_path, PLAN + "rules: {ignore: [{rule: ACT01, elements: [posts], reason: test}]}\n")
        answer = run("plan", *command, "--lang", lang, cwd=tmp_path)
        said.append(sentences(answer.out + answer.err))

    assert said[0] & said[1] == set()
    assert all(said)
