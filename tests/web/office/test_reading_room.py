"""The reading room: finding, reading and marking, with and without htmx, and never more than twelve queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select
from starlette.testclient import TestClient

from consult import consultations, contributions, synthesis
from consult.contributions import Channel, Consent, Incoming, NewAnswer, NewContribution
from consult.db import transaction
from consult.synthesis import Coding, NewCoding, Theme
from tests.conftest import HTMX, Contribute, World

HERE = "/office/consultations/dementia-plan"
SignIn = Callable[[str], TestClient]


@pytest.fixture
def waiting(world: World) -> Theme:
    with transaction(world.engine) as db:
        return synthesis.create_theme(
            db, world.consultation, "Waiting", by=world.person("ana"), at=world.at
        )


def codings(world: World) -> list[Coding]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Coding)))


@contextmanager
def queries(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_an_empty_room_says_what_comes_first(world: World, sign_in: SignIn) -> None:
    assert "Nothing has come in yet" in sign_in("ana").get(f"{HERE}/contributions").text


def test_the_room_lists_what_came_in_newest_first(
    world: World, contribute: Contribute, sign_in: SignIn
) -> None:
    contribute("The first thing said.")
    contribute("The second thing said.")
    text = sign_in("obi").get(f"{HERE}/contributions").text
    assert text.index("The second thing") < text.index("The first thing")
    assert "0 of 2 responses read" in text


def test_a_search_marks_what_it_found_and_escapes_what_people_wrote(
    world: World, contribute: Contribute, sign_in: SignIn
) -> None:
    contribute("<b>Delays</b> & more delays")
    contribute("Something else")
    text = sign_in("ana").get(f"{HERE}/contributions?words=delay").text
    assert "&lt;b&gt;<mark>Delays</mark>&lt;/b&gt; &amp; more <mark>delays</mark>" in text
    assert "Something else" not in text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("words=-late", "Say also what to look for"),
        ("words=%F0%9F%98%80", "Type a word to search for"),
        ("words=" + "x" * 3000, "too much to search for"),
    ],
)
def test_a_search_that_cannot_be_made_says_so_at_the_field(
    world: World, contribute: Contribute, sign_in: SignIn, query: str, says: str
) -> None:
    contribute()
    text = sign_in("ana").get(f"{HERE}/contributions?{query}").text
    assert says in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize("query", ["question=x&theme=1", "before=zz&after=9x", "standing=&group=q"])
def test_rubbish_in_the_address_is_left_out(
    world: World, contribute: Contribute, sign_in: SignIn, query: str
) -> None:
    contribute("A thing said.")
    assert "A thing said." in sign_in("ana").get(f"{HERE}/contributions?{query}").text


@pytest.mark.parametrize(("headers", "whole_page"), [({}, True), (HTMX, False)])
def test_selected_words_are_marked_with_and_without_htmx(
    world: World,
    contribute: Contribute,
    sign_in: SignIn,
    waiting: Theme,
    headers: dict[str, str],
    whole_page: bool,
) -> None:
    one = contribute("Six hours of waiting.").contribution
    posted = {"theme": str(waiting.id), "start": "13", "end": "20"}
    url = f"{HERE}/contributions/{one.id}/codings"
    answer = sign_in("ana").post(url, data=posted, headers=headers)
    assert answer.status_code == (303 if whole_page else 200)
    (kept,) = codings(world)
    assert (kept.start, kept.end) == (13, 20)
    if not whole_page:
        assert '<mark title="Waiting">waiting</mark>' in answer.text
        assert "<!doctype html>" not in answer.text


@pytest.mark.parametrize(
    ("words", "span"), [("", (0, 21)), ("of waiting", (10, 20)), ("SIX\n hours", (0, 9))]
)
def test_words_can_be_typed_or_the_whole_answer_marked(
    world: World,
    contribute: Contribute,
    sign_in: SignIn,
    waiting: Theme,
    words: str,
    span: tuple[int, int],
) -> None:
    one = contribute("Six hours of waiting.").contribution
    posted = {"theme": str(waiting.id), "words": words}
    sign_in("ana").post(f"{HERE}/contributions/{one.id}/codings", data=posted)
    assert [(kept.start, kept.end) for kept in codings(world)] == [span]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"words": "nine days"}, "do not stand in the answer"),
        ({"start": "4", "end": "99"}, "outside the answer"),
        ({"theme": "x"}, "Choose a theme"),
        ({"theme": "new", "new_theme": "  "}, "Enter a name"),
        ({"theme": "new", "new_theme": "waiting"}, "already"),
    ],
)
def test_a_mark_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    world: World,
    contribute: Contribute,
    sign_in: SignIn,
    waiting: Theme,
    headers: dict[str, str],
    posted: dict[str, str],
    says: str,
) -> None:
    one = contribute("Six hours of waiting.").contribution
    url = f"{HERE}/contributions/{one.id}/codings"
    sent = {"theme": str(waiting.id), **posted}
    answer = sign_in("ana").post(url, data=sent, headers=headers)
    assert answer.status_code == 422
    assert says in answer.text
    assert posted.get("words", "") in answer.text
    assert codings(world) == []


def test_a_theme_can_be_made_where_it_is_found(
    world: World, contribute: Contribute, sign_in: SignIn
) -> None:
    one = contribute().contribution
    posted = {"theme": "new", "new_theme": "Staff who stay"}
    sign_in("ana").post(f"{HERE}/contributions/{one.id}/codings", data=posted)
    assert "Staff who stay" in sign_in("obi").get(f"{HERE}/themes").text
    assert len(codings(world)) == 1


def test_a_mark_can_be_taken_off_and_reading_noted(
    world: World, contribute: Contribute, sign_in: SignIn, waiting: Theme
) -> None:
    one, ana = contribute().contribution, sign_in("ana")
    ana.post(f"{HERE}/contributions/{one.id}/codings", data={"theme": str(waiting.id)})
    ana.post(f"{HERE}/codings/{codings(world)[0].id}/delete")
    assert codings(world) == []
    ana.post(f"{HERE}/contributions/{one.id}/read")
    assert "1 of 1 responses read" in ana.get(f"{HERE}/contributions").text
    ana.post(f"{HERE}/contributions/{one.id}/unread")
    assert "0 of 1 responses read" in ana.get(f"{HERE}/contributions").text


def test_those_who_only_read_see_no_buttons(
    world: World, contribute: Contribute, sign_in: SignIn, waiting: Theme
) -> None:
    one = contribute().contribution
    text = sign_in("mo").get(f"{HERE}/contributions/{one.id}").text
    assert "More nurses who stay." in text
    assert "Mark with a theme" not in text
    refused = sign_in("mia").post(
        f"{HERE}/contributions/{one.id}/codings", data={"theme": str(waiting.id)}
    )
    assert refused.status_code == 403


def test_a_withdrawn_response_shows_that_it_was_received_and_nothing_else(
    world: World, contribute: Contribute, sign_in: SignIn
) -> None:
    one = contribute("A thing said.").contribution
    with transaction(world.engine) as db:
        contributions.withdraw(db, contributions.by_id(db, world.consultation, one.id), at=world.at)
    text = sign_in("ana").get(f"{HERE}/contributions/{one.id}").text
    assert "A thing said." not in text
    assert "taken this back" in text


@pytest.mark.parametrize("size", [20, 2_000])
def test_no_page_asks_more_than_twelve_questions_of_the_database(
    world: World, sign_in: SignIn, waiting: Theme, size: int
) -> None:
    with transaction(world.engine) as db:
        ids = fill(db, world, size)
        answers = [
            contributions.answers_of(db, contributions.by_id(db, world.consultation, one))[0]
            for one in ids[:10]
        ]
        marks = [NewCoding(one.id, waiting.id, 0, 4) for one in answers]
        by = world.person("ana")
        synthesis.code_many(db, world.consultation, marks, by=by, at=world.at)
    ana = sign_in("ana")
    pages = [
        "/contributions",
        "/contributions?words=heron&read=unread&coded=uncoded&group=response",
        f"/contributions?theme={waiting.id}",
        f"/contributions/{ids[size // 2]}?words=heron",
        "/themes",
        f"/themes/{waiting.id}",
        "/themes/suggestions",
        "/themes/exceptions",
    ]
    for page in pages:
        with queries(world.engine) as sent:
            assert ana.get(f"{HERE}{page}").status_code == 200
        assert len(sent) <= 12, f"{page}: {len(sent)}"


def fill(db: object, world: World, size: int) -> list[object]:
    asked = consultations.questions_of(db, world.consultation)[0]  # type: ignore[arg-type]
    new = [
        Incoming(
            uuid4().hex,
            NewContribution(
                answers=[NewAnswer(question_id=asked.id, text=f"Heron number {n}.")],
                consent=Consent.NO_NAME,
            ),
            world.at - timedelta(minutes=n),
        )
        for n in range(size)
    ]
    here = world.consultation
    for first in range(0, size, 500):
        contributions.take(db, here, new[first : first + 500], channel=Channel.FILE)  # type: ignore[arg-type]
    return [one.id for one in new]
