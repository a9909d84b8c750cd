"""Quoting people in a decision: the words themselves, tied to where they stand (promise 7)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult import audit
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Answer, Consent, Contribution, Standing
from consult.decisions.bases import link
from consult.decisions.models import Decision, How, Quotation
from consult.decisions.queries import by_id
from consult.errors import Conflict, Invalid, NotFound
from consult.identity import Person
from consult.lib import text

BLACKED = "█"
LONGEST = 1500


def quote(
    db: Session,
    decision: Decision,
    answer: Answer,
    start: int,
    end: int,
    *,
    by: Person,
    at: datetime,
) -> Quotation:
    """Quote the words between two positions of an answer; its contribution becomes a basis with it.

    Refused where the author lets us count but not publish, or where words are blacked out.
    """
    contribution = db.get_one(Contribution, answer.contribution_id)
    _refuse_unless_quotable(decision, contribution)
    words = answer.text[start:end] if 0 <= start < end <= len(answer.text) else ""
    _refuse_unless_words(words)
    link(db, decision, [contribution.id], how=How.SINGLE, by=by, at=at)
    made = Quotation(
        decision_id=decision.id,
        contribution_id=contribution.id,
        answer_id=answer.id,
        start=start,
        end=end,
        words=words,
    )
    db.add(made)
    audit.record(db, Action.DECISION_CHANGED, decision.id, at=at, by=by.id, what="quoted")
    db.flush()
    return made


def quote_words(
    db: Session, decision: Decision, answer: Answer, words: str, *, by: Person, at: datetime
) -> Quotation:
    """Quote words typed or pasted, where they stand in the answer exactly, and once."""
    words = text.tidy(words)
    if not words:
        raise Invalid("Enter the words to quote, copied from the answer.")
    places = _places(answer.text, words)
    if not places:
        raise Invalid(
            "These words do not stand in the answer exactly so. Copy them from it, letter for letter."
        )
    if len(places) > 1:
        raise Invalid(
            f"These words stand in the answer {len(places)} times. Add a word before or after, so "
            "that it is clear which are meant."
        )
    return quote(db, decision, answer, places[0], places[0] + len(words), by=by, at=at)


def unquote(
    db: Session, consultation: Consultation, quotation_id: UUID, *, by: Person, at: datetime
) -> Decision:
    """Take a quotation out again; the contribution stays a basis. Returns the decision it was in."""
    quotation = db.get(Quotation, quotation_id)
    if quotation is None:
        raise NotFound("That quotation is no longer here.")
    decision = by_id(db, consultation, quotation.decision_id)
    link(db, decision, [], by=by, at=at)  # asks whether this person may
    db.delete(quotation)
    audit.record(db, Action.DECISION_CHANGED, decision.id, at=at, by=by.id, what="unquoted")
    return decision


def fallen(db: Session, consultation: Consultation) -> Sequence[Quotation]:
    """Quotations whose words no longer stand where they were: redacted since, or not ours to show."""
    rows = db.exec(
        select(Quotation, Answer, Contribution)
        .join(Decision, col(Decision.id) == col(Quotation.decision_id))
        .join(Answer, col(Answer.id) == col(Quotation.answer_id))
        .join(Contribution, col(Contribution.id) == col(Quotation.contribution_id))
        .where(col(Decision.consultation_id) == consultation.id)
    )
    return [
        quotation
        for quotation, answer, contribution in rows
        if answer.text[quotation.start : quotation.end] != quotation.words
        or not _is_quotable(contribution)
    ]


def _is_quotable(contribution: Contribution) -> bool:
    gone = contribution.standing in (Standing.WITHDRAWN, Standing.WITHHELD)
    return contribution.consent != Consent.COUNT_ONLY and not gone


def _refuse_unless_quotable(decision: Decision, contribution: Contribution) -> None:
    if contribution.consultation_id != decision.consultation_id:
        raise NotFound("There is no such response in this consultation.")
    if not _is_quotable(contribution):
        raise Conflict(
            "These words may not be published: their author lets us count them only, or they were "
            "withheld. The response can still be a basis of the decision."
        )


def _refuse_unless_words(words: str) -> None:
    if not words.strip():
        raise Invalid("Choose at least one word of the answer to quote.")
    if BLACKED in words:
        raise Conflict("Part of these words is blacked out. Quote the words before or after it.")
    if len(words) > LONGEST:
        raise Invalid(
            f"A quotation may be {LONGEST:,} characters long; this is {len(words):,}. Choose a part."
        )


def _places(whole: str, words: str) -> list[int]:
    places, at = [], whole.find(words)
    while at >= 0:
        places.append(at)
        at = whole.find(words, at + 1)
    return places
