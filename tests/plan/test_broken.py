"""One broken file for each kind of fault. Its first line says what is expected:

# line L · path · did you mean S     (the fault's `suggestion`)
# line L · path · says words         (words of the message)
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gouvernail.base.errors import PlanError
from gouvernail.plan.faults import Fault
from gouvernail.plan.load import load_plan

FILES = sorted((Path(__file__).parent / "broken").glob("wrong_*.yaml"))
JARGON = (
    "pydantic",
    "validator",
    "Input should",
    "str_type",
    "mapping node",
    "token",
    "tuple",
    "dict",
    "Decimal",
)


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    return caught.value.faults  # type: ignore[return-value]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_file_is_one_fault_with_place_and_words(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(file, tmp_path / file.name)
    monkeypatch.chdir(tmp_path)
    header = file.read_bytes().split(b"\n")[0].decode()
    line, path, words = header.removeprefix("# line ").split(" · ", 2)

    (fault,) = faults_of(Path(file.name))

    assert (fault.file, fault.line, fault.path) == (file.name, int(line), path.strip())
    kind, _, rest = words.partition(" ")
    if kind == "says":
        assert rest in str(fault.message)
        assert fault.suggestion is None
    else:
        assert fault.suggestion == rest.removeprefix("you mean ")
        assert str(fault.message).endswith(f"Did you mean “{fault.suggestion}”?")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_file_is_told_without_jargon(file: Path) -> None:
    for fault in faults_of(file):
        message = str(fault.message)
        assert [word for word in JARGON if word in message] == []
        assert message[-1] in ".?"
        assert str(fault.expected) in message


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_file_is_told_in_french(file: Path) -> None:
    for fault in faults_of(file):
        assert fault.message.render("fr") != fault.message.render("en")
