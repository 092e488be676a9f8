"""The comments that the audit writes above each section of a plan file: what it is, a weak and a strong example."""

from __future__ import annotations

from collections.abc import Mapping

from gouvernail.base.text import T
from gouvernail.checks.guide.topics import TOPICS


def section_comments(language: str) -> Mapping[str, str]:
    """Return section of the plan file → comment, in the reader's language, one line a sentence."""
    found: dict[str, list[str]] = {}
    for topic in TOPICS:
        lines = found.setdefault(topic.section, [])
        lines.append(f"{topic.title.render(language)}. {topic.intro.render(language)}")
        example = topic.questions[0]
        if example.weak and example.strong:
            both = T("   weak: {weak} · strong: {strong}", weak=example.weak, strong=example.strong)
            lines.append(both.render(language))
    return {section: "\n".join(lines) for section, lines in found.items()}
