"""kill -9 of the whole site, web and worker, at any moment: nothing acknowledged is lost, nothing doubled."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from consult import consultations, contributions, decisions, identity
from consult import settings as settings_module
from consult.consultations import Consultation, NewConsultation, NewQuestion, QuestionKind, State
from consult.contributions import Consent, Contribution, NewContribution, Standing
from consult.db import make_engine, transaction
from consult.decisions import LedgerEntry, NewDecision, Publication, Verdict
from consult.identity import Person
from consult.imports import Run
from consult.letters import Letter, LetterState
from consult.moderation import Case
from consult.settings import Settings
from tests.conftest import World
from tests.journeys.running import Citizen, Site, until

DEMO = ["demo", "--port", "{port}", "--data", "{data}"]
SERVE = ["serve", "--alone", "--port", "{port}", "--data", "{data}"]
WORK = ["work", "--data", "{data}"]
ROWS, VOICES, WRITERS = 20_000, 200, 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, web and worker in one process, over a database of its own."""
    made = Site(tmp_path_factory.mktemp("killed"), [DEMO]).start()
    settings_module.adopt(Settings(data=made.data, demo=True, base_url=made.url))
    yield made
    made.kill()
    settings_module._adopted.clear()


@pytest.fixture(scope="module")
def books(site: Site) -> Iterator[Engine]:
    """The database itself, to count in."""
    made = make_engine(f"sqlite:///{site.data / 'consult.db'}")
    yield made
    made.dispose()


def somebody(db: Session, name: str = "olu") -> Person:
    found = identity.by_email(db, f"{name}@example.org")
    assert found
    return found


def ask(books: Engine, slug: str) -> None:
    """A consultation with one question, open."""
    at = datetime.now(UTC)
    with transaction(books) as db:
        olu = somebody(db)
        place = identity.organisation(db, "harrowdale")
        assert place
        new = NewConsultation(
            title=slug, summary="We ask.", opens_at=at, closes_at=at.replace(year=at.year + 1)
        )
        made = consultations.create(db, place.id, new, by=olu, at=at, slug=slug)
        question = NewQuestion(kind=QuestionKind.TEXT, title="What should change?", required=True)
        consultations.add_question(db, made, question, by=olu, at=at)
        consultations.open_to_public(db, made, by=olu, at=at)


def kept(books: Engine, slug: str) -> int:
    """How many contributions there are, by counting them; the running count has to say the same."""
    with transaction(books, readonly=True) as db:
        here = consultations.by_slug(db, slug)
        mine = select(func.count()).where(Contribution.consultation_id == here.id)
        found = db.exec(mine).one()
        assert consultations.counts(db, here.id).get("received:response", 0) == found
    return found


def all_are_kept_once(site: Site, books: Engine, slug: str, citizens: list[Citizen]) -> None:
    """Every receipt that was seen opens, a form sent again gives the same one, and there is no other."""
    receipts = {form: code for one in citizens for form, code in one.receipts.items()}
    assert len(set(receipts.values())) == len(receipts) == kept(books, slug)
    with site.client() as asks:
        for form, code in receipts.items():
            assert asks.get(code).status_code == 200
            again = asks.post(f"/consultations/{slug}/respond/check", data={"submission": form})
            assert again.headers["location"] == code
    assert kept(books, slug) == len(receipts)


def test_contributing_survives_a_kill(site: Site, books: Engine) -> None:
    ask(books, "kill-contributing")
    citizens = [Citizen(site, "kill-contributing", name).start() for name in ("Ada", "Bea", "Cy")]
    for _ in range(2):
        seen = sum(len(one.receipts) for one in citizens)
        until(lambda seen=seen: sum(len(one.receipts) for one in citizens) >= seen + 6)  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.2))
        site.kill()
        site.start()
    for one in citizens:
        one.stop()
    assert sum(one.broken for one in citizens) > 0, (
        "Nobody noticed: it was not killed in the middle."
    )
    all_are_kept_once(site, books, "kill-contributing", citizens)


def test_publishing_survives_kills_and_everyone_gets_one_letter(site: Site, books: Engine) -> None:
    people = [f"p{n}@example.org" for n in range(WRITERS)]
    ask(books, "kill-publishing")
    heard(books, "kill-publishing", people + [""] * (VOICES - WRITERS))
    with site.signed_in("olu") as olu:
        form = {"number": "1", "sure": "yes"}
        asked = olu.post("/office/consultations/kill-publishing/publications/make", data=form)
        assert asked.status_code == 303, asked.text
    for wait in (0.05, random.uniform(0.3, 0.8), random.uniform(0.3, 2.0)):
        time.sleep(wait)
        site.kill()
        site.start()
    until(lambda: letters_to(books, site) == Counter(people))
    published_once(books, "kill-publishing", VOICES)


