"""`gouvernail init`: a workspace folder to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gouvernail.base.text import T, Text
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import LanguageOption

HELP = words(
    T("Make a workspace: a commented plan, a folder for exports. Example: gouvernail init my-company")
)


def init(
    folder: Annotated[Path, typer.Argument(help=words(T("The folder to make.")))],
    lang: LanguageOption = None,
) -> None:
    """Make a workspace; an existing plan is never overwritten."""
    from gouvernail.base.errors import UsageError

    language = str(lang or environment_language())
    if (folder / "plan.yaml").exists():
        raise UsageError(T("{path} already holds a plan; nothing was changed.", path=str(folder)))
    try:
        write_workspace(folder, language)
    except OSError as error:
        raise UsageError(
            T("{path} cannot be written: {reason}.", path=str(folder), reason=error.strerror or str(error))
        ) from None
    typer.echo(
        T(
            "The workspace is ready in {path}. Write your plan in plan.yaml, put your exports in exports/, then: "
            "gouvernail plan check",
            path=str(folder),
        ).render(language)
    )


def write_workspace(folder: Path, language: str) -> None:
    """Write plan.yaml, its schema, exports/ and README.md."""
    import json

    from gouvernail.cli.workspace import today
    from gouvernail.plan.schema import json_schema
    from gouvernail.plan.template import template

    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / ".gouvernail").mkdir(exist_ok=True)
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False)
    (folder / ".gouvernail" / "plan.schema.json").write_text(schema, "utf-8")
    (folder / ".gitignore").write_text(".gouvernail/lake/\n", "utf-8")
    readme = folder / "README.md"
    if not readme.exists():
        readme.write_text(_readme(folder.resolve().name).render(language) + "\n", "utf-8")
    # Last: its presence is what makes the folder a workspace.
    (folder / "plan.yaml").write_text(template(folder.resolve().name, language, today()), "utf-8")


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
