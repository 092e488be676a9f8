"""Other packages, each in an environment of its own outside the project's lock, run on the same data in the same run."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE = 900
"""Seconds that installing or running a peer may take."""
FOLDER = Path(tempfile.gettempdir()) / "gouvernail-peers"


class PeerError(Exception):
    """A peer could not be installed or did not run; the text says why, in one line."""


def environment(packages: Sequence[str]) -> Path:
    """Return the Python of an environment that holds these packages; made at the first call, kept afterwards.

    Raises:
        PeerError: the registry cannot give them.
    """
    told = hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()[:12]
    place = FOLDER / told
    python = place / "bin" / "python"
    if (place / "ready").exists():
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", *packages],
    ):
        _run(command)
    (place / "ready").touch()
    return python


def ask(packages: Sequence[str], script: str, *arguments: str) -> dict[str, Any]:
    """Run a script among these packages and return what it prints last: one line of JSON.

    Raises:
        PeerError: it could not be installed, or failed.
    """
    lines = _run([str(environment(packages)), "-c", script, *arguments]).strip().splitlines()
    try:
        told: dict[str, Any] = json.loads(lines[-1])
    except (IndexError, json.JSONDecodeError) as error:
        raise PeerError("it printed no answer") from error
    return told


def _run(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
    except subprocess.TimeoutExpired as error:
        raise PeerError(f"not done after {PATIENCE} s") from error
    except subprocess.CalledProcessError as error:
        raise PeerError((error.stderr.strip().splitlines() or ["it failed"])[-1][:200]) from error
