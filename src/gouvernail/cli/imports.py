"""`gouvernail import`: detect, preview, commit; undo; offer a mapping for an unknown table."""

from __future__ import annotations

import glob
import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.cli.workspace import Workspace
    from gouvernail.sources.protocol import Preview

HELP = words(
    T(
        "Import exports: detect, preview, commit. Examples: gouvernail import exports/* · gouvernail import list · "
        "gouvernail import undo ID"
    )
)
LOOKING_ONLY = b"dry run"
"""Key of the pseudonyms in a dry run: they are thrown away."""


def import_files(
    paths: Annotated[
        list[str],
        typer.Argument(
            help=words(T("Files or folders of exports; or “list”; or “undo” and the id of an import."))
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=words(T("Say what would be imported, and change nothing.")))
    ] = False,
    json: JsonOption = False,
    guess: Annotated[
        bool,
        typer.Option("--guess", help=words(T("Print a mapping file to start from, for an unknown table."))),
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", "-m", help=words(T("Mapping file of the generic importer.")), show_default=False
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Import exports; exit status 1 when a file could not be used."""
    from gouvernail.cli.workspace import find_workspace

    space = find_workspace(workspace)
    language = lang or environment_language()
    word = paths[0]
    if word == "undo" and not Path(word).exists():
        return undo(space, paths[1:], language)
    if word == "list" and not Path(word).exists():
        return list_imports(space, language, json=json)
    files = find_files(paths)
    if not files:
        raise UsageError(
            T(
                "There is no file at {paths}: put your exports there, or name other files.",
                paths=", ".join(paths),
            )
        )
    if guess:
        return print_guess(files, language)
    if dry_run:
        return preview_files(space, files, mapping, language, json=json)
    return commit_files(space, files, mapping, language, json=json)


def find_files(paths: list[str]) -> list[Path]:
    """Return the files named: globs and folders opened, hidden files and mapping files left out.

    A pipe is none: to read it would wait for ever.
    """
    found: dict[Path, None] = {}
    for words_ in paths:
        for path in _opened(words_):
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in inside:
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                other = file.exists() and not file.is_file()
                if not other and not hidden and not file.name.endswith(".mapping.yaml"):
                    found[file] = None
    return list(found)


def _opened(words_: str) -> list[Path]:
    """Open a pattern that the shell left alone (quoted, or on Windows)."""
    if not glob.has_magic(words_) or Path(words_).exists():
        return [Path(words_)]
    return [Path(name) for name in sorted(glob.glob(words_, recursive=True))]  # noqa: PTH207 - absolute patterns too


def preview_files(
    space: Workspace, files: list[Path], mapping: Path | None, language: str, *, json: bool
) -> None:
    """Print what an import would bring; nothing is written, not even a lake."""
    from gouvernail.cli.imports_text import print_previews
    from gouvernail.sources.importing import preview, preview_to_json

    context = space.reading_context(LOOKING_ONLY)
    previews = [preview(file, context, _mapping(space, file, mapping)) for file in files]
    if json:
        typer.echo(
            jsonlib.dumps([preview_to_json(one, language) for one in previews], indent=2, ensure_ascii=False)
        )
    else:
        print_previews(previews, language)
    _exit_by(previews)


def commit_files(
    space: Workspace, files: list[Path], mapping: Path | None, language: str, *, json: bool
) -> None:
    """Import the files; exit status 1 when one could not be used."""
    _exit_by(commit_all(space, files, mapping, language, json=json))


def commit_all(
    space: Workspace, files: list[Path], mapping: Path | None, language: str, *, json: bool
) -> list[Preview]:
    """Import the files one by one, each atomically, with a progress bar; print and return what came of each."""
    from gouvernail.cli.imports_text import print_previews, progress_bar
    from gouvernail.sources.importing import preview_to_json, run

    lake = space.lake()
    context = space.reading_context(lake.secret)
    with progress_bar(files, quiet=json) as step:
        results = [
            run(file, lake, context, _mapping(space, file, mapping), progress=step(file)) for file in files
        ]
    previews = [result.preview for result in results]
    if json:
        rows = [
            preview_to_json(result.preview, language)
            | {"import": result.record.id if result.record else None, "repeated": result.repeated}
            for result in results
        ]
        typer.echo(jsonlib.dumps(rows, indent=2, ensure_ascii=False))
    else:
        print_previews(previews, language, results)
    return previews


def undo(space: Workspace, ids: list[str], language: str) -> None:
    """Undo imports by id."""
    lake = space.existing_lake()
    if lake is None or not ids:
        raise UsageError(T("Say which import to undo: “gouvernail import list” shows their ids."))
    for id in ids:
        lake.undo(id)
        typer.echo(T("Import {id} is undone.", id=id).render(language))


def list_imports(space: Workspace, language: str, *, json: bool) -> None:
    """Print the imports of the workspace, newest last."""
    from gouvernail.cli.imports_text import print_imports, record_to_json

    lake = space.existing_lake()
    records = lake.imports() if lake else ()
    if json:
        typer.echo(
            jsonlib.dumps([record_to_json(record) for record in records], indent=2, ensure_ascii=False)
        )
    else:
        print_imports(records, language)


def print_guess(files: list[Path], language: str) -> None:
    """Print a mapping to start from, for the first file."""
    import yaml

    from gouvernail.sources.files.generic import guess_mapping

    for file in files[:1]:
        guessed = yaml.safe_dump(guess_mapping(file), sort_keys=False, allow_unicode=True)
        comment: Text = T(
            "Mapping guessed from {file}: look at every line before you use it.", file=file.name
        )
        typer.echo(f"# {comment.render(language)}")
        typer.echo(guessed, nl=False)


def _mapping(space: Workspace, file: Path, given: Path | None) -> Any:
    from gouvernail.sources.files.generic import find_mapping

    return find_mapping(file, given, space.folder / "mappings")


def _exit_by(previews: list[Preview]) -> None:
    if any(one.status != "ready" for one in previews):
        raise typer.Exit(1)
