"""The interview: what is asked next, what an answer writes, what it solves."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.checks.guide.answers import read
from gouvernail.checks.guide.interview import Interview, Step
from gouvernail.checks.guide.question import Form, Question
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Organisation, Plan

TODAY = date(2026, 9, 15)
ANSWERS = {
    Form.line: "Martin, 52",
    Form.words: "one, two",
    Form.number: "12",
    Form.share: "10 %",
    Form.day: "30.6.2026",
    Form.ages: "45-60",
    Form.choice: "1",
    Form.metric: "leads",
    Form.metrics: "leads, revenue",
    Form.channel: "search_paid",
    Form.channels: "1, 2",
    Form.element: "1",
    Form.elements: "1",
}


def _interview(**fields: object) -> Interview:
    return Interview(Plan.model_validate(fields), TODAY)


def _step(interview: Interview, topic: str, field: str) -> Step:
    return next(step for step in interview.steps if (step.topic.id, step.question.field) == (topic, field))


def test_answer_makes_an_element_linked_upward_and_solves_what_was_missing() -> None:
    interview = _interview(visions=[{"id": "dawn", "title": "Dawn"}])
    answered = interview.answer(_step(interview, "missions", "title"), "Parts overnight", "en")

    (mission,) = answered.interview.plan.missions
    assert (mission.id, mission.title, mission.serves[0].id) == ("parts-overnight", "Parts overnight", "dawn")
    assert [finding.code for finding in answered.solved] == ["MIS01"]
    assert answered.after > answered.before


def test_answer_shows_at_once_what_the_rules_think_of_it() -> None:
    interview = _interview()
    answered = interview.answer(_step(interview, "values", "title"), "Quality", "en")

    assert [finding.code for finding in answered.solved] == ["VAL01"]
    assert "VAL02" in [finding.code for finding in answered.opened]


def test_same_title_twice_gets_two_ids() -> None:
    interview = _interview(needs=[{"id": "speed", "title": "Speed"}])
    answered = interview.answer(_step(interview, "needs", "title"), "Speed", "en")

    assert [need.id for need in answered.interview.plan.needs] == ["speed", "speed-2"]


def test_what_is_said_or_skipped_is_not_asked_again() -> None:
    interview = _interview(values=[{"id": "care", "title": "Care"}])
    step = _step(interview, "values", "text")
    said = interview.answer(step, "We care for each.", "en").interview

    assert step not in said.steps
    assert step not in interview.skip(step).steps
    assert step in interview.skip(step).unskip().steps


def test_choosing_what_the_model_takes_for_granted_is_an_answer() -> None:
    interview = _interview(teams=[{"id": "hr", "title": "HR"}])
    step = _step(interview, "teams", "function")

    assert step not in interview.answer(step, "other", "en").interview.steps


def test_an_element_is_never_offered_to_itself() -> None:
    interview = _interview(
        objectives=[
            {"id": "grow", "title": "Grow", "level": "business"},
            {"id": "enquiries", "title": "Enquiries", "level": "marketing"},
        ]
    )
    step = _step(interview, "marketing_objectives", "serves")

    assert interview.answer(step, "1", "en").interview.plan.objectives[1].serves[0].id == "grow"
    with pytest.raises(UsageError):
        interview.answer(step, "Enquiries", "en")


def test_answering_everything_ends_and_reads_back() -> None:
    interview = Interview(Plan(organisation=Organisation(language="en")), TODAY)
    asked = 0
    while step := interview.step:
        asked += 1
        assert asked < 300
        if step.element is None and step.topic.elements(interview.plan):
            interview = interview.skip(step)
            continue
        interview = interview.answer(step, ANSWERS[step.question.form], "en").interview

    assert load_text(dump_plan(interview.plan)).plan == interview.plan
    missing = {finding.code for finding in interview.findings if finding.missing_in}
    assert (
        missing & {"VAL01", "VIS01", "MIS01", "MIS03", "STR01", "STR06", "OBJ09", "OBJ16", "ACT12"} == set()
    )


@settings(max_examples=40)
@given(
    st.lists(
        st.text(max_size=20) | st.sampled_from([*ANSWERS.values(), "-1", "1e999", "nan", "2", "é"]),
        max_size=12,
    )
)
def test_no_answer_breaks_the_interview(answers: list[str]) -> None:
    interview = Interview(Plan(organisation=Organisation(language="en")), TODAY)
    for words in answers:
        step = interview.step
        if step is None:
            break
        try:
            interview = interview.answer(step, words, "en").interview
        except UsageError:
            interview = interview.skip(step)

    assert load_text(dump_plan(interview.plan)).plan == interview.plan


@pytest.mark.parametrize(
    ("form", "words", "value"),
    [
        (Form.number, "1'200'000", "1200000"),
        (Form.number, "1 200 000", "1200000"),
        (Form.number, "1.200.000", "1200000"),
        (Form.number, "12,5", "12.5"),
        (Form.number, "2.4 %", "0.024"),
        (Form.share, "30", "0.3"),
        (Form.share, "0.3", "0.3"),
        (Form.day, "30.6.2026", "2026-06-30"),
        (Form.day, "2026-06-30", "2026-06-30"),
        (Form.day, "06/30/2026", "2026-06-30"),
        (Form.day, "30 juin 2026", "2026-06-30"),
    ],
)
def test_numbers_and_days_are_read_as_people_write_them(form: Form, words: str, value: str) -> None:
    assert str(read(Question("x", form, T("X?")), words, Plan(), "en")) == value


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form.number, "1.500"),
        (Form.day, "03/04/2026"),
        (Form.number, "many"),
        (Form.number, "inf"),
        (Form.share, "140 %"),
        (Form.day, "31.2.2026"),
        (Form.day, "soon"),
        (Form.ages, "60-45"),
        (Form.ages, "old"),
    ],
)
def test_what_cannot_be_read_is_said_never_guessed(form: Form, words: str) -> None:
    with pytest.raises(UsageError):
        read(Question("x", form, T("X?")), words, Plan(), "en")
