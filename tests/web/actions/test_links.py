"""The link builder: tracked addresses that keep what they had, and QR codes."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.channels import channels, classify
from gouvernail.base.errors import UsageError
from gouvernail.plan.model import Action, Plan
from gouvernail.web.actions.links import campaign_of, medium_of, qr_code, tracked
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

WORDS = st.text(min_size=1, max_size=20).filter(str.strip)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), WORDS, max_size=3), WORDS)
def test_an_address_keeps_its_own_parts_and_says_the_campaign(query: dict[str, str], campaign: str) -> None:
    from urllib.parse import urlencode

    made = tracked(f"https://acme.ch/offer?{urlencode(query)}#form", "google", "cpc", campaign)
    parts = urlsplit(made.address)

    assert dict(parse_qsl(parts.query, keep_blank_values=True)) == {
        **query,
        "utm_source": "google",
        "utm_medium": "cpc",
        "utm_campaign": campaign.strip(),
    }
    assert (parts.netloc, parts.path, parts.fragment) == ("acme.ch", "/offer", "form")


@pytest.mark.parametrize("address", ["", "acme.ch", "javascript:alert(1)", "ftp://acme.ch", "https://"])
def test_only_addresses_of_the_web_are_taken(address: str) -> None:
    with pytest.raises(UsageError):
        tracked(address, "google", "cpc", "x")


def test_a_missing_part_is_named() -> None:
    with pytest.raises(UsageError, match="utm_source"):
        tracked("https://acme.ch", " ", "cpc", "x")


@pytest.mark.parametrize(
    "id", ["search_paid", "email", "linkedin_paid", "instagram_organic", "display", "affiliates"]
)
def test_the_usual_source_and_medium_are_recognised_as_the_channel(id: str) -> None:
    source, medium = medium_of(channels()[id])

    assert classify(source, medium) == id


def test_campaign_is_copied_from_the_tracking_keys_or_made_of_the_id() -> None:
    keyed = Action.model_validate(
        {"id": "a", "tracking": [{"value": "x*", "match": "pattern"}, {"value": "spring-26"}]}
    )

    assert campaign_of(keyed) == "spring-26"
    assert campaign_of(Action(id="spring_fair")) == "spring-fair"


def test_qr_code_has_its_three_finders_and_a_quiet_border() -> None:
    code = qr_code("https://acme.ch")

    assert code.size >= 29
    # The top-left finder begins after the border of four modules.
    assert code.path.startswith("M4 4h1v1h-1z")
    assert "M3 " not in code.path


def test_page_builds_the_link_and_warns_of_an_unknown_campaign(workspace: Workspace, owner: Client) -> None:
    plan = Plan.model_validate({"actions": [{"id": "fair", "title": "Fair"}]})
    store.commit(workspace, None, store.replacement(workspace, plan).changes)
    address = reverse("action-link", args=[workspace.slug, "fair"])

    good = owner.get(address, {"address": "https://acme.ch", "source": "a", "medium": "b", "campaign": "c"})
    assert "utm_campaign=c" in good.content.decode()
    assert "tracking keys" in good.content.decode()
    bad = owner.get(address, {"address": "acme", "source": "a", "medium": "b"})
    assert "is not a web address" in bad.content.decode()
