"""`gouvernail audit`: a conversation on standard input that leaves a plan behind."""

import io
from pathlib import Path

import pytest

from gouvernail.plan.load import load_plan
from tests.cli.conftest import Run


@pytest.fixture
def say(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def say_it(*lines: str, options: tuple[str, ...] = ()):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return run("audit", *options, cwd=tmp_path)

    return say_it


def test_it_writes_a_commented_plan_and_says_what_each_answer_solves(say, tmp_path: Path) -> None:
    answer = say("We repair rather than replace", "q", options=("--layer", "values", "--lang", "en"))

    assert answer.code == 0
    assert "solved: VAL01" in answer.words
    assert load_plan(tmp_path / "plan.yaml").plan.values[0].id == "we-repair-rather-than-replace"
    assert "# The values. What you would hold to" in (tmp_path / "plan.yaml").read_text("utf-8")


def test_it_is_taken_up_where_it_was_left(say, tmp_path: Path) -> None:
    say("Nous réparons", "", options=("--layer", "values", "--lang", "fr"))
    answer = say("Un jour de 2019.", "q", options=("--layer", "values"))

    # The second question was skipped; the third is asked, in the language of the plan.
    assert "Quel jour cette valeur" in answer.words
    assert load_plan(tmp_path / "plan.yaml").plan.values[0].example == "Un jour de 2019."


def test_back_takes_the_last_answer_away(say, tmp_path: Path) -> None:
    say("Speed", "<", "Care", "q", options=("--layer", "values", "--lang", "en"))

    assert [value.title for value in load_plan(tmp_path / "plan.yaml").plan.values] == ["Care"]


def test_an_answer_that_cannot_be_read_is_asked_again(say, tmp_path: Path) -> None:
    answer = say(
        "Acme",
        "1",
        "machines",
        "CH",
        "CHF",
        "many",
        "12",
        "q",
        options=("--layer", "company", "--lang", "en"),
    )

    assert "“many” is not a number" in answer.words
    assert load_plan(tmp_path / "plan.yaml").plan.organisation.employees == 12


def test_why_shows_the_reasons_of_the_rules(say) -> None:
    answer = say("?", "q", options=("--layer", "values", "--lang", "en"))

    assert "VAL02" in answer.words


def test_an_existing_plan_keeps_its_comments(say, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(
        "# ours\nvalues:\n  # first\n  - id: care\n    title: Care\n", "utf-8"
    )
    say("We care for each machine we sold.", "q", options=("--layer", "values"))
    text = (tmp_path / "plan.yaml").read_text("utf-8")

    assert text.startswith("# ours\nvalues:\n  # first\n  - id: care\n    title: Care\n    text: We care")


def test_a_plan_in_several_files_is_refused_in_one_sentence(say, tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "values.yaml").write_text("values: []\n", "utf-8")
    (tmp_path / ".gouvernail").mkdir()
    answer = say("q")

    assert answer.code == 2
    assert "folder of files" in answer.err


def test_a_plan_outside_of_any_workspace_is_taken_up(say, tmp_path: Path) -> None:
    """A plan.yaml written by hand has no .gouvernail beside it: what was skipped is kept there all the same."""
    (tmp_path / "plan.yaml").write_text("values:\n  - id: care\n    title: Care\n", "utf-8")

    answer = say("", "q", options=("--layer", "values"))

    assert (answer.code, answer.err) == (0, "")
    assert (tmp_path / ".gouvernail" / "audit.json").exists()


def test_it_keeps_encoding_and_permissions_of_the_plan(say, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("values:\r\n  - id: care\r\n    title: Soin\r\n".encode("utf-16"))
    path.chmod(0o600)

    assert say("Réparer d’abord", "q", options=("--layer", "values")).code == 0
    assert path.read_bytes().decode("utf-16").endswith("text: Réparer d’abord\r\n")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_an_editor_saved_meanwhile_is_not_overwritten(
    say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gouvernail.cli.audit_text import Voice

    path = tmp_path / "plan.yaml"
    path.write_text("values:\n  - id: care\n    title: Care\n", "utf-8")
    effect = Voice.effect

    def edited(*given: object) -> None:
        effect(*given)
        path.write_text("values:\n  - id: care\n    title: Changed by hand\n", "utf-8")

    monkeypatch.setattr(Voice, "effect", edited)
    answer = say("We mend first.", "Something else", "q", options=("--layer", "values"))

    assert answer.code == 2
    assert "changed meanwhile" in answer.err
    assert "Changed by hand" in path.read_text("utf-8")


def test_a_number_beyond_counting_is_no_choice(say, tmp_path: Path) -> None:
    answer = say("Acme", "9" * 5000, "1", "q", options=("--layer", "company", "--lang", "en"))

    assert answer.code == 0
    assert "is not in the list" in answer.words
