"""The files of a guided audit: the plan, written after every answer, and what was skipped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from gouvernail.base.errors import UsageError
from gouvernail.base.files import writing
from gouvernail.base.text import T
from gouvernail.cli.files import write_whole
from gouvernail.plan.files import read_text, replace_text

if TYPE_CHECKING:
    from gouvernail.checks.guide.interview import Interview
    from gouvernail.cli.workspace import Workspace

HEADER = T(
    "The plan, from values to actions, written with “gouvernail audit”. Change it freely: it is yours."
)
SCHEMA = "# yaml-language-server: $schema=./.gouvernail/plan.schema.json"


class AuditFile:
    """Where an audit of one workspace is kept.

    Raises:
        UsageError: the plan is a folder of files: the audit would not know into which to write.
        PlanError: the plan that is there cannot be read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.path = workspace.plan_path
        if self.path.is_dir():
            raise UsageError(
                T(
                    "The plan in {path} is a folder of files; the audit writes a plan.yaml. Edit the files, then run "
                    "“gouvernail plan check”.",
                    path=str(self.path),
                )
            )
        self._folder = workspace.folder
        self._skipped = workspace.folder / ".gouvernail" / "audit.json"
        self._text = ""
        self._comments: Mapping[str, str] = {}
        self.resumed = self.path.exists()
        self.language: str | None = None
        if self.resumed:
            self.language = workspace.load().plan.organisation.language
            self._text = read_text(self.path, str(self.path))[0] or ""

    def interview(self, language: str, today: date, only: tuple[str, ...]) -> Interview:
        """Return the interview where it was left, or a new one."""
        from gouvernail.checks.guide.comments import section_comments
        from gouvernail.checks.guide.interview import Interview
        from gouvernail.plan.load import load_text
        from gouvernail.plan.model import Organisation, Plan

        self._comments = section_comments(language)
        if not self.resumed:
            self._text = f"{SCHEMA}\n#\n# {HEADER.render(language)}\n\nversion: 1\n"
            plan = Plan(organisation=Organisation(language=language))
        else:
            plan = load_text(self._text).plan
        return Interview(plan, today, self._passed_over(), only)

    def save(self, interview: Interview) -> Interview:
        """Write the plan and what was skipped, each whole or not at all; return the interview."""
        from gouvernail.plan.dump import rewrite

        self._found()
        text = rewrite(self._text, interview.plan, self._comments)
        if not self.path.exists():
            write_whole(self.path, text)
        elif text != self._text:
            replace_text(self.path, self._text, text)
        self._text = text
        write_whole(self._skipped, json.dumps(sorted(interview.skipped), indent=1) + "\n")
        return interview

    def _passed_over(self) -> frozenset[str]:
        try:
            kept = json.loads(self._skipped.read_text("utf-8"))
        except (OSError, ValueError):
            # Without the list every open question is asked again: nothing is lost.
            return frozenset()
        return (
            frozenset(key for key in kept if isinstance(key, str)) if isinstance(kept, list) else frozenset()
        )

    def _found(self) -> None:
        """Make the folders of a workspace where they lack, with the schema that editors complete the plan from."""
        from gouvernail.plan.schema import FILE_NAME, json_schema

        schema = self._folder / FILE_NAME
        if not schema.exists():
            with writing(schema):
                schema.parent.mkdir(parents=True, exist_ok=True)
                schema.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False), "utf-8")
