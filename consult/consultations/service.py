"""Writing a consultation and taking it from draft to published."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, field_validator, model_validator
from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.consultations import rules
from consult.consultations.models import (
    Consultation,
    Kind,
    Layout,
    Moderation,
    Question,
    QuestionKind,
    State,
)
from consult.consultations.queries import questions_of
from consult.errors import Conflict, NotFound, require
from consult.identity import Person, roles_in
from consult.lib import html, text


class NewConsultation(BaseModel):
    """What an official writes to begin with."""

    title: str = Field(min_length=1, max_length=200)
    summary: str = Field(default="", max_length=1000)
    background: str = Field(default="", max_length=100_000)
    kind: Kind = Kind.PROPOSALS
    topic: str = Field(default="", max_length=80)
    hashtags: list[str] = Field(default_factory=list)
    layout: Layout = Layout.ONE_PER_PAGE
    moderation: Moderation = Moderation.BEFORE
    opens_at: datetime
    closes_at: datetime

    @field_validator("hashtags")
    @classmethod
    def without_hash(cls, tags: list[str]) -> list[str]:
        return list(dict.fromkeys(tag.strip().lstrip("#") for tag in tags if tag.strip("# ")))

    @model_validator(mode="after")
    def in_order(self) -> "NewConsultation":
        if self.closes_at <= self.opens_at:
            raise ValueError("The closing date must be later than the opening date.")
        return self


class NewQuestion(BaseModel):
    """One question as written."""

    kind: QuestionKind
    title: str = Field(min_length=1, max_length=500)
    hint: str = Field(default="", max_length=1000)
    required: bool = False
    options: list[str] = Field(default_factory=list)
    low: str = Field(default="", max_length=80)
    high: str = Field(default="", max_length=80)
    points: int = Field(default=5, ge=2, le=10)
    max_length: int = Field(default=10_000, ge=100, le=100_000)

    @model_validator(mode="after")
    def enough_options(self) -> "NewQuestion":
        if self.kind in (QuestionKind.ONE, QuestionKind.MANY) and len(set(self.options)) < 2:
            raise ValueError("Give at least two different options to choose from.")
        return self


def create(
    db: Session,
    organisation_id: UUID,
    new: NewConsultation,
    *,
    by: Person,
    at: datetime,
    slug: str = "",
) -> Consultation:
    """Begin a draft. Nobody outside the organisation sees it until it is opened."""
    require(rules.may_open(roles_in(db, by, organisation_id)))
    taken = set(db.exec(select(Consultation.slug)).all())
    made = Consultation(
        organisation_id=organisation_id,
        slug=slug or text.slug(new.title, taken),
        created_at=at,
        background_html=html.from_markdown(new.background),
        **new.model_dump(),
    )
    db.add(made)
    audit.record(db, Action.CONSULTATION_CREATED, made.id, at=at, by=by.id)
    db.flush()
    return made


def change(
    db: Session, consultation: Consultation, new: NewConsultation, *, by: Person, at: datetime
) -> None:
    """Rewrite a consultation. Once open, what it is and when it opened stay as they were."""
    require(rules.may_change(roles_in(db, by, consultation.organisation_id), consultation))
    fixed = set() if consultation.state == State.DRAFT else {"kind", "opens_at", "closes_at"}
    before = consultation.model_dump()
    for name, value in new.model_dump(exclude=fixed).items():
        setattr(consultation, name, value)
    consultation.background_html = html.from_markdown(new.background)
    changed = sorted(
        name for name in new.model_dump() if before[name] != getattr(consultation, name)
    )
    touch(db, consultation)
    audit.record(db, Action.CONSULTATION_CHANGED, consultation.id, at=at, by=by.id, fields=changed)


def open_to_public(db: Session, consultation: Consultation, *, by: Person, at: datetime) -> None:
    """Ask in public. From here on it can be closed but never become a draft again."""
    require(rules.may_open(roles_in(db, by, consultation.organisation_id)))
    consultation.open(at, questions=len(questions_of(db, consultation)))
    _moved(db, consultation, Action.CONSULTATION_OPENED, by, at)


def close(db: Session, consultation: Consultation, *, by: Person, at: datetime) -> None:
    """Take no more contributions; the closing date becomes now if it was later."""
    require(rules.may_open(roles_in(db, by, consultation.organisation_id)))
    consultation.close(at)
    _moved(db, consultation, Action.CONSULTATION_CLOSED, by, at)


def reopen(
    db: Session, consultation: Consultation, until: datetime, *, by: Person, at: datetime
) -> None:
    """Take contributions again until a later date."""
    require(rules.may_open(roles_in(db, by, consultation.organisation_id)))
    consultation.reopen(until, at)
    _moved(db, consultation, Action.CONSULTATION_REOPENED, by, at)


def extend(
    db: Session, consultation: Consultation, until: datetime, *, by: Person, at: datetime
) -> None:
    """Give people more time."""
    require(rules.may_open(roles_in(db, by, consultation.organisation_id)))
    consultation.extend(until)
    _moved(db, consultation, Action.CONSULTATION_CHANGED, by, at, fields=["closes_at"])


def publish(db: Session, consultation: Consultation, *, by: Person, at: datetime) -> None:
    """Mark it published; called by the publication, which checks that everyone is accounted for."""
    require(rules.may_publish(roles_in(db, by, consultation.organisation_id)))
    consultation.publish()
    touch(db, consultation)


def touch(db: Session, consultation: Consultation) -> None:
    """Raise the revision, so that no cached page outlives what it shows."""
    consultation.revision += 1
    db.add(consultation)


def add_question(
    db: Session, consultation: Consultation, new: NewQuestion, *, by: Person, at: datetime
) -> Question:
    """Ask one more question, at the end. Only in a draft: people must all have been asked the same."""
    _may_ask(db, consultation, by)
    last = max((one.position for one in questions_of(db, consultation)), default=0)
    made = Question(consultation_id=consultation.id, position=last + 1, **new.model_dump())
    db.add(made)
    _asked(db, consultation, by, at)
    return made


def change_question(
    db: Session,
    consultation: Consultation,
    question: Question,
    new: NewQuestion,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Reword a question while nobody has seen it."""
    _may_ask(db, consultation, by)
    for name, value in new.model_dump().items():
        setattr(question, name, value)
    db.add(question)
    _asked(db, consultation, by, at)


