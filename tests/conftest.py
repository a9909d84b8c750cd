"""The cast: a database on each engine, an app over it, people in their roles, and a small consultation."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url
from starlette.applications import Starlette
from starlette.testclient import TestClient

from consult import consultations, contributions, identity, jobs, schema, work
from consult import settings as settings_module
from consult.app import make_app
from consult.consultations import Consultation, NewConsultation, NewQuestion, QuestionKind
from consult.contributions import Consent, NewContribution, Received
from consult.db import make_engine, transaction
from consult.identity import Organisation, Person, Role
from consult.settings import Settings
from tests.needs import postgresql

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
SECRET = "a secret for tests only, long enough"


@pytest.fixture(scope="session", autouse=True)
def _tasks() -> None:
    """Every job name is known from the start, so that a misspelt one is refused."""
    work.load_tasks()


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """TEST_DATABASE_URL, or a PostgreSQL server of our own with nothing to lose."""
    with postgresql.server() as url:
        yield url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def pg_template(pg_url: str) -> Iterator[str]:
    """A PostgreSQL database at the present schema, which each test copies."""
    name = f"template_{uuid4().hex[:8]}"
    _admin(pg_url, f"CREATE DATABASE {name}")
    _migrate(_database(pg_url, name))
    yield name
    _admin(pg_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the present schema, which each test copies."""
    path = tmp_path_factory.mktemp("template") / "consult.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database for one test, on each engine in turn."""
    yield from fresh_database(request, tmp_path)


def fresh_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A database of the kind the fixture's parameter names, and its end."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "consult.db")
        yield f"sqlite:///{folder / 'consult.db'}"
        return
    base, name = request.getfixturevalue("pg_url"), f"test_{uuid4().hex}"
    template = request.getfixturevalue("pg_template")
    _admin(base, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _database(base, name)
    _admin(base, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Iterator[Settings]:
    """The settings of one test's installation; outgoing fetches may reach this machine."""
    yield from adopted_settings(database_url, tmp_path)


def adopted_settings(database_url: str, folder: Path) -> Iterator[Settings]:
    """Settings over a database, adopted for as long as they are needed."""
    url = "" if database_url.startswith("sqlite") else database_url
    made = Settings(
        data=folder,
        database_url=url,
        secret=SECRET,
        demo=True,
        base_url="http://testserver",
        allow_private_fetch=True,
    )
    settings_module.adopt(made)
    yield made
    settings_module._adopted.clear()


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    made = make_engine(settings.url)
    yield made
    made.dispose()


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Starlette:
    return make_app(settings, engine)


@pytest.fixture
def client(app: Starlette) -> TestClient:
    """A browser that is not signed in. It follows no redirects, so that tests see them."""
    return TestClient(app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def drain(engine: Engine) -> Callable[[], int]:
    """Run every waiting job now, in this thread."""
    return lambda: jobs.drain(engine)


@dataclass(frozen=True)
class World:
    """The smallest world: one council, its staff, a stranger, and an open consultation."""

    engine: Engine
    at: datetime
    council: Organisation
    people: dict[str, Person]
    consultation: Consultation

    def person(self, name: str) -> Person:
        return self.people[name]


ROLES = {
    "olu": Role.OFFICIAL,
    "ana": Role.ANALYST,
    "mo": Role.MODERATOR,
    "mia": Role.MEMBER,
    "obi": Role.OBSERVER,
    "una": Role.OWNER,
}


@pytest.fixture
def world(engine: Engine) -> World:
    """Olu the official, Ana the analyst, Mo the moderator, Mia the MP, Obi the observer, Una the owner, Pat."""
    at = datetime.now(UTC)
    with transaction(engine) as db:
        council = identity.create_organisation(db, "harrowdale", "Harrowdale Council")
        people = {
            name: identity.create_person(db, f"{name}@example.org", name.title(), at=at)
            for name in (*ROLES, "pat")
        }
        for name, role in ROLES.items():
            identity.grant(db, people[name], council.id, role, at=at)
        asked = NewConsultation(
            title="A plan for dementia care",
            summary="We ask how care should change.",
            background="## Why\n\nPeople told us.",
            topic="Health",
            hashtags=["LivingWithDementia"],
            opens_at=at - timedelta(days=1),
            closes_at=at + timedelta(days=30),
        )
        by = people["olu"]
        made = consultations.create(db, council.id, asked, by=by, at=at, slug="dementia-plan")
        for question in QUESTIONS:
            consultations.add_question(db, made, question, by=by, at=at)
        consultations.open_to_public(db, made, by=by, at=at)
    return World(engine, at, council, people, made)


QUESTIONS = [
    NewQuestion(kind=QuestionKind.TEXT, title="What should change?", required=True),
    NewQuestion(kind=QuestionKind.ONE, title="Do you agree?", options=["Yes", "No", "Not sure"]),
    NewQuestion(
        kind=QuestionKind.MANY, title="Who helps you?", options=["Family", "Nurses", "Friends"]
    ),
    NewQuestion(kind=QuestionKind.SCALE, title="How well does it work?", low="Badly", high="Well"),
]

Contribute = Callable[..., Received]


@pytest.fixture
def contribute(world: World) -> Contribute:
    """Send a contribution in one sentence: `contribute("More nurses.", consent="name", name="Pat")`."""

    def send(text: str = "More nurses who stay.", **more: object) -> Received:
        with transaction(world.engine) as db:
            asked = consultations.questions_of(db, world.consultation)
            answers = [contributions.read_answer(asked[0], [text])]
            new = NewContribution(answers=answers, **{"consent": Consent.NO_NAME, **more})
            here = consultations.by_slug(db, world.consultation.slug)
            return contributions.receive(
                db, here, new, submission=uuid4().hex, at=datetime.now(UTC)
            )

    return send


@pytest.fixture
def sign_in(world: World, app: Starlette) -> Callable[[str], TestClient]:
    """A browser signed in as one of the cast: `sign_in("olu").get("/office")`."""

    def browser(name: str) -> TestClient:
        with transaction(world.engine) as db:
            token = identity.sign_in(
                db, world.person(name), provider="demo", device="tests", at=datetime.now(UTC)
            )
        return TestClient(
            app,
            follow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin"},
            cookies={"consult": token},
        )

    return browser


def _migrate(url: str) -> None:
    engine = make_engine(url)
    schema.migrate(engine)
    engine.dispose()


def _database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _admin(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
