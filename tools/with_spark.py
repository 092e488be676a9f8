"""Run a command with PySpark: `python -m tools.with_spark -m pytest -m spark`, the arguments being those of Python.

PySpark is no dependency: it weighs 450 MB, and Ibis asks for an older one than the lock would take. It gets an environment
of its own, `.venv-spark`, that sees everything of this one besides. Without Java, or where PySpark cannot be had, nothing is
run and that is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".venv-spark"
WANTED = "pyspark>=4.0.1,<4.1"
PATIENCE = 1_800
"""Seconds that fetching and building 450 MB may take."""


def java() -> bool:
    """Return whether there is a Java to run Spark in."""
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def environment() -> Path:
    """Return the Python of the environment; made at the first call, kept afterwards.

    Raises:
        subprocess.SubprocessError: PySpark cannot be had.
    """
    python, ready = FOLDER / "bin" / "python", FOLDER / "ready"
    if ready.exists() and ready.read_text(encoding="utf-8") == WANTED:
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(FOLDER)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WANTED],
    ):
        subprocess.run(command, check=True, timeout=PATIENCE)
    own = next(FOLDER.glob("lib/python*/site-packages"))
    seen = (sysconfig.get_paths()["purelib"], str(ROOT / "src"), str(ROOT))
    (own / "gouvernail-beside.pth").write_text("\n".join(seen) + "\n", encoding="utf-8")
    ready.write_text(WANTED, encoding="utf-8")
    return python


def main(arguments: list[str]) -> int:
    """Run Python with these arguments where PySpark is; return its exit status."""
    if not java():
        print("with_spark: no Java here (apt-get install openjdk-17-jre-headless); nothing was run.")
        return 0
    try:
        python = environment()
    except subprocess.SubprocessError as error:
        print(f"with_spark: PySpark cannot be had ({error}); nothing was run.")
        return 0
    return subprocess.run([str(python), *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