def heard(books: Engine, slug: str, people: list[str]) -> None:
    """Everyone has spoken, one decision rests on all, and it only waits to be published."""
    at = datetime.now(UTC)
    with transaction(books) as db:
        here, olu = consultations.by_slug(db, slug), somebody(db)
        question = consultations.questions_of(db, here)[0]
        ids = [
            contributions.receive(
                db,
                here,
                NewContribution(
                    answers=[contributions.read_answer(question, ["More nurses who stay."])],
                    consent=Consent.NO_NAME,
                    email=email,
                ),
                submission=uuid4().hex,
                at=at,
            ).contribution.id
            for email in people
        ]
        written = decisions.write(db, here, DECIDED, by=olu, at=at)
        decisions.link(db, written, ids, by=olu, at=at)
        consultations.close(db, here, by=olu, at=at)


DECIDED = NewDecision(
    title="Nurses who stay",
    heard="A new face every month is hard.",
    verdict=Verdict.ACCEPTED,
    decided="Each family will have one named nurse.",
    why="It is what most people asked for.",
)


def letters_to(books: Engine, site: Site) -> Counter[str]:
    """Whom the letters in the outbox folder are to, of those that are done."""
    with transaction(books, readonly=True) as db:
        wanted = select(Letter.id).where(Letter.state == LetterState.KEPT)
        done = set(db.exec(wanted.where(Letter.key.startswith("publication:"))).all())  # type: ignore[attr-defined]
    files = {file.stem: file for file in (site.data / "outbox").glob("*.eml")}
    found = [recipient(files[str(one)]) for one in done if str(one) in files]
    return Counter(one for one in found if re.fullmatch(r"p\d+@example\.org", one))


def recipient(file: Path) -> str:
    return file.read_text().partition("\nTo: ")[2].partition("\n")[0].strip()


def published_once(books: Engine, slug: str, received: int) -> None:
    with transaction(books, readonly=True) as db:
        here = consultations.by_slug(db, slug)
        assert here.state == State.PUBLISHED
        mine = select(Publication).where(Publication.consultation_id == here.id)
        made = db.exec(mine).one()
        lines = select(LedgerEntry.contribution_id).where(LedgerEntry.publication_id == made.id)
        ids = db.exec(lines).all()
    assert made.number == 1
    assert len(set(ids)) == len(ids) == made.received == received
    assert sum(made.sums.values()) == received


def test_importing_survives_kills(site: Site, books: Engine) -> None:
    ask(books, "kill-importing")
    run = begin_import(site, "kill-importing")

    def read() -> Run:
        with transaction(books, readonly=True) as db:
            return db.get_one(Run, run)

    for share in (0.1, 0.5):
        until(lambda share=share: read().done >= share * ROWS)  # type: ignore[misc]
        assert read().done < ROWS, "The file was read before it could be killed."
        site.kill()
        site.start()
    until(lambda: read().state.value == "done")
    assert (read().taken, read().known, read().skipped) == (ROWS, 0, 0)
    assert kept(books, "kill-importing") == ROWS


def begin_import(site: Site, slug: str) -> UUID:
    here = f"/office/consultations/{slug}/imports/files"
    rows = "\n".join(f"R-{n},The bus is late in street {n}." for n in range(ROWS))
    content = f"Reference,What should change?\n{rows}\n"
    why = {"ground": "public_task", "came_from": "The letter box"}
    with site.signed_in("ana") as ana:
        brought = ana.post(here, data=why, files={"file": ("letters.csv", content.encode())})
        assert brought.status_code == 303, brought.text
        where = brought.headers["location"]
        assert ana.post(where, data={"then": "start"}).status_code == 303
    return UUID(where.rsplit("/", 1)[1])


def test_web_and_worker_apart_lose_nothing_either(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    given = {
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_SECRET": settings.secret,
        "CONSULT_DEMO": "false",
    }
    with transaction(world.engine) as db:
        for question in consultations.questions_of(db, here(db))[1:]:
            db.delete(question)
    apart = Site(tmp_path, [SERVE, WORK], given).start()
    try:
        citizens = [Citizen(apart, "dementia-plan", name).start() for name in ("Ada", "Bea")]
        until(lambda: sum(len(one.receipts) for one in citizens) >= 6)
        apart.kill()
        apart.start()
        for one in citizens:
            one.stop()
        all_are_kept_once(apart, world.engine, "dementia-plan", citizens)
        until(lambda: waiting(world) == 0)
    finally:
        apart.kill()


def here(db: Session) -> Consultation:
    return consultations.by_slug(db, "dementia-plan")


def waiting(world: World) -> int:
    """How many no job has screened yet."""
    with transaction(world.engine, readonly=True) as db:
        return db.exec(
            select(func.count(Contribution.id))  # type: ignore[arg-type]
            .outerjoin(Case, col(Case.contribution_id) == col(Contribution.id))
            .where(Contribution.consultation_id == here(db).id)
            .where(Contribution.standing == Standing.WAITING)
            .where(col(Case.id).is_(None))
        ).one()
