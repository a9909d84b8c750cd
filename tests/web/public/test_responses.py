"""Published responses, posts, support and reports."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from consult import consultations, contributions
from consult.consultations import Consultation
from consult.contributions import (
    Channel,
    Contribution,
    Incoming,
    NewAnswer,
    NewContribution,
    Standing,
)
from consult.db import transaction
from consult.imports import Post
from consult.moderation import Case, Flag
from tests.conftest import HTMX, Contribute, World
from tests.web.public.conftest import Citizen

LIST = "/consultations/dementia-plan/responses"
Show = Callable[..., None]


def test_only_what_is_shown_and_may_be_published_is_listed(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    show(contribute("Shown to all.").contribution)
    show(contribute("Only counted.", consent="count_only").contribution)
    contribute("Still waiting.")
    page = client.get(LIST).text
    assert "Shown to all." in page
    assert "Only counted." not in page
    assert "Still waiting." not in page
    assert "1 published of 3 received." in page


def test_a_name_is_shown_only_where_its_owner_agreed(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    show(contribute("One.", consent="name", name="Pat Whitlow").contribution)
    show(contribute("Two.", consent="no_name", name="Una Secret").contribution)
    page = client.get(LIST).text
    assert "Pat Whitlow" in page
    assert "Una Secret" not in page


def test_the_list_can_be_narrowed_and_htmx_gets_only_the_list(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    show(contribute("From a carer.", connection="carer").contribution)
    show(contribute("From a nurse.", connection="professional").contribution)
    page = client.get(f"{LIST}?connection=carer").text
    assert "From a carer." in page
    assert "From a nurse." not in page
    assert "From a carer." in client.get(f"{LIST}?question=1").text
    assert "From a carer." not in client.get(f"{LIST}?question=2").text
    part = client.get(f"{LIST}?connection=carer", headers=HTMX).text
    assert "<!doctype html>" not in part
    assert "From a carer." in part


def test_a_long_list_is_paged_and_shows_everyone_once(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    for number in range(30):
        show(contribute(f"Voice number {number}.").contribution)
    first = client.get(LIST).text
    after = first.split("after=")[1].split('"')[0]
    both = first + client.get(f"{LIST}?after={after}").text
    assert all(both.count(f"Voice number {number}.") == 1 for number in range(30))


@pytest.mark.parametrize("query", ["after=x", "after=1.zz", "question=999", "connection=wizard"])
def test_an_address_somebody_typed_begins_at_the_beginning(
    client: TestClient, contribute: Contribute, show: Show, query: str
) -> None:
    show(contribute("A voice.").contribution)
    assert "A voice." in client.get(f"{LIST}?{query}").text


def test_one_response_says_where_it_led_and_a_hidden_one_is_not_there(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    one = contribute("A voice.").contribution
    assert client.get(f"{LIST}/{one.id}").status_code == 404
    show(one)
    page = client.get(f"{LIST}/{one.id}").text
    assert "That is told here when the decisions are published." in page
    assert client.get(f"{LIST}/{uuid4()}").status_code == 404
    assert client.get(f"{LIST}/rubbish").status_code == 404


def test_posts_stand_apart_and_an_author_who_opts_out_is_not_shown(
    client: TestClient, world: World
) -> None:
    shown = _post(world, "I post in public.", warning="strong words")
    hidden = _post(world, "Do not index me.", opt_outs=["noindex"])
    posts = client.get("/consultations/dementia-plan/posts").text
    assert "I post in public." in posts
    assert "strong words</summary>" in posts
    assert "A post on Mastodon" in posts
    assert "Do not index me." not in posts
    assert "I post in public." not in client.get(LIST).text
    for one in (shown, hidden):
        assert client.get(f"{LIST}/{one.id}").status_code == 404
    assert "Do not index me." not in client.get(f"{LIST}/{hidden.id}/report").text


def test_anyone_can_report_and_twice_is_once(
    client: TestClient, world: World, contribute: Contribute, show: Show
) -> None:
    one = contribute("My neighbour Bob steals.").contribution
    show(one)
    where = f"{LIST}/{one.id}/report"
    assert "My neighbour Bob steals." in client.get(where).text
    for _ in range(2):
        said = {"reason": "defamation", "words": "He does not."}
        assert client.post(where, data=said).status_code == 303
    with transaction(world.engine, readonly=True) as db:
        flags = db.exec(select(Flag).where(Flag.rule == "reader")).all()
        assert [(flag.basis, flag.reason) for flag in flags] == [("defamation", "He does not.")]
        assert db.exec(select(Case)).one().reports == 1


@pytest.mark.parametrize(("headers", "whole_page"), [({}, True), (HTMX, False)])
def test_a_report_needs_a_reason_and_keeps_the_words(
    client: TestClient,
    contribute: Contribute,
    show: Show,
    headers: dict[str, str],
    whole_page: bool,
) -> None:
    one = contribute().contribution
    show(one)
    answer = client.post(f"{LIST}/{one.id}/report", data={"words": "It is bad."}, headers=headers)
    assert answer.status_code == 422
    assert "what is wrong" in answer.text
    assert "It is bad." in answer.text
    assert ("<!doctype html>" in answer.text) is whole_page


def test_one_browser_supports_a_question_once_and_can_take_it_back(
    citizen: Citizen, another: Citizen, call: Consultation, world: World
) -> None:
    one = _question(world, call)
    where = f"/consultations/ask/responses/{one.id}/support"
    for _ in range(2):
        assert citizen.client.post(where).status_code == 303
    part = another.client.post(where, headers=HTMX)
    assert "You support this · 2" in part.text
    assert "<!doctype html>" not in part.text
    citizen.client.post(f"{where}/withdraw")
    citizen.client.post(f"{where}/withdraw")
    assert "Support · 1" in citizen.client.get("/consultations/ask/responses").text
    assert "You support this · 1" in another.client.get("/consultations/ask/responses").text


def test_questions_are_listed_by_support(
    client: TestClient, call: Consultation, world: World
) -> None:
    first, second = _question(world, call, "Question A?"), _question(world, call, "Question B?")
    client.post(f"/consultations/ask/responses/{first.id}/support")
    page = client.get("/consultations/ask/responses").text
    assert page.index("Question A?") < page.index("Question B?")
    newest = client.get("/consultations/ask/responses?order=newest").text
    assert newest.index("Question B?") < newest.index("Question A?")
    assert second.supports == 0


def test_responses_to_proposals_cannot_be_supported(
    client: TestClient, contribute: Contribute, show: Show
) -> None:
    one = contribute().contribution
    show(one)
    assert client.post(f"{LIST}/{one.id}/support").status_code == 409


def _question(world: World, call: Consultation, words: str = "Why no bus?") -> Contribution:
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, call.slug)
        asked = consultations.questions_of(db, here)[0]
        new = NewContribution(
            answers=[contributions.read_answer(asked, [words])], consent="no_name"
        )
        one = contributions.receive(db, here, new, submission=uuid4().hex, at=datetime.now(UTC))
        contributions.stand(db, one.contribution, Standing.SHOWN)
        return one.contribution


def _post(world: World, words: str, **more: Any) -> Contribution:
    at, uid = datetime.now(UTC), f"https://social.example/{uuid4()}"
    new = NewContribution(answers=[NewAnswer(text=words)], consent="no_name")
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, "dementia-plan")
        [known] = contributions.take(db, here, [Incoming(uid, new, at)], channel=Channel.POST)
        one = db.get_one(Contribution, known)
        contributions.stand(db, one, Standing.SHOWN)
        db.add(
            Post(
                consultation_id=here.id,
                contribution_id=one.id,
                uid=uid,
                link=uid,
                author="a@social.example",
                written_at=at,
                first_seen_at=at,
                checked_at=at,
                **more,
            )
        )
    return one
