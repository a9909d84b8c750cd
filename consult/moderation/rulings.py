"""One person's decision on what may be read, with its ground and reason, and taking it back at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import (
    Contribution,
    Standing,
    answers_of,
    redact,
    stand,
    unredact,
)
from consult.errors import Conflict, require
from consult.identity import Person, roles_in
from consult.moderation.models import Case, CaseState, Ruled, Ruling
from consult.moderation.new_ruling import NewRuling, Redaction
from consult.moderation.permissions import may_rule
from consult.moderation.queries import rulings_of
from consult.moderation.queue import case_of, join_pile, leave_pile

STANDING = {
    Ruled.PUBLISH: Standing.SHOWN,
    Ruled.REDACT: Standing.SHOWN,
    Ruled.HOLD: Standing.HELD,
    Ruled.WITHHOLD: Standing.WITHHELD,
}
DID = {
    Ruled.PUBLISH: "published it",
    Ruled.REDACT: "published it with words blacked out",
    Ruled.HOLD: "held it",
    Ruled.WITHHOLD: "withheld it",
}
UNDO_WITHIN = timedelta(minutes=10)


def rule(
    db: Session,
    contribution: Contribution,
    new: NewRuling,
    *,
    version: int,
    by: Person,
    at: datetime,
) -> Ruling:
    """Decide whether the public may read a contribution. It stays in the ledger and the analysis.

    `version` is that of the contribution the moderator saw; if somebody ruled meanwhile, they are told.
    """
    _begin(db, contribution, by)
    _still_current(db, contribution, version)
    spans = _by_answer(db, contribution, new.redactions)
    case = case_of(db, contribution) or _case(contribution, at)
    made = Ruling(
        contribution_id=contribution.id,
        ruled=new.ruled,
        ground=new.ground if new.ruled != Ruled.PUBLISH else "",
        reason=new.reason.strip(),
        redactions=[one.model_dump(mode="json") for one in new.redactions],
        test=new.test.model_dump() if new.test and new.ruled == Ruled.WITHHOLD else {},
        by=by.id,
        at=at,
        stood=contribution.standing,
        pile=case.pile if case.state == CaseState.OPEN else "",
    )
    db.add(made)
    if new.ruled == Ruled.REDACT:
        redact(db, contribution, spans, at=at)
    leave_pile(db, case, at)
    case.held = new.ruled == Ruled.HOLD
    if case.held:
        join_pile(db, case)
    _stand(db, contribution, STANDING[new.ruled])
    _tell(db, contribution, made.stood, new.ruled.value, _withheld_on([made]), made.ground, by, at)
    return made


def undo(db: Session, contribution: Contribution, *, by: Person, at: datetime) -> Ruling:
    """Take back one's own last ruling within ten minutes: all is as it was, and the log keeps both."""
    _begin(db, contribution, by)
    standing = rulings_of(db, contribution)
    last = _undoable(db, contribution, standing, by, at)
    earlier = standing[:-1]
    last.undone_at = at
    db.add(last)
    if last.ruled == Ruled.REDACT:
        _restore(db, contribution, earlier, at)
    case = case_of(db, contribution) or _case(contribution, at)
    leave_pile(db, case, at)
    case.held = last.pile == "held"
    if last.pile:
        join_pile(db, case)
    _stand(db, contribution, last.stood)
    _tell(
        db, contribution, STANDING[last.ruled], "undone", _withheld_on(earlier), last.ground, by, at
    )
    return last


def _begin(db: Session, contribution: Contribution, by: Person) -> None:
    consultation = db.get_one(Consultation, contribution.consultation_id)
    require(may_rule(roles_in(db, by, consultation.organisation_id)))
    # Two moderators on one case: the second waits here, and then sees what the first decided.
    db.refresh(contribution, with_for_update=True)
    if contribution.standing == Standing.WITHDRAWN:
        raise Conflict("Its author has withdrawn it, so there is nothing left to decide.")


def _still_current(db: Session, contribution: Contribution, version: int) -> None:
    if contribution.version == version:
        return
    before = rulings_of(db, contribution)
    if before and before[-1].by:
        raise Conflict(f"{_who(db, before[-1])} Look at it before you decide again.")
    raise Conflict("This response has changed meanwhile. Look at it again before you decide.")


def _who(db: Session, ruling: Ruling) -> str:
    name = db.get_one(Person, ruling.by).name
    return f"{name} has decided on this meanwhile, and {DID[ruling.ruled]}."


def _undoable(
    db: Session, contribution: Contribution, standing: Sequence[Ruling], by: Person, at: datetime
) -> Ruling:
    last = standing[-1] if standing else None
    if last is None:
        raise Conflict("There is no ruling to undo: it has been undone already.")
    if last.by != by.id:
        raise Conflict(f"{_who(db, last)} Only they can undo that; you can decide anew.")
    if at - last.at > UNDO_WITHIN:
        raise Conflict("More than ten minutes have passed. Decide anew: the log shows both.")
    return last


def _restore(
    db: Session, contribution: Contribution, earlier: Iterable[Ruling], at: datetime
) -> None:
    """Every word back, and then black again what an earlier ruling had blacked out."""
    unredact(db, contribution)
    kept = [Redaction(**one) for ruling in earlier for one in ruling.redactions]
    if kept:
        redact(db, contribution, _by_answer(db, contribution, kept), at=at)


def _stand(db: Session, contribution: Contribution, standing: Standing) -> None:
    # Raised even where the standing stays: its words may have changed, and what others saw is old.
    contribution.version += 1
    stand(db, contribution, standing)
    consultations.touch(db, db.get_one(Consultation, contribution.consultation_id))


def _withheld_on(standing: Sequence[Ruling]) -> str:
    """The ground it is now withheld on, or nothing."""
    last = standing[-1] if standing else None
    return last.ground if last and last.ruled == Ruled.WITHHOLD else ""


def _tell(
    db: Session,
    contribution: Contribution,
    before: Standing,
    ruled: str,
    withheld_on: str,
    ground: str,
    by: Person,
    at: datetime,
) -> None:
    action = Action.CONTRIBUTION_RULED
    audit.record(db, action, contribution.id, at=at, by=by.id, ruled=ruled, ground=ground)
    if Standing.WITHHELD in (before, contribution.standing):
        jobs.enqueue(
            db, "decisions.account_for_ruling", contribution_id=contribution.id, ground=withheld_on
        )


def _case(contribution: Contribution, at: datetime) -> Case:
    return Case(
        contribution_id=contribution.id,
        consultation_id=contribution.consultation_id,
        state=CaseState.CLOSED,
        opened_at=at,
    )


def _by_answer(
    db: Session, contribution: Contribution, redactions: Sequence[Redaction]
) -> dict[UUID, list[tuple[int, int]]]:
    lengths = {one.id: len(one.text) for one in answers_of(db, contribution)} if redactions else {}
    spans: dict[UUID, list[tuple[int, int]]] = {}
    for one in redactions:
        if not one.start < one.end <= lengths.get(one.answer_id, 0):
            raise Conflict("The words to black out are not where they were. Load the page again.")
        spans.setdefault(one.answer_id, []).append((one.start, one.end))
    return spans
