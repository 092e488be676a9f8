"""Earlier revisions of a plan, from a real git repository and from files kept aside."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gouvernail.base.errors import PlanError, UsageError
from gouvernail.plan.revisions import earlier


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Zoé", "-c", "user.email=zoe@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def value(name: str) -> str:
    return f"values:\n  - {{id: {name}, title: {name}}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two revisions of a plan in a sub-folder, and of a plan in a folder of files."""
    git(tmp_path, "init", "-q", "-b", "main")
    company = tmp_path / "la société"
    (company / "plan").mkdir(parents=True)
    for name in ("first", "second"):
        (company / "plan.yaml").write_text(value(name), "utf-8")
        (company / "plan" / "one.yaml").write_text(value(name), "utf-8")
        (company / "plan" / "two.yml").write_text(f"missions:\n  - {{id: to-{name}}}\n", "utf-8")
        (company / "plan" / "notes.txt").write_text("not a plan", "utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", name)
        git(tmp_path, "tag", f"v-{name}")
    return company


@pytest.mark.parametrize("revision", ["HEAD~1", "v-first", "main~1", "main^"])
def test_plan_is_read_as_it_was_at_a_revision(repository: Path, revision: str) -> None:
    loaded = earlier(repository / "plan.yaml", revision)

    assert [one.id for one in loaded.plan.values] == ["first"]
    place = loaded.locations.of("first")
    assert str(place) == f"{revision}:la société/plan.yaml:2"


def test_folder_of_files_is_read_as_it_was(repository: Path) -> None:
    plan = earlier(repository / "plan", "v-first").plan

    assert [one.id for one in plan.elements()] == ["first", "to-first"]


def test_plan_at_the_top_of_the_repository(repository: Path) -> None:
    top = repository.parent
    (top / "a.yaml").write_text(value("top"), "utf-8")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "top")

    assert [one.id for one in earlier(top, "HEAD").plan.values] == ["top"]


def test_earlier_plan_may_be_a_file_without_any_git(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(value("old"), "utf-8")

    assert [one.id for one in earlier(tmp_path / "plan.yaml", str(tmp_path / "old.yaml")).plan.values] == [
        "old"
    ]


@pytest.mark.parametrize("revision", ["nothing", "HEAD~99", "--all", "v-first..v-second", ""])
def test_unknown_revision_is_one_sentence(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="neither a file nor a revision"):
        earlier(repository / "plan.yaml", revision or "@{x}")


def test_plan_outside_a_repository_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "plan.yaml").write_text(value("a"), "utf-8")

    with pytest.raises(UsageError, match="is not in a git repository"):
        earlier(tmp_path / "plan.yaml", "HEAD")


def test_revision_without_the_plan_is_one_sentence(repository: Path) -> None:
    (repository / "new.yaml").write_text(value("new"), "utf-8")

    with pytest.raises(UsageError, match=r"There is no plan at la société/new\.yaml in the revision “HEAD”"):
        earlier(repository / "new.yaml", "HEAD")


def test_earlier_plan_that_cannot_be_read_is_told_with_its_faults(repository: Path) -> None:
    (repository / "plan.yaml").write_text("values: [\n", "utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    (repository / "plan.yaml").write_text(value("good"), "utf-8")

    with pytest.raises(PlanError, match=r"The earlier plan \(HEAD\) cannot be compared with\.") as caught:
        earlier(repository / "plan.yaml", "HEAD")
    assert [fault.file for fault in caught.value.faults] == ["HEAD:la société/plan.yaml"]  # type: ignore[attr-defined]


def test_without_git_one_sentence_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UsageError, match="read with git, which is not installed"):
        earlier(repository / "plan.yaml", "HEAD")


def test_hooks_of_another_repository_do_not_mislead(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "no-such.git"))

    assert [one.id for one in earlier(repository / "plan.yaml", "v-first").plan.values] == ["first"]
