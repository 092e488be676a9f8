"""An earlier revision of a plan: a file or folder kept aside, or a revision of the git repository it lives in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from gouvernail.base.errors import PlanError, UsageError
from gouvernail.base.text import T, Text
from gouvernail.plan.faults import Fault
from gouvernail.plan.files import decode
from gouvernail.plan.load import LoadedPlan, load_plan, load_texts

_SUFFIXES = (".yaml", ".yml")


def earlier(plan: Path, since: str) -> LoadedPlan:
    """Return the plan at `plan` as it was at `since`: the path of an earlier plan where there is one, else a
    git revision (`HEAD~1`, `v1`, a commit) of the repository that holds `plan`.

    Raises:
        UsageError: no git, not a repository, no such revision, or no plan in it; one sentence says which.
        PlanError: the earlier plan cannot be read; its faults name it `REVISION:file`.
    """
    if not since.strip():
        # An empty variable of a build would be the folder one stands in, and compare the plan with itself.
        raise UsageError(T("Name a git revision or an earlier plan file: none is given to compare with."))
    if Path(since).exists():
        return _readable(since, lambda: load_plan(Path(since)))
    folder, inside = _repository(plan, since)
    commit = _commit(folder, since)
    texts, faults = _texts(folder, commit, inside, since)
    return _readable(since, lambda: load_texts(texts, faults))


def _readable(since: str, read: Callable[[], LoadedPlan]) -> LoadedPlan:
    try:
        return read()
    except PlanError as error:
        message = T(
            "The earlier plan ({since}) cannot be compared with. {why}", since=since, why=error.message
        )
        raise PlanError(message, error.faults) from None


def _repository(plan: Path, since: str) -> tuple[Path, str]:
    """Return the top folder of the repository that holds the plan, and the plan's path in it."""
    here = plan.resolve()
    done = _git(here if here.is_dir() else here.parent, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise UsageError(
            T(
                "“{since}” is no earlier plan file, and {plan} is not in a git repository whose revisions could "
                "be read. Name a file or folder that holds the plan as it was.",
                since=since,
                plan=str(plan),
            )
        )
    top = Path(os.fsdecode(done.stdout).rstrip("\n"))
    return top, here.relative_to(top.resolve()).as_posix()


def _commit(folder: Path, since: str) -> str:
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if done.returncode:
        raise UsageError(
            T(
                "“{since}” is neither a file nor a revision of this git repository. Name a commit, a tag or a "
                "branch (“git log --oneline” lists them), or an earlier plan file.",
                since=since,
            )
        )
    return done.stdout.decode("ascii").strip()


def _texts(folder: Path, commit: str, inside: str, since: str) -> tuple[list[tuple[str, str]], list[Fault]]:
    texts: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for name in _names(folder, commit, inside):
        shown = f"{since}:{name}"
        # The object itself, without the filters and text conversions of the repository's settings.
        text, found = decode(_git(folder, "cat-file", "blob", f"{commit}:{name}").stdout, shown)
        faults += found
        if text is not None:
            texts.append((shown, text))
    if not texts and not faults:
        raise UsageError(T("There is no plan at {path} in the revision “{since}”.", path=inside, since=since))
    return texts, faults


def _names(folder: Path, commit: str, inside: str) -> list[str]:
    """Return the plan files of a revision: the file itself, or the YAML files of the folder, by name."""
    kind = _git(folder, "cat-file", "-t", f"{commit}:{'' if inside == '.' else inside}")
    if kind.stdout.strip() == b"blob":
        return [inside]
    if kind.stdout.strip() != b"tree":
        return []
    prefix = "" if inside == "." else f"{inside}/"
    listed = _git(folder, "ls-tree", "-z", "--name-only", "--full-tree", commit, "--", prefix or ".")
    names = [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    return sorted(name for name in names if Path(name).suffix.casefold() in _SUFFIXES)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder`, its answer in bytes; literal paths, so that `*` in a name is a star."""
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments passed as a list
            ["git", "--literal-pathspecs", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            env=_environment(),
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise UsageError(_NO_GIT) from None


def _environment() -> dict[str, str]:
    """The environment without what git sets while it runs a hook: the plan's own repository is meant."""
    return {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}


_OF_HOOKS = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"))
_NO_GIT: Text = T(
    "Earlier revisions are read with git, which is not installed here. Install it, or name an earlier plan file."
)
