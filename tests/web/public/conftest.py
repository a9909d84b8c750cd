"""Browsers that take part, and small worlds of other kinds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from consult import consultations, contributions
from consult.consultations import (
    Consultation,
    Kind,
    Layout,
    NewConsultation,
    NewQuestion,
    QuestionKind,
)
from consult.contributions import Contribution, Standing
from consult.db import transaction
from tests.conftest import World

START = "/consultations/dementia-plan/respond"
SUBMISSION = re.compile(r'name="submission" value="([0-9a-f]{32})"')


@dataclass
class Citizen:
    """A browser going through the form; what it does is said in words."""

    client: TestClient
    start: str = START
    about: dict[str, str] = field(default_factory=lambda: {"consent": "no_name"})

    def answer(self, text: str = "More nurses who stay.") -> None:
        self.client.post(self.start)
        assert self.client.post(f"{self.start}/1", data={"q1": text}).status_code == 303
        for step in (2, 3, 4):
            self.client.post(f"{self.start}/{step}", data={})

    def tell(self, **about: str) -> None:
        said = {**self.about, **about}
        assert self.client.post(f"{self.start}/about", data=said).status_code == 303

    def submission(self) -> str:
        found = SUBMISSION.search(self.client.get(f"{self.start}/check").text)
        assert found
        return found[1]

    def send(self, submission: str) -> str:
        answer = self.client.post(f"{self.start}/check", data={"submission": submission})
        assert answer.status_code == 303
        return answer.headers["location"]

    def take_part(self, text: str = "More nurses who stay.", **about: str) -> str:
        """All of it; returns the receipt's address."""
        self.answer(text)
        self.tell(**about)
        return self.send(self.submission())


@pytest.fixture
def citizen(client: TestClient, world: World) -> Citizen:
    return Citizen(client)


@pytest.fixture
def another(app: Starlette, world: World) -> Citizen:
    client = TestClient(app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
    return Citizen(client)


@pytest.fixture
def show(world: World) -> Callable[[Contribution], None]:
    """Let the public read a contribution."""

    def shown(one: Contribution, standing: Standing = Standing.SHOWN) -> None:
        with transaction(world.engine) as db:
            contributions.stand(db, db.get_one(Contribution, one.id), standing)

    return shown


@pytest.fixture
def kept(world: World) -> Callable[[], list[Contribution]]:
    """Every contribution there is."""

    def all_of_them() -> list[Contribution]:
        with transaction(world.engine, readonly=True) as db:
            return list(db.exec(select(Contribution)).all())

    return all_of_them


@pytest.fixture
def close(world: World) -> Callable[[], None]:
    """Close the consultation."""

    def closed() -> None:
        with transaction(world.engine) as db:
            here = consultations.by_slug(db, "dementia-plan")
            consultations.close(db, here, by=world.person("olu"), at=datetime.now(UTC))

    return closed


@pytest.fixture
def call(world: World) -> Consultation:
    """A call for questions, all on one page."""
    at = datetime.now(UTC)
    asked = NewConsultation(
        title="What should I ask the minister?",
        summary="I will put your questions in June.",
        kind=Kind.QUESTIONS,
        layout=Layout.ALL_ON_ONE,
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=9),
    )
    by = world.person("mia")
    with transaction(world.engine) as db:
        made = consultations.create(db, world.council.id, asked, by=by, at=at, slug="ask")
        question = NewQuestion(kind=QuestionKind.TEXT, title="Your question?", required=True)
        consultations.add_question(db, made, question, by=by, at=at)
        consultations.open_to_public(db, made, by=by, at=at)
    return made
