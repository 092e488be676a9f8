"""Skills are told in both languages and recognised however a plan writes them."""

import pytest

from gouvernail.base.channels import channels
from gouvernail.checks.skills import held, named
from gouvernail.plan.model import Plan

CATALOGUE = sorted({skill for channel in channels().values() for skill in channel.skills})


@pytest.mark.parametrize("skill", CATALOGUE)
def test_skill_of_a_channel_has_a_name_in_both_languages(skill: str) -> None:
    assert named(skill).values == {}
    assert named(skill).render("en") != named(skill).render("fr")


@pytest.mark.parametrize("skill", CATALOGUE)
def test_skill_of_a_channel_is_held_by_who_writes_it_so(skill: str) -> None:
    plan = Plan.model_validate({"people": [{"id": "eva", "skills": [skill]}]})

    assert held(plan) == {skill}


@pytest.mark.parametrize(
    ("written", "skill"),
    [("Google Ads", "sea"), ("Référencement naturel", "seo"), ("E-Mailing", "crm"), ("VIDÉO", "video")],
)
def test_skill_is_recognised_by_another_name(written: str, skill: str) -> None:
    plan = Plan.model_validate({"people": [{"id": "eva", "skills": [written]}]})

    assert held(plan) == {skill}


def test_ones_own_skill_stays_as_it_is_written() -> None:
    plan = Plan.model_validate({"people": [{"id": "eva", "skills": ["Looker Studio"]}]})

    assert held(plan) == {"Looker Studio"}
    assert named("looker_studio").render("fr") == "looker studio"


def test_role_brings_its_skills_only_with_a_holder() -> None:
    plan = Plan.model_validate(
        {"roles": [{"id": "r", "skills": ["seo"]}, {"id": "s", "skills": ["sea"], "holder": "eva"}]}
    )

    assert held(plan) == {"sea"}