def remove_question(
    db: Session, consultation: Consultation, question_id: UUID, *, by: Person, at: datetime
) -> None:
    """Take a question out of a draft."""
    _may_ask(db, consultation, by)
    db.delete(_question(db, consultation, question_id))
    _asked(db, consultation, by, at)


def move_question(
    db: Session,
    consultation: Consultation,
    question_id: UUID,
    up: bool,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Swap a question with its neighbour."""
    _may_ask(db, consultation, by)
    ordered = list(questions_of(db, consultation))
    here = ordered.index(_question(db, consultation, question_id))
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    one, other = ordered[here], ordered[there]
    places = one.position, other.position
    one.position = (
        0  # out of the way, because two questions may not share a place even for a moment
    )
    db.flush()
    other.position = places[0]
    db.flush()
    one.position = places[1]
    _asked(db, consultation, by, at)


def _question(db: Session, consultation: Consultation, question_id: UUID) -> Question:
    found = db.exec(
        select(Question).where(
            col(Question.id) == question_id, col(Question.consultation_id) == consultation.id
        )
    ).first()
    if found is None:
        raise NotFound("That question is no longer here.")
    return found


def _may_ask(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_change(roles_in(db, by, consultation.organisation_id), consultation))
    if consultation.state != State.DRAFT:
        raise Conflict("Questions can only be changed in a draft: everyone must be asked the same.")


def _asked(db: Session, consultation: Consultation, by: Person, at: datetime) -> None:
    db.flush()
    touch(db, consultation)
    audit.record(
        db, Action.CONSULTATION_CHANGED, consultation.id, at=at, by=by.id, fields=["questions"]
    )


def _moved(
    db: Session,
    consultation: Consultation,
    action: Action,
    by: Person,
    at: datetime,
    **details: Any,
) -> None:
    touch(db, consultation)
    audit.record(db, action, consultation.id, at=at, by=by.id, **details)
