"""The reference pages, from the catalogues themselves: nothing is told twice, so nothing rots.

python -m tools.generate_docs            writes docs/reference/
python -m tools.generate_docs --check    exits 1 when a page is stale, missing, or left over
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.reference import catalogues, commands, shapes

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
NOTICE = "<!-- Written by tools/generate_docs.py: change the code it speaks of, then run `make docs`. -->\n\n"


def pages() -> dict[str, str]:
    """Return every page: path under docs/reference → its content."""
    made: dict[str, str] = {}
    for write in (
        catalogues.rules,
        catalogues.metrics,
        catalogues.sources,
        catalogues.channels,
        catalogues.benchmarks,
        catalogues.tables,
        catalogues.settings,
        commands.command_line,
        shapes.plan_schema,
        shapes.bearing_schema,
        shapes.attribution_schema,
        shapes.geo_schema,
        shapes.forecast_schema,
        shapes.experiment_schemas,
    ):
        made.update(write())
    made["index.md"] = _index(made)
    return {path: _framed(path, content) for path, content in sorted(made.items())}


def _framed(path: str, content: str) -> str:
    return content if path.endswith(".json") else NOTICE + content.strip() + "\n"


def _index(made: dict[str, str]) -> str:
    lines = ["# Reference", "", "These pages are written from the code.", ""]
    for path, content in sorted(made.items()):
        if "/" not in path or path.endswith("/index.md"):
            lines.append(f"- [{content.lstrip().splitlines()[0].lstrip('# ')}]({path})")
    return "\n".join(line for line in lines if not line.endswith(".json)"))


def stale(wanted: dict[str, str], folder: Path = REFERENCE) -> list[str]:
    """Return what differs between the pages as they should be and as they stand in `folder`."""
    standing = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    told = [f"{path} is missing." for path in wanted if path not in standing]
    told += [f"{path} tells of what is no more." for path in standing if path not in wanted]
    told += [
        f"{path} is stale."
        for path, content in wanted.items()
        if path in standing and standing[path].read_text(encoding="utf-8") != content
    ]
    return told


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def write(wanted: dict[str, str], folder: Path = REFERENCE) -> int:
    """Write what changed, remove what is left over; return how many files were touched."""
    touched = 0
    for path in list(_files(folder)):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
            touched += 1
    for path, content in wanted.items():
        target = folder / path
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
            touched += 1
    return touched


def main(arguments: list[str]) -> int:
    """Write or check; return the exit status."""
    # Help texts are rendered when the commands are imported; the reference is in English.
    os.environ["GOUVERNAIL_LANG"] = "en"
    wanted = pages()
    if "--check" not in arguments:
        print(f"docs: {len(wanted)} reference pages, {write(wanted)} changed.")
        return 0
    told = stale(wanted)
    _say(told)
    return 1 if told else 0


def _say(told: Iterable[Any]) -> None:
    told = list(told)
    for sentence in told:
        print(f"docs/reference/{sentence}")
    print("docs: reference pages are up to date." if not told else "docs: run `make docs-reference`.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
