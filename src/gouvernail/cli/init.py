"""`gouvernail init`: a workspace folder to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gouvernail.base.files import writing
from gouvernail.base.text import T, Text
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import LanguageOption

HELP = words(
    T("Make a workspace: a commented plan, a folder for exports. Example: gouvernail init my-company")
)

LAKE = ".gouvernail/lake/"


def init(
    folder: Annotated[Path, typer.Argument(help=words(T("The folder to make.")))],
    lang: LanguageOption = None,
) -> None:
    """Make a workspace; an existing plan is never overwritten."""
    from gouvernail.base.errors import UsageError

    language = str(lang or environment_language())
    if (folder / "plan.yaml").exists():
        raise UsageError(T("{path} already holds a plan; nothing was changed.", path=str(folder)))
    write_workspace(folder, language)
    typer.echo(
        T(
            "The workspace is ready in {path}. Write your plan in plan.yaml, put your exports in exports/, then: "
            "gouvernail plan check",
            path=str(folder),
        ).render(language)
    )


def write_workspace(folder: Path, language: str) -> None:
    """Write plan.yaml, its schema, exports/ and README.md.

    Raises:
        UsageError: the folder cannot be written.
    """
    import json

    from gouvernail.cli.workspace import today
    from gouvernail.plan.schema import json_schema
    from gouvernail.plan.template import template

    with writing(folder):
        (folder / "exports").mkdir(parents=True, exist_ok=True)
        (folder / ".gouvernail").mkdir(exist_ok=True)
        schema = json.dumps(json_schema(), indent=2, ensure_ascii=False)
        (folder / ".gouvernail" / "plan.schema.json").write_text(schema, "utf-8")
        _leave_out(folder / ".gitignore")
        readme = folder / "README.md"
        if not readme.exists():
            readme.write_text(_readme(folder.resolve().name).render(language) + "\n", "utf-8")
        # Last: its presence is what makes the folder a workspace.
        (folder / "plan.yaml").write_text(template(folder.resolve().name, language, today()), "utf-8")


def _leave_out(ignore: Path) -> None:
    """Have git leave out the lake; what the folder's own .gitignore says stays."""
    text = ignore.read_text("utf-8", errors="surrogateescape") if ignore.exists() else ""
    if LAKE not in text.splitlines():
        gap = "\n" if text and not text.endswith("\n") else ""
        ignore.write_text(f"{text}{gap}{LAKE}\n", "utf-8", errors="surrogateescape")


def _readme(name: str) -> Text:
    return T(
        "# {name}\n\n"
        "- `plan.yaml`: the chain from values to actions. Check it with `gouvernail plan check`.\n"
        "- `exports/`: the files your tools export. Import them with `gouvernail import exports/*`.\n"
        "- `mappings/` (optional): mapping files for tables that no vendor format covers.\n\n"
        "Then `gouvernail bearing` shows the four figures and `gouvernail report -o report.html` writes the page "
        "to read together.",
        name=name,
    )
