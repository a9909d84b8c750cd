"""kill -9 at the worst moments: nothing is published by half, and nobody gets two letters."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import func, select

from consult import decisions, jobs, letters
from consult import settings as settings_module
from consult.decisions import LedgerEntry, Publication
from consult.letters import Letter, LetterState
from consult.settings import Settings
from tests.conftest import World
from tests.decisions.conftest import Desk
from tests.jobs.marks import until
from tests.letters.conftest import Postbox

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk(world)
    desk.link(desk.write(), *(desk.say(email=f"p{n}@example.org") for n in range(5)))
    desk.close()
    return desk


def kill_at(where: str, settings: Settings) -> None:
    """Let a worker of its own run until the moment, and kill it there."""
    given = {
        "PYTHONPATH": str(ROOT),
        "CONSULT_DATA": str(settings.data),
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_SECRET": settings.secret,
        "CONSULT_SMTP_URL": settings.smtp_url,
        "CONSULT_BASE_URL": settings.base_url,
    }
    worker = subprocess.Popen(
        [sys.executable, ROOT / "tests/letters/crashing.py", where],
        env={**os.environ, **given},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    try:
        assert worker.stdout.readline() == "now\n"
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()


def sent_to(desk: Desk, *states: LetterState) -> list[str]:
    with desk.open() as (db, _):
        found = db.exec(select(Letter)).all()
        return sorted(letters.contents(one)[0] for one in found if one.state in states)


EVERYONE = [f"p{n}@example.org" for n in range(5)]


def test_a_publication_killed_in_its_middle_leaves_nothing_and_is_made_once_afterwards(
    desk: Desk, settings: Settings
) -> None:
    with desk.open() as (db, here):
        decisions.ask_to_publish(db, here, 1, by=desk.olu, at=desk.at)
    kill_at("publishing", settings)

    def made() -> tuple[int, int, str]:
        with desk.open() as (db, here):
            publications = db.exec(select(func.count()).select_from(Publication)).one()
            lines = db.exec(select(func.count()).select_from(LedgerEntry)).one()
            return publications, lines, here.state.value

    assert made() == (0, 0, "closed")
    with jobs.Worker().start(settings.url, sweep=0.5):
        assert until(lambda: made() == (1, 5, "published"), 40)
        assert until(lambda: sent_to(desk, LetterState.KEPT) == EVERYONE, 40)


def test_writing_letters_killed_in_its_middle_writes_to_everyone_once(
    desk: Desk, settings: Settings
) -> None:
    desk.publish()
    kill_at("writing", settings)
    assert len(sent_to(desk, *LetterState)) == 2
    with jobs.Worker().start(settings.url, sweep=0.5):
        assert until(lambda: sent_to(desk, LetterState.KEPT) == EVERYONE, 40)
    assert sent_to(desk, *LetterState) == EVERYONE


def test_a_letter_cut_off_while_it_was_sent_is_left_to_a_person(
    desk: Desk, postbox: Postbox
) -> None:
    settings = settings_module.settings()
    desk.publish()
    kill_at("sending", settings)
    cut_off = len(sent_to(desk, LetterState.SENDING))
    assert cut_off >= 1
    with jobs.Worker().start(settings.url, sweep=0.5):
        assert until(lambda: len(sent_to(desk, LetterState.SENT, LetterState.UNSURE)) == 5, 40)
    assert sorted(to for to, _ in postbox.got) == EVERYONE
    assert len(sent_to(desk, LetterState.UNSURE)) == cut_off
