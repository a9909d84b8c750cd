"""A file comes in once, whole, with a reason for each row that does not."""

from collections.abc import Callable

import pytest

from consult import consultations, imports, jobs
from consult.contributions import Channel, Consent
from consult.db import transaction
from consult.errors import Conflict, Invalid, NotAllowed
from consult.imports import FileRow, Provenance, Run, RunState, filing
from tests.conftest import World
from tests.imports.world import (
    HEAD,
    bring,
    counts,
    kept,
    numbers,
    reasons,
    run_of,
    start,
    words,
)

THREE = HEAD + "R1,More nurses,Yes\nR2,Open on Sundays,No\nR3,Nothing,Not sure\n"

Drain = Callable[[], int]


def taken(world: World, drain: Drain, content: str | bytes) -> Run:
    run = bring(world, content)
    start(world, run)
    drain()
    return run_of(world, run)


def test_a_file_comes_in_with_where_each_row_comes_from(world: World, drain: Drain) -> None:
    run = taken(world, drain, THREE)
    assert (run.state, numbers(run), run.total) == (RunState.DONE, (3, 0, 0), 3)
    assert words(world) == ["More nurses", "Open on Sundays", "Nothing"]
    assert {one.channel for one in kept(world)} == {Channel.FILE}
    assert {one.consent for one in kept(world)} == {Consent.COUNT_ONLY}
    with transaction(world.engine, readonly=True) as db:
        row = imports.file_row_of(db, kept(world)[1].id)
    assert isinstance(row, FileRow)
    assert (row.run_id, row.row, row.reference) == (run.id, 3, "R2")
    assert counts(world)["received:response"] == counts(world)["channel:file"] == 3


def test_the_same_file_twice_changes_nothing(world: World, drain: Drain) -> None:
    taken(world, drain, THREE)
    assert numbers(taken(world, drain, THREE)) == (0, 3, 0)
    assert counts(world)["received:response"] == 3


def test_equal_rows_without_a_reference_are_as_many_people_and_known_together(
    world: World, drain: Drain
) -> None:
    file = "What should change?\nMore nurses\nMore nurses\nMore nurses\n"
    assert numbers(taken(world, drain, file)) == (3, 0, 0)
    assert numbers(taken(world, drain, file)) == (0, 3, 0)
    assert numbers(taken(world, drain, file + "More nurses\n")) == (1, 3, 0)


def test_a_reference_used_twice_is_said_and_not_taken_for_known(world: World, drain: Drain) -> None:
    run = bring(world, HEAD + "R1,More nurses,Yes\nR1,Fewer forms,Yes\nR1,More nurses,Yes\n")
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.file_run(db, here, run.id)
        imports.correct(db, here, mine, {"Reference": "reference"}, by=world.person("olu"))
    start(world, run)
    drain()
    run = run_of(world, run)
    assert numbers(run) == (1, 1, 1)
    [(row, reason)] = reasons(world, run)
    assert row == 3
    assert "“R1” stands at two rows" in reason


def test_a_row_that_has_changed_since_is_said(world: World, drain: Drain) -> None:
    taken(world, drain, THREE)
    run = taken(world, drain, THREE.replace("Open on Sundays", "Open on Mondays"))
    assert numbers(run) == (0, 2, 1)
    assert "came in before with other words" in reasons(world, run)[0][1]


def test_rows_that_cannot_be_taken_are_numbered_as_a_spreadsheet_does(
    world: World, drain: Drain
) -> None:
    file = HEAD + "R1,Fine,Yes\nR2,,\n\nR4,Good,Perhaps\n1.44E+18,Mangled,Yes\n"
    run = taken(world, drain, file)
    assert run.taken == 1
    said = dict(reasons(world, run))
    assert said[3] == "No question is answered."
    assert said[4] == "The row is empty."
    assert "“Perhaps” is not an option" in said[5]
    assert "shortened by Excel" in said[6]
    assert run.taken + run.known + run.skipped == run.done


def test_reading_goes_on_from_the_last_batch_kept(
    world: World, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "BATCH", 2)
    file = "What should change?\n" + "".join(f"Idea {n % 3}\n" for n in range(9))
    run = bring(world, file)
    start(world, run)
    calls, keep = [], filing.keep_batch

    def breaks(*args: object, **more: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the lights go out")
        keep(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(filing, "keep_batch", breaks)
    with pytest.raises(RuntimeError):
        drain()
    assert (run_of(world, run).done, run_of(world, run).state) == (4, RunState.FAILED)
    monkeypatch.setattr(filing, "keep_batch", keep)
    jobs.run_now(world.engine, "imports.read_file", run_id=run.id)
    assert numbers(run_of(world, run)) == (9, 0, 0)
    assert len(kept(world)) == 9


def test_a_dry_run_says_what_would_come_of_it_and_takes_nothing(world: World, drain: Drain) -> None:
    taken(world, drain, THREE)
    run = bring(world, THREE + "R4,New,Yes\nR5,Bad,Perhaps\nR4,New,Yes\n")
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.file_run(db, here, run.id)
        imports.try_out(db, here, mine, by=world.person("ana"))
    drain()
    trial = run_of(world, run).trial
    assert trial["state"] == "done"
    assert (trial["taken"], trial["known"], trial["skipped"]) == (1, 4, 1)
    assert counts(world)["received:response"] == 3


def test_other_columns_of_the_same_file_would_count_everyone_twice(
    world: World, drain: Drain
) -> None:
    file = "What should change?,Area\nMore nurses,Leeds\n"
    taken(world, drain, file)
    run = bring(world, file)
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.file_run(db, here, run.id)
        imports.correct(db, here, mine, {"Area": ""}, by=world.person("olu"))
    with pytest.raises(Conflict, match="count everyone twice"):
        start(world, run)


def test_an_observer_brings_nothing_and_a_ground_is_asked(world: World) -> None:
    upload = imports.Upload("x.csv", 1, "0" * 64)
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        with pytest.raises(NotAllowed):
            imports.bring(
                db, here, upload, Provenance(ground_words="x"), by=world.person("obi"), at=world.at
            )
    with pytest.raises(Invalid, match="on what ground"):
        bring(world, THREE, ground=None)


def test_what_a_file_brings_waits_for_a_moderator(world: World, drain: Drain) -> None:
    taken(world, drain, THREE)
    assert counts(world)["queue:clear"] == 3
    assert counts(world)["standing:response:waiting"] == 3
