"""The office's pages of decisions, ledger, publications and letters."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from consult import decisions
from consult.contributions import Answer
from consult.db import transaction
from consult.decisions import Decision
from tests.conftest import World
from tests.decisions.conftest import WRITTEN, Desk

HERE = "/office/consultations/dementia-plan"
READ = ["decisions", "ledger", "ledger/considered", "publications", "publications/1"]
WRITE = ["decisions/new", "decisions/{id}/edit", "decisions/{id}/bases/new"]
POSTED = [
    "decisions/create",
    "decisions/{id}/update",
    "decisions/{id}/move",
    "decisions/{id}/remove",
    "decisions/{id}/bases",
    "decisions/{id}/bases/remove",
    "decisions/{id}/quotations",
    "ledger/outcomes",
    "ledger/outcomes/undo",
    "publications/make",
]
SignIn = Callable[[str], TestClient]


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def decision(desk: Desk) -> Decision:
    return desk.write()


def fields(**more: str) -> dict[str, str]:
    kept = WRITTEN.model_dump()
    return {**{name: getattr(one, "value", one) for name, one in kept.items()}, **more}


@pytest.mark.parametrize("path", [*READ, *WRITE, "decisions/{id}"])
def test_an_official_reads_every_page(sign_in: SignIn, decision: Decision, path: str) -> None:
    answer = sign_in("olu").get(f"{HERE}/{path.format(id=decision.id)}")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(("who", "status"), [("pat", 404), ("ana", 403), ("obi", 403)])
def test_who_may_not_write_is_told_so(
    sign_in: SignIn, decision: Decision, who: str, status: int
) -> None:
    browser = sign_in(who)
    for path in WRITE:
        assert browser.get(f"{HERE}/{path.format(id=decision.id)}").status_code == status
    for path in POSTED:
        where = f"{HERE}/{path.format(id=decision.id)}"
        assert browser.post(where, data=fields()).status_code == status, path


def test_a_member_writes_no_decision_on_proposals(sign_in: SignIn, decision: Decision) -> None:
    assert sign_in("mia").get(f"{HERE}/decisions/new").status_code == 403
    assert sign_in("mia").post(f"{HERE}/decisions/create", data=fields()).status_code == 403


@pytest.mark.parametrize("path", READ)
def test_an_observer_reads_what_a_stranger_may_not_know_of(
    sign_in: SignIn, decision: Decision, path: str
) -> None:
    assert sign_in("obi").get(f"{HERE}/{path}").status_code == 200
    assert sign_in("pat").get(f"{HERE}/{path}").status_code == 404


def test_a_decision_without_a_title_is_refused_with_every_word_kept(sign_in: SignIn) -> None:
    sent = sign_in("olu").post(f"{HERE}/decisions/create", data=fields(title=" ", why="Costs."))
    assert sent.status_code == 422
    assert "Enter a title." in sent.text and "Costs." in sent.text


def test_two_who_write_at_once_lose_nothing(
    sign_in: SignIn, desk: Desk, decision: Decision
) -> None:
    with desk.open() as (db, here):
        found = decisions.by_id(db, here, decision.id)
        una = desk.world.person("una")
        decisions.change(db, found, WRITTEN, version=1, by=una, at=desk.at)
    sent = sign_in("olu").post(
        f"{HERE}/decisions/{decision.id}/update", data=fields(why="My words.", version="1")
    )
    assert sent.status_code == 409
    assert "Una changed this decision" in sent.text and "My words." in sent.text
    again = sign_in("olu").post(
        f"{HERE}/decisions/{decision.id}/update", data=fields(why="My words.", version="2")
    )
    assert again.status_code == 303


def test_bases_are_added_by_search_and_from_the_list_and_taken_away(
    sign_in: SignIn, desk: Desk, decision: Decision
) -> None:
    one, other = desk.say("The bus is late"), desk.say("A garden")
    where, olu = f"{HERE}/decisions/{decision.id}", sign_in("olu")
    olu.post(f"{where}/bases", data={"how": "search", "words": "bus"})
    olu.post(f"{where}/bases", data={"how": "selection", "contribution": str(other)})
    shown = olu.get(where).text
    assert "The bus is late" in shown and "by search: bus" in " ".join(shown.split())
    olu.post(f"{where}/bases/remove", data={"contribution": str(one)})
    assert (desk.outcome(one), desk.outcome(other)) == ("", "informed")
    assert olu.post(f"{where}/bases", data={"how": "selection"}).status_code == 422


def test_words_are_quoted_or_the_sentence_stands_at_the_field(
    sign_in: SignIn, desk: Desk, decision: Decision
) -> None:
    one = desk.say("Nurses stay, nurses go.")
    with transaction(desk.world.engine) as db:
        answer = db.exec(select(Answer)).one()
    where = f"{HERE}/decisions/{decision.id}/quotations"
    data = {"contribution": str(one), "answer": str(answer.id)}
    wrong = sign_in("olu").post(where, data={**data, "words": "nurses leave"})
    assert wrong.status_code == 422
    assert "exactly so" in wrong.text and f'href="#words-{answer.id}"' in wrong.text
    assert sign_in("olu").post(where, data={**data, "words": "nurses go"}).status_code == 303
    assert "nurses go" in sign_in("olu").get(f"{HERE}/decisions/{decision.id}").text


def test_everything_in_a_filtered_list_gets_its_outcome_at_once(
    sign_in: SignIn, desk: Desk
) -> None:
    ids = [desk.say(f"The bus, {n}") for n in range(3)] + [desk.say("A garden")]
    data = {"scope": "all", "words": "bus", "kind": "considered", "reason": "It runs again."}
    sign_in("olu").post(f"{HERE}/ledger/outcomes", data=data)
    assert [desk.outcome(one) for one in ids] == ["considered"] * 3 + [""]
    page = sign_in("obi").get(f"{HERE}/ledger").text
    assert "Without an outcome: 1" in page
    undo = {"contribution": str(ids[0])}
    sign_in("olu").post(f"{HERE}/ledger/outcomes/undo", data=undo)
    assert desk.outcome(ids[0]) == ""


def test_publishing_waits_for_its_conditions_then_runs_and_is_seen_to_run(
    sign_in: SignIn, desk: Desk, decision: Decision, drain: Callable[[], int]
) -> None:
    desk.link(decision, desk.say())
    olu = sign_in("olu")
    assert "It is still open" in olu.get(f"{HERE}/publications").text
    data = {"number": "1", "sure": "yes"}
    assert olu.post(f"{HERE}/publications/make", data=data).status_code == 409
    desk.close()
    assert olu.post(f"{HERE}/publications/make", data={"number": "1"}).status_code == 409
    for _ in range(2):
        sent = olu.post(f"{HERE}/publications/make", data=data)
    assert sent.headers["location"] == f"{HERE}/publications/1"
    assert "Publishing…" in olu.get(f"{HERE}/publications/1").text
    drain()
    assert "It is public" in olu.get(f"{HERE}/publications/1").text
    assert "Publication 2" not in olu.get(f"{HERE}/publications/1").text
    assert olu.post(f"{HERE}/publications/make", data=data).status_code == 409
    assert olu.get(f"{HERE}/publications/7").status_code == 404


def test_letters_are_read_in_the_demo_only(
    sign_in: SignIn, desk: Desk, decision: Decision, drain: Callable[[], int], app: object
) -> None:
    desk.link(decision, desk.say("More nurses.", email="pat@example.org"))
    desk.publish()
    drain()
    assert "pat@example.org" in sign_in("olu").get("/office/outbox").text
    settings = app.state.settings  # type: ignore[attr-defined]
    app.state.settings = settings.model_copy(update={"demo": False})  # type: ignore[attr-defined]
    shown = sign_in("olu").get("/office/outbox").text
    assert "What became of what you said" in shown
    assert "pat@example.org" not in shown and "receipts/" not in shown
    assert sign_in("pat").get("/office/outbox").status_code == 404
