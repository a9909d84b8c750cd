"""The pages of the codebook and of what a machine suggests."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from consult import synthesis
from consult.db import transaction
from consult.synthesis import Suggestion, Theme
from tests.conftest import HTMX, Contribute, World

HERE = "/office/consultations/dementia-plan/themes"
SignIn = Callable[[str], TestClient]
SAID = [
    "We kept waiting in the waiting room.",
    "The waiting room was cold.",
    "A waiting room without chairs.",
    "The car park is full.",
    "The car park costs too much.",
    "No space in the car park.",
]


@pytest.fixture
def suggested(
    world: World, contribute: Contribute, sign_in: SignIn, drain: Callable[[], int]
) -> Suggestion:
    for text in (*SAID, "Byddwn i'n hoffi gweld mwy o nyrsys yn y gymuned ac yn ein cartrefi ni"):
        contribute(text)
    sign_in("ana").post(f"{HERE}/suggestions/new")
    drain()
    with transaction(world.engine, readonly=True) as db:
        run = synthesis.finished_run(db, world.consultation)
        assert run is not None
        return synthesis.waiting(db, run)[0]


def themes(world: World) -> list[Theme]:
    with transaction(world.engine, readonly=True) as db:
        return list(synthesis.themes(db, world.consultation, retired=True))


def test_an_empty_codebook_says_where_to_begin(world: World, sign_in: SignIn) -> None:
    text = sign_in("ana").get(HERE).text
    assert "No themes yet" in text
    assert "No themes yet" in sign_in("obi").get(HERE).text
    assert "Add a theme" not in sign_in("obi").get(HERE).text


def test_a_theme_is_added_renamed_retired_and_brought_back(world: World, sign_in: SignIn) -> None:
    ana = sign_in("ana")
    ana.post(f"{HERE}/new", data={"name": "Cost", "definition": "Of care, not of parking."})
    (made,) = themes(world)
    assert "Of care, not of parking." in ana.get(HERE).text
    ana.post(f"{HERE}/{made.id}/edit", data={"name": "What it costs"})
    assert "<h1>What it costs" in ana.get(f"{HERE}/{made.id}").text
    ana.post(f"{HERE}/{made.id}/retire")
    assert "Retired" in ana.get(HERE).text
    ana.post(f"{HERE}/{made.id}/restore")
    assert themes(world)[0].retired_at is None


@pytest.mark.parametrize(("name", "says"), [("", "Enter a name"), ("cost", "already")])
def test_a_name_that_will_not_do_is_refused_at_the_field(
    world: World, sign_in: SignIn, name: str, says: str
) -> None:
    ana = sign_in("ana")
    ana.post(f"{HERE}/new", data={"name": "Cost"})
    ana.post(f"{HERE}/new", data={"name": "Other"})
    other = next(one for one in themes(world) if one.name == "Other")
    for url in (f"{HERE}/new", f"{HERE}/{other.id}/edit"):
        answer = ana.post(url, data={"name": name, "definition": "kept words"})
        assert answer.status_code == 422
        assert says in answer.text
        assert "kept words" in answer.text
    assert sorted(one.name for one in themes(world)) == ["Cost", "Other"]


def test_suggestions_are_shown_with_examples_and_what_was_left_out(
    world: World, sign_in: SignIn, suggested: Suggestion
) -> None:
    text = sign_in("obi").get(f"{HERE}/suggestions").text
    assert suggested.name in text
    assert "a machine read 7 answers: 6 read, 1 it could not read" in text
    assert "<mark>" in text
    assert "does not seem to be in English" in sign_in("obi").get(f"{HERE}/exceptions").text


def test_a_suggestion_is_accepted_and_its_marks_confirmed(
    world: World, sign_in: SignIn, suggested: Suggestion
) -> None:
    ana, here = sign_in("ana"), f"{HERE}/suggestions/{suggested.id}"
    answer = ana.post(f"{here}/accept", data={"name": "Where one waits"})
    assert answer.headers["location"] == here
    with transaction(world.engine, readonly=True) as db:
        one = synthesis.suggestion_by_id(db, world.consultation, suggested.id)
        ids = [str(place.id) for place in synthesis.marks(db, one, 1).items]
    ana.post(f"{here}/confirm", data={"mark": ids[:2]})
    ana.post(f"{here}/dismiss", data={"mark": ids[2:]})
    assert "Nothing waits here" in ana.get(here).text
    assert "of the 2 responses coded" in ana.get(HERE).text.lower()


def test_a_suggestion_is_merged_or_refused(
    world: World, sign_in: SignIn, suggested: Suggestion
) -> None:
    ana, here = sign_in("ana"), f"{HERE}/suggestions/{suggested.id}"
    assert ana.post(f"{here}/merge", data={"theme": ""}).status_code == 422
    assert ana.post(f"{here}/refuse").status_code == 303
    assert ana.post(f"{here}/refuse").status_code == 409
    assert suggested.name not in ana.get(f"{HERE}/suggestions").text


def test_a_name_that_is_taken_is_refused_with_the_suggestion_kept(
    world: World, sign_in: SignIn, suggested: Suggestion
) -> None:
    ana = sign_in("ana")
    ana.post(f"{HERE}/new", data={"name": "Taken"})
    answer = ana.post(f"{HERE}/suggestions/{suggested.id}/accept", data={"name": "taken"})
    assert answer.status_code == 422
    assert "already" in answer.text
    assert suggested.name in answer.text


def test_confirming_nothing_says_what_to_do(
    world: World, sign_in: SignIn, suggested: Suggestion
) -> None:
    ana, here = sign_in("ana"), f"{HERE}/suggestions/{suggested.id}"
    ana.post(f"{here}/accept")
    for data in ({}, {"mark": "x"}):
        answer = ana.post(f"{here}/confirm", data=data)
        assert answer.status_code == 422
        assert "Choose at least one" in answer.text


def test_progress_is_asked_for_while_the_machine_works_and_then_no_more(
    world: World, contribute: Contribute, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    contribute()
    ana = sign_in("ana")
    ana.post(f"{HERE}/suggestions/new")
    assert ana.post(f"{HERE}/suggestions/new").status_code == 409
    part = ana.get(f"{HERE}/suggestions", headers=HTMX)
    assert 'hx-trigger="every 2s"' in part.text
    assert "<!doctype html>" not in part.text
    drain()
    assert ana.get(f"{HERE}/suggestions", headers=HTMX).headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in ana.get(f"{HERE}/suggestions").text


def test_an_exception_is_seen_to(world: World, sign_in: SignIn, suggested: Suggestion) -> None:
    ana = sign_in("ana")
    with transaction(world.engine, readonly=True) as db:
        run = synthesis.finished_run(db, world.consultation)
        assert run is not None
        ((one, _),) = synthesis.exceptions(db, run, 1).items
    ana.post(f"{HERE}/exceptions/{one.id}/handle", data={"page": "1"})
    assert "Seen to" in ana.get(f"{HERE}/exceptions").text
    assert "0 of these wait" in ana.get(f"{HERE}/exceptions").text
