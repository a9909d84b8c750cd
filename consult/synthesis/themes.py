"""The codebook: themes that people make, name, define and retire."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.consultations import Consultation
from consult.errors import Conflict, Invalid, NotFound, require
from consult.identity import Person, roles_in
from consult.lib import text
from consult.synthesis import rules
from consult.synthesis.models import Theme


def themes(db: Session, consultation: Consultation, *, retired: bool = False) -> Sequence[Theme]:
    """The themes in use, in the codebook's order; with `retired` those no longer used as well."""
    chosen = select(Theme).where(Theme.consultation_id == consultation.id)
    if not retired:
        chosen = chosen.where(col(Theme.retired_at).is_(None))
    return db.exec(chosen.order_by(col(Theme.position), col(Theme.id))).all()


def theme_by_id(db: Session, consultation: Consultation, theme_id: UUID) -> Theme:
    """One theme of this consultation, retired or not."""
    found = db.get(Theme, theme_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFound("There is no such theme in this consultation.")
    return found


def create_theme(
    db: Session,
    consultation: Consultation,
    name: str,
    definition: str = "",
    *,
    by: Person,
    at: datetime,
) -> Theme:
    """Add an idea to the codebook, at its end."""
    require_coder(db, consultation, by)
    made = Theme(
        consultation_id=consultation.id,
        name=_free_name(db, consultation.id, name),
        definition=_definition(definition),
        position=_last(db, consultation) + 1,
        made_by=by.id,
        made_at=at,
    )
    db.add(made)
    db.flush()
    _changed(db, made, "made", by, at)
    return made


def rename(
    db: Session, consultation: Consultation, theme: Theme, name: str, *, by: Person, at: datetime
) -> None:
    """Give a theme another name; what was coded with it stays coded."""
    require_coder(db, consultation, by)
    if text.tidy(name) != theme.name:
        theme.name = _free_name(db, theme.consultation_id, name, apart_from=theme)
        _changed(db, theme, "renamed", by, at)


def define(
    db: Session,
    consultation: Consultation,
    theme: Theme,
    definition: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say what a theme takes in and what it leaves out, so that two people code alike."""
    require_coder(db, consultation, by)
    if _definition(definition) != theme.definition:
        theme.definition = _definition(definition)
        _changed(db, theme, "defined", by, at)


def retire(
    db: Session, consultation: Consultation, theme: Theme, *, by: Person, at: datetime
) -> None:
    """Use a theme no more. What was coded with it stays, and so do its counts."""
    require_coder(db, consultation, by)
    if theme.retired_at is None:
        theme.retired_at = at
        _changed(db, theme, "retired", by, at)


def restore(
    db: Session, consultation: Consultation, theme: Theme, *, by: Person, at: datetime
) -> None:
    """Use a retired theme again."""
    require_coder(db, consultation, by)
    if theme.retired_at is not None:
        theme.retired_at = None
        _changed(db, theme, "restored", by, at)


def require_coder(db: Session, consultation: Consultation, by: Person) -> None:
    """Refuse those whose role only reads."""
    held = roles_in(db, by, consultation.organisation_id)
    require(
        rules.may_code(held, consultation),
        "Your role lets you read here, not mark. Ask an owner of your organisation for the role of analyst.",
    )


def named(db: Session, consultation_id: UUID, name: str) -> Theme | None:
    """The theme of this name, whatever its capitals."""
    return db.exec(
        select(Theme)
        .where(Theme.consultation_id == consultation_id)
        .where(func.lower(Theme.name) == name.lower())
    ).first()


def _free_name(
    db: Session, consultation_id: UUID, typed: str, apart_from: Theme | None = None
) -> str:
    name = " ".join(text.tidy(typed).split())
    if not text.has_words(name):
        raise Invalid("Enter a name for the theme.")
    if len(name) > 120:
        raise Invalid("A theme's name must be 120 characters or fewer.")
    known = named(db, consultation_id, name)
    if known is not None and known is not apart_from:
        again = " It was retired: bring it back instead." if known.retired_at else ""
        raise Conflict(f"There is a theme called “{known.name}” already.{again}")
    return name


def _definition(typed: str) -> str:
    try:
        return text.tidy(typed, 1000)
    except ValueError as wrong:
        raise Invalid(f"The definition: {wrong}") from None


def _last(db: Session, consultation: Consultation) -> int:
    last = select(func.max(Theme.position)).where(Theme.consultation_id == consultation.id)
    return db.exec(last).one() or 0


def _changed(db: Session, theme: Theme, what: str, by: Person, at: datetime) -> None:
    db.add(theme)
    audit.record(db, Action.THEME_CHANGED, theme.id, at=at, by=by.id, what=what)
