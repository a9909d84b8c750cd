"""The moderator's pages: the queue, one case, deciding, and taking it back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from consult import consultations, contributions, moderation
from consult.contributions import Contribution, Standing
from consult.db import transaction
from consult.moderation import PILES, ReportReason, clearances
from consult.moderation.models import Ruling
from tests.conftest import HTMX, Contribute, World

OFFICE = "/office/consultations/dementia-plan"
PHONE = "Ring my neighbour Jean on 07700 900123, she will tell you how it was."
THREAT = "If this goes through I will kill you and your whole committee."
NUMBER = "07700 900123"
both_ways = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])

SignIn = Callable[[str], TestClient]
Drain = Callable[[], int]


@pytest.fixture
def mo(sign_in: SignIn) -> TestClient:
    return sign_in("mo")


@pytest.fixture
def arrive(contribute: Contribute, drain: Drain) -> Callable[..., UUID]:
    """A contribution that has been screened; its id."""

    def one(text: str, **more: object) -> UUID:
        sent = contribute(text, **more).contribution.id
        drain()
        return sent

    return one


Arrive = Callable[..., UUID]


def case(sent: UUID, more: str = "") -> str:
    return f"{OFFICE}/queue/{sent}{more}"


def now(world: World, sent: UUID) -> Contribution:
    with transaction(world.engine, readonly=True) as db:
        return db.get_one(Contribution, sent)


def words(world: World, sent: UUID) -> str:
    with transaction(world.engine, readonly=True) as db:
        return contributions.answers_of(db, db.get_one(Contribution, sent))[0].text


def piles(world: World) -> dict[str, int]:
    with transaction(world.engine, readonly=True) as db:
        kept = consultations.counts(db, world.consultation.id)
    return {pile: kept[f"queue:{pile}"] for pile in PILES if kept.get(f"queue:{pile}")}


def span(world: World, sent: UUID) -> str:
    """The value of the box beside the first words found."""
    with transaction(world.engine, readonly=True) as db:
        flag = moderation.flags_of(db, db.get_one(Contribution, sent))[0]
    return f"{flag.answer_id}:{flag.spans[0][0]}:{flag.spans[0][1]}"


def form(world: World, sent: UUID, **given: Any) -> dict[str, Any]:
    return {"version": str(now(world, sent).version), **given}


def target(answer: Any) -> str:
    """Where an answer leads, asked for by a browser or by htmx."""
    return str(answer.headers.get("location") or answer.headers["HX-Redirect"])


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            said.append(statement)

    event.listen(world.engine, "before_cursor_execute", note)
    yield said
    event.remove(world.engine, "before_cursor_execute", note)


def test_an_empty_queue_says_what_will_come(world: World, mo: TestClient) -> None:
    assert "Nothing waits for a moderator" in mo.get("/office/queue").text
    assert "Nothing waits here" in mo.get(f"{OFFICE}/queue").text


def test_the_queue_says_what_to_begin_with(world: World, mo: TestClient, arrive: Arrive) -> None:
    arrive("A plain good point about the buses.")
    arrive(PHONE)
    answer = mo.get("/office/queue").text
    assert "Begin with: flagged (1)" in answer
    assert world.consultation.title in answer


def test_each_pile_lists_its_cases_with_first_words_kinds_and_channel(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    arrive("A plain good point about the buses.")
    arrive(PHONE)
    flagged = mo.get(f"{OFFICE}/queue").text
    assert "Ring my neighbour Jean" in flagged and "Personal data" in flagged
    assert "Web form" in flagged and "A plain good point" not in flagged
    assert "A plain good point" in mo.get(f"{OFFICE}/queue?pile=clear").text


def test_threats_come_before_telephone_numbers(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    arrive(PHONE)
    arrive(THREAT)
    listed = mo.get(f"{OFFICE}/queue?pile=flagged").text
    assert listed.index("If this goes through") < listed.index("Ring my neighbour")


def test_a_case_shows_the_words_marked_with_basis_reason_and_rule(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = arrive(PHONE, consent="name", name="Pat Marlow", connection="carer")
    shown = mo.get(case(sent)).text
    assert f">{NUMBER}</mark>" in shown
    assert "UK GDPR" in shown and "rule personal-data.phone, version" in shown
    assert "Pat Marlow" in shown and "Cares for someone it affects" in shown


def test_nothing_is_chosen_before_the_moderator_chooses(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    shown = mo.get(case(arrive(THREAT))).text
    ruled = [line for line in shown.splitlines() if 'name="ruled"' in line]
    assert ruled and not any("checked" in line for line in ruled)


def test_somebody_in_distress_is_offered_help_and_never_a_ground(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    shown = mo.get(case(arrive("I want to kill myself, I cannot do another night."))).text
    assert "Samaritans: 116 123" in shown
    assert 'value="safeguarding"' not in shown


@both_ways
def test_publishing_shows_it_and_goes_on_to_the_next_of_the_pile(
    world: World, mo: TestClient, arrive: Arrive, headers: dict[str, str]
) -> None:
    one, other = arrive(PHONE), arrive(PHONE.replace("Jean", "Joan"))
    answer = mo.post(case(one), data=form(world, one, ruled="publish"), headers=headers)
    assert target(answer) == case(other)
    assert now(world, one).standing == Standing.SHOWN
    assert piles(world) == {"flagged": 1}
    assert "You published it" in mo.get(case(other)).text


def test_after_the_last_of_a_pile_comes_the_queue(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = arrive(PHONE)
    answer = mo.post(case(sent), data=form(world, sent, ruled="publish"))
    assert target(answer) == f"{OFFICE}/queue"


def test_what_is_held_lies_apart_and_the_next_comes_all_the_same(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    one, other = arrive(PHONE), arrive(PHONE.replace("Jean", "Joan"))
    held = form(world, one, ruled="hold", reason="We ask whose number it is.")
    assert target(mo.post(case(one), data=held)) == case(other)
    assert piles(world) == {"flagged": 1, "held": 1}
    assert now(world, one).standing == Standing.HELD


@both_ways
def test_chosen_and_listed_words_are_blacked_out(
    world: World, mo: TestClient, arrive: Arrive, headers: dict[str, str]
) -> None:
    sent = arrive(PHONE)
    value = span(world, sent)
    given = form(world, sent, ruled="redact", ground="personal-data", reason="A number.")
    given |= {"spans": value, f"words-{value.split(':')[0]}": "Jean\r\n"}
    answer = mo.post(case(sent), data=given, headers=headers)
    assert target(answer) == f"{OFFICE}/queue"
    said = words(world, sent)
    assert said.startswith("Ring my neighbour ████ on █████ ██████, she")
    assert now(world, sent).standing == Standing.SHOWN


@both_ways
def test_words_that_are_not_there_are_refused_and_kept(
    world: World, mo: TestClient, arrive: Arrive, headers: dict[str, str]
) -> None:
    sent = arrive(PHONE)
    field = f"words-{span(world, sent).split(':')[0]}"
    given = form(world, sent, ruled="redact", ground="personal-data", reason="My reason.")
    answer = mo.post(case(sent), data=given | {field: "Jeanette"}, headers=headers)
    assert answer.status_code == 422
    assert "“Jeanette” is not in this answer." in answer.text
    assert "My reason.</textarea>" in answer.text and "Jeanette</textarea>" in answer.text
    assert ("<!doctype html>" in answer.text) is not headers
    assert words(world, sent) == PHONE


def test_words_listed_and_then_published_whole_are_asked_about(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = arrive(PHONE)
    field = f"words-{span(world, sent).split(':')[0]}"
    answer = mo.post(case(sent), data=form(world, sent, ruled="publish") | {field: "Jean"})
    assert answer.status_code == 422 and "You listed words to black out" in answer.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose what should happen."),
        ({"ruled": "burn"}, "Choose what should happen."),
        ({"ruled": "hold"}, "Write the reason"),
        ({"ruled": "withhold", "reason": "Kept words"}, "Choose the ground"),
        ({"ruled": "withhold", "reason": "Kept words", "ground": "nonsense"}, "Choose the ground"),
        (
            {"ruled": "redact", "ground": "personal-data", "reason": "Kept words"},
            "Choose the words",
        ),
        (
            {"ruled": "withhold", "reason": "Kept words", "ground": "threat"},
            "Answer both questions",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_is_kept(
    world: World, mo: TestClient, arrive: Arrive, given: dict[str, str], sentence: str
) -> None:
    sent = arrive(PHONE)
    answer = mo.post(case(sent), data=form(world, sent, **given))
    assert answer.status_code == 422 and sentence in answer.text
    assert given.get("reason", "") in answer.text
    assert now(world, sent).standing == Standing.WAITING


@pytest.mark.parametrize(
    ("elements", "defence", "status"), [("yes", "no", 303), ("no", "no", 422), ("yes", "yes", 422)]
)
def test_a_criminal_ground_needs_both_parts_of_the_legal_test(
    world: World, mo: TestClient, arrive: Arrive, elements: str, defence: str, status: int
) -> None:
    sent = arrive(THREAT)
    given = form(world, sent, ruled="withhold", ground="threat", reason="A threat to kill.")
    answer = mo.post(case(sent), data=given | {"elements": elements, "defence": defence})
    assert answer.status_code == status
    with transaction(world.engine, readonly=True) as db:
        rulings = moderation.rulings_of(db, db.get_one(Contribution, sent))
    kept = [one.test for one in rulings]
    assert kept == ([{"elements": True, "defence": False}] if status == 303 else [])


def test_the_author_is_told_ground_and_reason(world: World, mo: TestClient, arrive: Arrive) -> None:
    sent = arrive(PHONE)
    given = form(world, sent, ruled="withhold", ground="personal-data", reason="It names Jean.")
    mo.post(case(sent), data=given)
    with transaction(world.engine, readonly=True) as db:
        (ruling,) = moderation.rulings_of(db, db.get_one(Contribution, sent))
    assert moderation.ground_title(ruling.ground) == "Personal data"
    assert ruling.reason == "It names Jean."


@both_ways
def test_two_moderators_on_one_case_the_second_sees_what_the_first_decided(
    world: World, mo: TestClient, sign_in: SignIn, arrive: Arrive, headers: dict[str, str]
) -> None:
    sent = arrive(PHONE)
    seen = form(world, sent, ruled="withhold", ground="personal-data", reason="My own words.")
    first = form(world, sent, ruled="hold", reason="We ask Jean.")
    sign_in("una").post(case(sent), data=first)
    answer = mo.post(case(sent), data=seen, headers=headers)
    assert answer.status_code == 409
    assert "Una has decided on this meanwhile, and held it." in answer.text
    assert "We ask Jean." in answer.text and "My own words.</textarea>" in answer.text
    assert now(world, sent).standing == Standing.HELD


@both_ways
def test_undoing_a_redaction_gives_every_word_back(
    world: World, mo: TestClient, arrive: Arrive, headers: dict[str, str]
) -> None:
    sent = arrive(PHONE)
    given = form(world, sent, ruled="redact", ground="personal-data", reason="A number.")
    mo.post(case(sent), data=given | {"spans": span(world, sent)})
    assert NUMBER not in words(world, sent)
    assert target(mo.post(case(sent, "/undo"), headers=headers)) == case(sent)
    assert words(world, sent) == PHONE
    assert NUMBER in now(world, sent).summary
    assert now(world, sent).standing == Standing.WAITING
    assert piles(world) == {"flagged": 1}
    shown = mo.get(case(sent)).text
    assert "Undone" in shown and "You published it with words blacked out" not in shown


def test_the_original_is_read_by_a_button_and_the_reading_is_written_down(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    from sqlmodel import select

    from consult.audit import Action, Entry

    sent = arrive(PHONE)
    assert mo.post(case(sent, "/original")).status_code == 409
    given = form(world, sent, ruled="redact", ground="personal-data", reason="A number.")
    mo.post(case(sent), data=given | {"spans": span(world, sent)})
    assert NUMBER not in mo.get(case(sent)).text
    answer = mo.post(case(sent, "/original"))
    assert NUMBER in answer.text and answer.headers["cache-control"] == "no-store"
    with transaction(world.engine, readonly=True) as db:
        read = db.exec(select(Entry).where(Entry.action == Action.ORIGINAL_READ)).all()
    assert [one.by for one in read] == [world.person("mo").id]


def test_a_reported_one_shows_what_the_reader_said(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = arrive("The day centre should open at weekends.")
    with transaction(world.engine) as db:
        moderation.report(
            db,
            db.get_one(Contribution, sent),
            reason=ReportReason.OTHER,
            words="It is about my brother.",
            reporter="one reader",
            at=world.at,
        )
    assert piles(world) == {"reported": 1}
    assert "It is about my brother." in mo.get(case(sent)).text


def test_next_and_previous_go_through_the_pile(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    one, two, three = (arrive(PHONE.replace("Jean", name)) for name in ("Ann", "Bea", "Cat"))
    assert target(mo.get(case(one, "/next"))) == case(two)
    assert target(mo.get(case(three, "/next"))) == case(one)
    assert target(mo.get(case(three, "/previous"))) == case(two)
    assert target(mo.get(case(one, "/previous"))) == f"{OFFICE}/queue"


def test_publishing_the_clear_pile_asks_first_and_names_the_number(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = [arrive(f"Good point number {n}, said plainly.") for n in range(3)]
    asked = mo.get(f"{OFFICE}/clearances/new").text
    assert "Publish all 3" in asked
    upto = asked.split('name="upto" value="')[1][:36]
    later = arrive("Another good point, which came later.")
    answer = mo.post(f"{OFFICE}/clearances", data={"upto": upto})
    assert target(answer) == f"{OFFICE}/queue"
    assert {now(world, one).standing for one in sent} == {Standing.SHOWN}
    assert now(world, later).standing == Standing.WAITING
    assert piles(world) == {"clear": 1}


def test_a_large_clear_pile_is_published_by_a_job_that_shows_how_far_it_is(
    world: World, mo: TestClient, arrive: Arrive, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearances, "BATCH", 2)
    sent = [arrive(f"Good point number {n}, said plainly.") for n in range(5)]
    upto = mo.get(f"{OFFICE}/clearances/new").text.split('name="upto" value="')[1][:36]
    there = target(mo.post(f"{OFFICE}/clearances", data={"upto": upto}))
    assert "every 2s" in mo.get(there).text
    again = mo.post(f"{OFFICE}/clearances", data={"upto": upto})
    assert again.status_code == 409 and "being published already" in again.text
    drain()
    assert "Done: 5 published" in mo.get(there, headers=HTMX).text
    assert {now(world, one).standing for one in sent} == {Standing.SHOWN}
    assert piles(world) == {}
    with transaction(world.engine, readonly=True) as db:
        kept = consultations.counts(db, world.consultation.id)
    assert kept["public:response"] == 5


def test_only_words_found_are_published_whatever_a_form_makes_up(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent, other = arrive(PHONE), arrive(PHONE.replace("Jean", "Joan"))
    given = form(world, sent, ruled="redact", ground="personal-data", reason="A number.")
    answer = mo.post(case(sent), data=given | {"spans": span(world, other)})
    assert answer.status_code == 409
    assert words(world, other) != "" and NUMBER in words(world, other)
    with transaction(world.engine, readonly=True) as db:
        from sqlmodel import select

        assert db.exec(select(Ruling)).all() == []


def test_no_page_of_the_queue_makes_more_than_twelve_queries(
    world: World, mo: TestClient, arrive: Arrive
) -> None:
    sent = [arrive(PHONE.replace("Jean", f"Jean{n}")) for n in range(4)]
    mo.post(case(sent[0]), data=form(world, sent[0], ruled="hold", reason="We ask."))
    pages = ["/office/queue", f"{OFFICE}/queue", case(sent[0]), f"{OFFICE}/clearances/new"]
    for address in pages:
        with counted(world) as said:
            assert mo.get(address).status_code == 200
        assert len(said) <= 12, f"{address}: {len(said)}"


def test_the_public_page_names_every_ground_and_what_is_never_one(client: TestClient) -> None:
    answer = client.get("/what-we-do-not-publish").text
    assert "Threats against anyone." in answer
    assert "Being off topic is no reason for us to withhold a response." in answer
    assert "Law as at 1 July 2026" in answer
    assert "/what-we-do-not-publish" in client.get("/").text
