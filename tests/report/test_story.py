"""The sentences that the page says, read as a manager reads them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Grade, Refusal
from gouvernail.base.text import T
from gouvernail.bearing.alignment import AlignedSpend, MoneySplit
from gouvernail.bearing.model import Bearing, Health, ReturnFigure
from gouvernail.report import chances, phrases, story
from gouvernail.report.context import progress_sentence, readings
from tests.report.sample import antoine, chf, hardly_begun

SNAPSHOT = Path(__file__).parent / "sentences_fr.txt"


def narrative(bearing: Bearing, language: str) -> str:
    """Return everything that the story says of a bearing, one sentence a line."""
    lines = [story.headline(bearing)]
    for figure in story.figures(bearing):
        lines += [figure.name, figure.question, figure.value or phrases.NO_ANSWER, figure.sentence]
        lines += [figure.caveat] if figure.caveat else []
    for status in bearing.objectives:
        lines += [phrases.aim(status, bearing.currency), progress_sentence(status, bearing.currency)]
        lines += [chances.chance_sentence(status, bearing.currency)]
    for reading in readings(bearing):
        lines += [T("{name}: {value}", name=reading.metric.name, value=reading.value)]
        for comparison in (reading.target, reading.last, reading.year, reading.benchmark):
            if comparison:
                parts = [part for part in (comparison.move, comparison.words, comparison.detail) if part]
                lines.append(T("  {parts}", parts=" · ".join(part.render(language) for part in parts)))
        lines += [reading.worth] if reading.worth else []
    for action in bearing.actions:
        lines += phrases.brought(action)
    return "\n".join(T("{line}", line=line).render(language) for line in lines) + "\n"


def test_narrative_in_french() -> None:
    # Review this file as prose. After a wanted change: `python -m tests.report.test_story`.
    told = narrative(antoine("fr"), "fr") + "\n" + narrative(hardly_begun(), "fr")

    assert told == SNAPSHOT.read_text("utf-8")


def test_headline_in_english() -> None:
    assert story.headline(antoine("en")).render("en") == "Of every 100 francs spent, 38 reach no objective."


def test_headline_without_spend_speaks_of_the_plan() -> None:
    bearing = antoine("en")
    spend = replace(bearing.figures.aligned_spend, actual=None)
    planned = replace(bearing, figures=replace(bearing.figures, aligned_spend=spend))

    assert story.headline(planned).render("en") == "Of every 100 francs planned, 25 reach no objective."


def test_aligned_spend_without_any_money_is_a_refusal() -> None:
    figure = story.figures(hardly_begun())[1]

    assert figure.value is None
    assert figure.tone == "unknown"


def test_return_that_is_refused_shows_no_number() -> None:
    refusal = Refusal("no_data", T("No revenue is in the data: import the CRM."))

    figure = story.returns(ReturnFigure(refusal, None, None, Grade.none), "CHF")

    assert figure.value is None
    assert figure.sentence is refusal.reason


@given(st.tuples(*[st.decimals(0, 10**9, places=2)] * 3).filter(any))
def test_per_hundred_sums_to_a_hundred(amounts: tuple[Decimal, Decimal, Decimal]) -> None:
    parts = story.per_hundred(MoneySplit(*(Money(amount, "CHF") for amount in amounts)))

    assert sum(parts) == 100


@pytest.mark.parametrize(
    ("weak", "orphan", "said"),
    [
        ("0", "0", "All the money reaches a business objective through a sound chain."),
        ("0.10", "0.10", "Nearly all the money reaches a business objective through a sound chain."),
        ("1000", "0", "All the money heads for an objective, but 9 francs in 100 through a flawed chain."),
        ("0", "1000", "Of every 100 francs spent, 9 reach no objective."),
        ("0", "100", "Of every 100 francs spent, 1 reaches no objective."),
    ],
)
def test_headline_says_the_worst_that_is_true(weak: str, orphan: str, said: str) -> None:
    bearing = antoine("en")
    spend = AlignedSpend(
        bearing.figures.aligned_spend.planned, MoneySplit(chf(10_000), chf(weak), chf(orphan)), chf(0)
    )

    changed = replace(bearing, figures=replace(bearing.figures, aligned_spend=spend))

    assert story.headline(changed).render("en") == said


def test_chances_are_never_certainties() -> None:
    status = replace(antoine("en").objectives[0], probability=Estimate(1.0, "trend"))

    assert "99 chances in 100" in chances.chance_sentence(status, "CHF").render("en")


def test_health_without_a_known_value_is_never_green() -> None:
    germany = antoine().objectives[1]

    assert germany.health is Health.on_course
    assert chances.shown_health(germany) is Health.unknown


def test_decisions_are_three_things_by_money_times_severity() -> None:
    chosen = story.decisions(antoine().findings)

    assert [located.finding.code for located in chosen] == ["CAS01", "PER01", "AUD01"]


def test_smarter_letter_without_its_fact_is_not_green() -> None:
    bearing = antoine("en")
    community = bearing.objectives[3]

    tones = [(letter.letter, letter.tone) for letter in phrases.smarter(community, bearing)]

    assert tones == [
        ("S", "good"),
        ("M", "unknown"),
        ("A", "good"),
        ("R", "good"),
        ("T", "unknown"),
        ("E", "good"),
        ("R", "good"),
    ]


if __name__ == "__main__":
    SNAPSHOT.write_text(narrative(antoine("fr"), "fr") + "\n" + narrative(hardly_begun(), "fr"), "utf-8")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (-2.49, "Further away than at the start"),
        (-0.001, "0% of the way"),
        (0.75, "75% of the way"),
        (0.999, "99% of the way"),
        (1.0, "Target reached"),
        (4.95, "Beyond the target"),
    ],
)
def test_progress_is_a_share_only_on_the_way(share: float, said: str) -> None:
    assert str(phrases.progress(share)) == said
