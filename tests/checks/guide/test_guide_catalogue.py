"""The questions fit the model, the rules and one another."""

import pytest

from gouvernail.checks.catalogue import RULES
from gouvernail.checks.guide.comments import section_comments
from gouvernail.checks.guide.question import Form, Question, Topic
from gouvernail.checks.guide.topics import TOPICS
from gouvernail.plan.model import SECTIONS, Layer, Organisation, Plan, Record

QUESTIONS = [(topic, question) for topic in TOPICS for question in topic.questions]
IDS = [f"{topic.id}-{question.field}" for topic, question in QUESTIONS]


def _model(topic: Topic) -> type[Record]:
    return Organisation if topic.section == "organisation" else SECTIONS[topic.section]


@pytest.mark.parametrize(("topic", "question"), QUESTIONS, ids=IDS)
def test_question_is_about_a_field_of_the_model(topic: Topic, question: Question) -> None:
    model: type[Record] = _model(topic)
    *above, last = question.field.split(".")
    for name in above:
        annotation = model.model_fields[name].annotation
        assert isinstance(annotation, type)
        model = annotation

    assert last in model.model_fields


@pytest.mark.parametrize(("topic", "question"), QUESTIONS, ids=IDS)
def test_question_names_rules_and_sections_that_exist(topic: Topic, question: Question) -> None:
    assert [code for code in question.solves if code not in RULES] == []
    assert [section for section in (*question.names, *topic.serves) if section not in SECTIONS] == []
    assert bool(question.names) is (question.form in (Form.element, Form.elements))
    assert bool(question.choices) is (question.form is Form.choice)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_first_question_of_a_topic_makes_the_element(topic: Topic) -> None:
    # The id of a new element comes from its title.
    assert topic.section == "organisation" or topic.questions[0].field == "title"


def test_every_layer_is_asked_about_in_the_order_of_the_chain() -> None:
    asked = [topic.layer for topic in TOPICS if topic.layer]

    assert list(dict.fromkeys(asked)) == list(Layer)
    assert len({topic.id for topic in TOPICS}) == len(TOPICS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_section_written_has_a_comment(language: str) -> None:
    comments = section_comments(language)

    assert set(comments) == {topic.section for topic in TOPICS}
    assert set(comments) <= set(Plan.model_fields)
