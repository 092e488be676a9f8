"""Files written whole or not at all, and the system's refusals as sentences."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.base.files import reason, write_whole, writing


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("old")
    path.chmod(0o600)

    write_whole(path, b"new")

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_as_readable_as_any(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    write_whole(tmp_path / "report.html", b"new")

    assert (tmp_path / "report.html").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_a_link_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")

    write_whole(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    """`report -o /dev/null`, by an administrator, took the device away."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_whole(pipe, b"new")

    assert os.read(reader, 10) == b"new"
    assert pipe.is_fifo()
    os.close(reader)


def test_refusals_are_told_in_the_readers_language(tmp_path: Path) -> None:
    path = tmp_path / "no" / "such.html"
    with pytest.raises(UsageError) as told, writing(path):
        write_whole(path, b"")

    assert told.value.message.render("en") == f"{path} cannot be written: No such file or directory."
    assert told.value.message.render("fr") == (
        f"Impossible d’écrire {path}\u00a0: ce fichier ou ce dossier n’existe pas."
    )


def test_a_refusal_without_words_of_ours_keeps_the_systems() -> None:
    assert reason(OSError(errno.EXDEV, "Cross-device link")).render("fr") == "Cross-device link"
    assert reason(OSError("odd")).render("fr") == "odd"
