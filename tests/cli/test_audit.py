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
