"""Comments: who may, whom they call, how they are settled, and that nobody else's are seen."""

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.rhythm.mentions import called, parts
from gouvernail.web.rhythm.models import Comment
from gouvernail.web.rhythm.people import Member, members
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn


def _address(plan: Plan) -> str:
    return f"/o/acme/rhythm/comments/{plan.objectives[0].id}"


def test_a_comment_calls_people_and_stands_in_what_they_owe_until_they_answer(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    ada, bo = join(Role.marketing, "ada@acme.example"), join(Role.sales, "bo@acme.example")
    User.objects.filter(pk=bo.pk).update(name="Bo Keller")
    signed_in(ada).post(_address(plan), {"text": "Is this still right, @bo.keller?"})
    theirs = signed_in(bo)

    assert "Marketing asks you about" in theirs.get("/o/acme/rhythm/").content.decode()
    assert "asks you about" not in signed_in(ada).get("/o/acme/rhythm/").content.decode()
    theirs.post(_address(plan), {"text": "It is."})
    assert "asks you about" not in theirs.get("/o/acme/rhythm/").content.decode()


def test_a_settled_comment_is_owed_no_more(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn, owner: Client
) -> None:
    bo = join(Role.sales)
    owner.post(_address(plan), {"text": "@sales look"})
    made = Comment.objects.get()
    assert list(made.mentions.all()) == [bo]
    owner.post(f"/o/acme/rhythm/comments/{made.pk}/settle")

    assert "asks you about" not in signed_in(bo).get("/o/acme/rhythm/").content.decode()
    owner.post(f"/o/acme/rhythm/comments/{made.pk}/settle")
    assert "asks you about" in signed_in(bo).get("/o/acme/rhythm/").content.decode()


def test_only_members_are_called(workspace: Workspace, plan: Plan, owner: Client) -> None:
    User.objects.create_user("far@away.example", name="Far Away")
    owner.post(_address(plan), {"text": "@far.away @nobody @owner"})

    # Nobody calls themselves either.
    assert Comment.objects.get().mentions.count() == 0


def test_what_is_written_is_shown_as_words(plan: Plan, owner: Client) -> None:
    owner.post(_address(plan), {"text": "<script>alert(1)</script>"})
    page = owner.get(_address(plan)).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_comment_on_a_finding_is_seen_on_its_element_too(plan: Plan, owner: Client) -> None:
    owner.post(f"{_address(plan)}?finding=AUD01:x", {"text": "Of the finding"})

    assert "Of the finding" in owner.get(_address(plan)).content.decode()
    assert "Of the finding" not in owner.get(f"{_address(plan)}?finding=AUD02:x").content.decode()


@pytest.mark.parametrize(
    ("role", "seen", "made"), [(Role.contributor, 200, 1), (Role.reader, 200, 0), (Role.partner, 403, 0)]
)
def test_who_may_comment(
    role: str, seen: int, made: int, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    answer = signed_in(join(role)).post(_address(plan), {"text": "Hello"})

    assert (answer.status_code, Comment.objects.count()) == (seen, made)


def test_an_element_that_is_not_there_has_no_comments(plan: Plan, owner: Client) -> None:
    assert owner.get("/o/acme/rhythm/comments/nothing-such").status_code == 404


def test_another_organisations_comment_cannot_be_settled(plan: Plan, owner: Client) -> None:
    rival = Workspace.objects.create(slug="rival", name="Rival")
    theirs = Comment.objects.create(workspace=rival, element="x", text="Secret")

    assert owner.post(f"/o/acme/rhythm/comments/{theirs.pk}/settle").status_code == 404
    theirs.refresh_from_db()
    assert theirs.resolved is None


@pytest.mark.parametrize("n", [1, 3, 300])
def test_many_comments_make_no_more_queries(
    n: int, workspace: Workspace, plan: Plan, owner: Client, django_assert_num_queries
) -> None:
    author = User.objects.get()
    element = plan.objectives[0].id
    Comment.objects.bulk_create(
        Comment(workspace=workspace, element=element, author=author, text=f"{i}") for i in range(n)
    )
    owner.get(_address(plan))
    with django_assert_num_queries(8):
        owner.get(_address(plan))


def test_two_of_one_name_have_two_handles_and_the_first_keeps_the_plain_one(
    workspace: Workspace, join: Join
) -> None:
    for mail in ("a@acme.example", "b@acme.example"):
        join(Role.sales, mail)
    found = {one.user.email: one.handle for one in members(workspace)}

    assert found == {"a@acme.example": "sales", "b@acme.example": "sales2"}


def test_a_mention_ends_where_the_sentence_does() -> None:
    ada = Member(User(pk=1, name="Ada Bo"), "ada.bo", "sales", "")
    text = "See @ada.bo. Mail x@ada.bo or @Ada.Bo, not @ada."

    assert [one.words for one in parts(text, [ada]) if one.member] == ["@Ada Bo", "@Ada Bo"]
    assert called(text, [ada]) == (ada,)
    assert "".join(one.words for one in parts(text, [ada])) == text.replace(
        "@ada.bo.", "@Ada Bo.", 1
    ).replace("@Ada.Bo", "@Ada Bo")
