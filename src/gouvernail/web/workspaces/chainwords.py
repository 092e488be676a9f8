"""The words of the chain, one and several of each, and what an organisation calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from gouvernail.base.speech import USUAL, speaking
from gouvernail.base.text import T, Text
from gouvernail.plan.model import SECTIONS, Layer, Plan
from gouvernail.report.labels import KINDS, LAYERS, LEVELS
from gouvernail.report.vocabulary import ALONE, PLURALS
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language

NAMES: Mapping[str, Text] = {
    **{kind: KINDS[kind] for kind in PLURALS},
    **{section: several for kind, (section, several) in PLURALS.items() if several != KINDS[kind]},
    **ALONE,
}
"""Word of the plan's format → what it is usually called."""
EXAMPLES: Mapping[str, Text] = {
    "objective": T("Key result, goal, aim"),
    "action": T("Initiative, measure, project"),
    "envelope": T("Budget, pot"),
    "sprint": T("Iteration, month"),
    "big_idea": T("Red thread, promise"),
    "segment": T("Target group"),
}
_LAYER_OF = {model.kind: model.layer for model in SECTIONS.values()}


class WordsForm(forms.Form):
    """One field a word; empty is the usual one, which stands in it in grey."""

    def __init__(self, plan: Plan, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for word, usual in NAMES.items():
            said = _usual(usual)
            label = _label(word, said)
            self.fields[word] = forms.CharField(
                label=words(label),
                required=False,
                max_length=40,
                initial=plan.vocabulary.get(word, ""),
                widget=forms.TextInput(attrs={"placeholder": said, "aria-label": words(label)}),
            )

    def layers(self) -> Iterator[WordLayer]:
        """Yield the words of each layer of the chain."""
        for layer in Layer:
            kinds = [kind for kind in PLURALS if _LAYER_OF.get(kind) is layer]
            alone = [layer.value] if layer.value in ALONE else []
            levels = list(LEVELS) if layer is Layer.objectives else []
            rows = tuple(self._row(word) for word in (*alone, *kinds, *levels))
            yield WordLayer(_usual(LAYERS[layer]), rows)

    def _row(self, word: str) -> WordRow:
        section = PLURALS[word][0] if word in PLURALS else ""
        return WordRow(
            usual=_usual(NAMES[word]),
            one=self[word],
            several=self[section] if section in self.fields else None,
            example=EXAMPLES.get(word),
        )


@dataclass(frozen=True)
class WordRow:
    """One word: its field, that of its plural where it has one of its own, and examples."""

    usual: str
    one: BoundField
    several: BoundField | None
    example: Text | None

    @property
    def fields(self) -> tuple[BoundField, ...]:
        """The fields in their order."""
        return (self.one, self.several) if self.several else (self.one,)


@dataclass(frozen=True)
class WordLayer:
    """The words of a layer of the chain."""

    title: str
    rows: tuple[WordRow, ...]


@dataclass(frozen=True)
class OtherWord:
    """A renamed word that the chain does not know: kept, shown, not offered."""

    word: str
    said: str


def others(plan: Plan) -> tuple[OtherWord, ...]:
    """Return what the plan renames beside the words on offer."""
    return tuple(OtherWord(word, said) for word, said in plan.vocabulary.items() if word not in NAMES)


def _label(word: str, said: str) -> Text:
    if word in KINDS:
        return T("{word}: your word for one", word=said)
    return (
        T("{word}: your word", word=said) if word in ALONE else T("{word}: your word for several", word=said)
    )


def _usual(text: Text) -> str:
    """The usual word, on a page that is itself written in the organisation's own."""
    with speaking(USUAL):
        return text.render(language())
