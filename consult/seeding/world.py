"""What the seeding of one consultation needs at hand."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from consult.consultations import Consultation, Question
from consult.contributions import Answer
from consult.identity import Organisation, Person
from consult.lib import paths


@dataclass
class Cast:
    """The people and organisations of the demo, by the keys of people.json."""

    people: dict[str, Person]
    organisations: dict[str, Organisation]


@dataclass
class World:
    """One consultation on its way in: its words, and what has been made of them so far."""

    db: Session
    now: datetime
    words: dict[str, Any]
    cast: Cast
    consultation: Consultation = field(init=False)
    questions: dict[str, Question] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    """Contribution ids by their keys in the file."""
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    """Answers by contribution key and question key."""
    themes: dict[str, UUID] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        return self.cast.people[key]

    @property
    def setter(self) -> Person:
        """Who asks: the official, or the MP for her own call."""
        return self.person("mia" if self.words["kind"] == "questions" else "olu")

    def moment(self, name: str) -> datetime:
        """A moment given in days from now."""
        return self.now + timedelta(days=self.words[name])

    def ago(self, days: float) -> datetime:
        """A moment so many days ago."""
        return self.now - timedelta(days=days)


def words_of(name: str) -> dict[str, Any]:
    """One file of the demo world."""
    file = paths.root() / "seed" / f"{name}.json"
    words: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return words
