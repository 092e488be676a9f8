"""The labelled sentences, `labelled/<CODE>.<language>.yaml`, and how often the text rules agree with them.

`fault` holds what the rule should find, `sound` what it should leave alone; they were written before the rules, as one
meets them in plans. Those under `held_out` were written once the word lists stood, and no list was changed for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gouvernail.checks.catalogue import RULES
from gouvernail.checks.runner import check
from gouvernail.plan.model import Plan

FOLDER = Path(__file__).parent / "labelled"


@dataclass(frozen=True)
class Sentence:
    rule: str
    language: str
    fault: bool
    held_out: bool
    plan: Plan
    told: str


@dataclass(frozen=True)
class Agreement:
    """How many sentences there are, how many are faults, how many findings, and how many of these are right."""

    sentences: int
    faults: int
    findings: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.findings if self.findings else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.faults


@cache
def sentences() -> tuple[Sentence, ...]:
    return tuple(one for path in sorted(FOLDER.glob("*.yaml")) for one in _of(path))


def _of(path: Path) -> Iterator[Sentence]:
    data = yaml.safe_load(path.read_text("utf-8"))
    rule, language = data["rule"], data["language"]
    assert path.name == f"{rule}.{language}.yaml"
    for part, held_out in ((data, False), (data["held_out"], True)):
        for label in ("fault", "sound"):
            for given in part[label]:
                plan = Plan.model_validate(
                    _PLANS[rule](given if isinstance(given, dict) else {"text": given})
                )
                yield Sentence(rule, language, label == "fault", held_out, plan, str(given))


def _worded(said: str) -> dict[str, str]:
    title, _, text = said.rpartition(" | ")
    return {"id": "it", "title": title, "text": text} if title else {"id": "it", "text": text}


def _offers(given: dict[str, Any]) -> list[dict[str, str]]:
    return [{"id": f"offer-{at}", "title": title} for at, title in enumerate(given.get("offers", ()))]


def _value(given: dict[str, Any]) -> dict[str, Any]:
    return {"values": [_worded(given.get("value") or given["text"])], "offers": _offers(given)}


def _vision(given: dict[str, Any]) -> dict[str, Any]:
    return {"visions": [_worded(given["text"])]}


def _positioning(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "positionings": [{"id": "it", "text": given["ours"]}],
        "competitors": [{"id": "rival", "title": "Rival", "positioning": given["theirs"]}],
        "offers": _offers(given),
    }


def _message(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "value_propositions": [{"id": "promise", "title": given["proposition"]}],
        "actions": [{"id": "it", "message": given["message"], "value_proposition": "promise"}],
        "offers": _offers(given),
    }


def _charter(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "charters": [{"id": "charter", "forbidden_words": given["words"]}],
        "actions": [{"id": "it", "message": given["message"]}],
    }


_PLANS = {
    "VAL02": _value,
    "VAL03": _value,
    "VIS03": _vision,
    "STR05": _positioning,
    "ACT07": _message,
    "ACT10": _charter,
}


def found(sentence: Sentence) -> bool:
    """Whether the rule finds a fault in the sentence."""
    only = {sentence.rule: RULES[sentence.rule]}
    return any(
        finding.element == "it"
        for finding in check(sentence.plan, today=date(2026, 9, 15), rules=only).findings
    )


def agreement(chosen: Iterable[Sentence]) -> Agreement:
    of = [(sentence.fault, found(sentence)) for sentence in chosen]
    return Agreement(
        len(of),
        sum(fault for fault, _ in of),
        sum(hit for _, hit in of),
        sum(fault and hit for fault, hit in of),
    )


CODES = tuple(_PLANS)
LANGUAGES = ("en", "fr")
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "text-rules.md"


def measured(code: str, language: str, *, held_out: bool | None = None) -> Agreement:
    """The agreement of one rule in one language, on all sentences or on one part of them."""
    return agreement(
        one
        for one in sentences()
        if (one.rule, one.language) == (code, language) and held_out in (None, one.held_out)
    )


def confidence(code: str) -> float:
    """How sure a text rule may call itself: its precision on held-out sentences, by the rule of succession, so that
    a handful of right findings is not taken for certainty."""
    parts = [measured(code, language, held_out=True) for language in LANGUAGES]
    right, findings = sum(part.right for part in parts), sum(part.findings for part in parts)
    return round((right + 1) / (findings + 2), 2)


def stated(code: str, language: str) -> str:
    """What the rule’s page says of its precision and recall, on the sentences held out."""
    en, fr = (measured(code, one, held_out=True) for one in LANGUAGES)
    figures = [round(100 * value) for value in (en.precision, fr.precision, en.recall, fr.recall)]
    if language == "en":
        return "precision {} % in English and {} % in French, recall {} % and {} %".format(*figures)
    return (
        "précision de {}\u00a0% en anglais et {}\u00a0% en français, rappel de {}\u00a0% et {}\u00a0%".format(
            *figures
        )
    )


def table() -> str:
    """The table of the page on text rules."""
    lines = [
        "| rule | language | sentences | faults | findings | right | precision | recall | held out: sentences | precision | recall |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for code in CODES:
        for language in LANGUAGES:
            whole, held = measured(code, language), measured(code, language, held_out=True)
            cells = [code, language, whole.sentences, whole.faults, whole.findings, whole.right]
            cells += [f"{whole.precision:.0%}", f"{whole.recall:.0%}"]
            cells += [held.sentences, f"{held.precision:.0%}", f"{held.recall:.0%}"]
            lines.append("| " + " | ".join(str(cell).replace("%", " %") for cell in cells) + " |")
    for language in LANGUAGES:
        whole = agreement(one for one in sentences() if one.language == language)
        held = agreement(one for one in sentences() if one.language == language and one.held_out)
        cells = ["**all**", language, whole.sentences, whole.faults, whole.findings, whole.right]
        cells += [f"{whole.precision:.0%}", f"{whole.recall:.0%}"]
        cells += [held.sentences, f"{held.precision:.0%}", f"{held.recall:.0%}"]
        lines.append("| " + " | ".join(str(cell).replace("%", " %") for cell in cells) + " |")
    return "\n".join(lines)
