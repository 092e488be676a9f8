"""The words of the chain, and what an organisation calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Plan
from gouvernail.report.labels import KINDS, LEVELS
from gouvernail.web.look.forms import words

NAMES: Mapping[str, Text] = {**KINDS, **LEVELS}
"""Word of the plan's format → what it is usually called."""
EXAMPLES: Mapping[str, Text] = {
    "objective": T("Key result, goal, aim"),
    "action": T("Initiative, measure, project"),
    "envelope": T("Budget, pot"),
    "sprint": T("Iteration, month"),
    "big_idea": T("Red thread, promise"),
    "segment": T("Target group"),
}


class WordsForm(forms.Form):
    """One field a word; empty is the usual one."""

    def __init__(self, plan: Plan, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for word, usual in NAMES.items():
            example = EXAMPLES.get(word)
            self.fields[word] = forms.CharField(
                label=words(usual),
                required=False,
                max_length=40,
                initial=plan.vocabulary.get(word, ""),
                help_text=words(T("For example: {example}", example=example)) if example else "",
            )


@dataclass(frozen=True)
class OtherWord:
    """A renamed word that the chain does not know: kept, shown, not offered."""

    word: str
    said: str


def others(plan: Plan) -> tuple[OtherWord, ...]:
    """Return what the plan renames beside the words on offer."""
    return tuple(OtherWord(word, said) for word, said in plan.vocabulary.items() if word not in NAMES)
