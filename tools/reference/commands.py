"""The page of the command line, from the commands themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from tools.reference.markdown import code, table


def command_line() -> dict[str, str]:
    """Return the page of every command, its arguments and options."""
    parts = ["# Command line", "`.venv/bin/gouvernail`, after `make setup`."]
    parts += [_command(path, command) for path, command in walk()]
    return {"cli.md": "\n\n".join(parts)}


def walk() -> Iterator[tuple[str, Any]]:
    """Yield every command that is not hidden, as typed, with its Click object; groups before their commands."""
    from typer.main import get_command

    from gouvernail.cli import app

    yield from _walk("gouvernail", get_command(app))


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, child in sorted(getattr(command, "commands", {}).items()):
        if not child.hidden:
            yield from _walk(f"{path} {name}", child)


def _command(path: str, command: Any) -> str:
    parts = [f"## {path} {{ #{path.replace(' ', '-')} }}", plain(inspect.cleandoc(command.help or ""))]
    rows = [row for parameter in command.params if (row := _parameter(parameter))]
    if rows:
        parts.append(table(("Argument or option", "Default", "What it is"), rows))
    return "\n\n".join(part for part in parts if part)


def _parameter(parameter: Any) -> tuple[str, str, str] | None:
    if getattr(parameter, "hidden", False) or parameter.name in (
        "help",
        "install_completion",
        "show_completion",
    ):
        return None
    option = parameter.param_type_name == "option"
    names = (
        [*parameter.opts, *parameter.secondary_opts]
        if option
        else [parameter.make_metavar_name()]
        if hasattr(parameter, "make_metavar_name")
        else [(parameter.name or "").upper()]
    )
    shown = "" if parameter.required or callable(parameter.default) else parameter.default
    default = "required" if parameter.required else code("" if shown in (None, False, (), []) else shown)
    return " ".join(code(name) for name in names), default, plain(getattr(parameter, "help", "") or "")


def plain(words: str) -> str:
    """Return help text without the control marks that Click and Rich read."""
    return re.sub(r"\[/?[a-z ]+\]", "", words.replace("\b", "").replace("\f", ""))
