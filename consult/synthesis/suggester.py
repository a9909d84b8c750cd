"""One run of the suggester over all answers of a consultation, in batches that each are kept.

Two passes: the first finds phrases in an even sample, the second finds where they stand in every
text. What cannot be read is listed with the reason, so that taken in = done + excepted. Running it
again begins again; what people made is never touched.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from consult.contributions import Answer, Contribution
from consult.db import insert, new_id
from consult.jobs import OpenDb
from consult.lib import keyphrases
from consult.lib.keyphrases import Group
from consult.synthesis.models import (
    Answered,
    MachineException,
    MachineRun,
    SuggestedCoding,
    Suggestion,
)

BATCH = 1_000
"""Contributions read in one go: some megabytes, and a transaction of well under a second."""

SAMPLE = 50_000
"""Texts held in memory for choosing phrases; of more than twice as many, every second, fourth … is."""

STOPPED = (
    "It stopped at an error. It is tried again by itself; if this stays here, ask for it anew."
)


class Text(NamedTuple):
    """An answer to be read."""

    answer_id: UUID
    contribution_id: UUID
    words: str


def suggest(open_db: OpenDb, run_id: UUID) -> None:
    """Fill a run with suggestions, which take the place of earlier ones that nobody answered."""
    try:
        here = _begin(open_db, run_id)
        sample = _sample(open_db, here)
        groups = keyphrases.choose(sample)
        made = _announce(open_db, run_id, groups, len(sample))
        seen = sum(_locate(open_db, run_id, texts, groups, made) for texts in _texts(open_db, here))
        _finish(open_db, run_id, seen)
    except Exception:
        with open_db() as db:
            db.get_one(MachineRun, run_id).trouble = STOPPED
        raise


def _begin(open_db: OpenDb, run_id: UUID) -> UUID:
    with open_db() as db:
        _clear(db, col(Suggestion.run_id) == run_id)
        db.execute(delete(MachineException).where(col(MachineException.run_id) == run_id))
        run = db.get_one(MachineRun, run_id)
        run.done = run.excepted = 0
        run.trouble, run.finished_at = "", None
        run.taken_in = db.exec(
            select(func.count())
            .select_from(Answer)
            .join(Contribution, col(Contribution.id) == col(Answer.contribution_id))
            .where(Contribution.consultation_id == run.consultation_id, Answer.text != "")
        ).one()
        db.add(run)
        return run.consultation_id


def _texts(open_db: OpenDb, consultation_id: UUID) -> Iterator[list[Text]]:
    """Every answer in words, batch by batch; choices and scales are no texts."""
    last: UUID | None = None
    while True:
        with open_db() as db:
            ids = _next_ids(db, consultation_id, last)
            found = db.exec(
                select(Answer.id, Answer.contribution_id, Answer.text)
                .where(col(Answer.contribution_id).in_(ids), Answer.text != "")
                .order_by(col(Answer.contribution_id), col(Answer.id))
            ).all()
        if not ids:
            return
        last = ids[-1]
        yield [Text(*one) for one in found]


def _next_ids(db: Session, consultation_id: UUID, last: UUID | None) -> Sequence[UUID]:
    ids = select(Contribution.id).where(Contribution.consultation_id == consultation_id)
    if last is not None:
        ids = ids.where(col(Contribution.id) > last)
    return db.exec(ids.order_by(col(Contribution.id)).limit(BATCH)).all()


def _sample(open_db: OpenDb, consultation_id: UUID) -> list[str]:
    kept: list[str] = []
    step, seen = 1, 0
    for batch in _texts(open_db, consultation_id):
        for text in batch:
            if keyphrases.why_not(text.words) is None:
                if seen % step == 0:
                    kept.append(text.words)
                seen += 1
        while len(kept) > 2 * SAMPLE:
            kept, step = kept[::2], step * 2
    return kept


def _announce(
    open_db: OpenDb, run_id: UUID, groups: Sequence[Group], sample: int
) -> list[UUID | None]:
    """Write down the suggestions but for those people have answered before; their ids by group."""
    with open_db() as db:
        run = db.get_one(MachineRun, run_id)
        answered = _answered_before(db, run.consultation_id)
        ids = [None if one.name.casefold() in answered else new_id() for one in groups]
        left_out = [one.name for one, made in zip(groups, ids, strict=True) if made is None]
        run.settings = {**run.settings, "texts_for_phrases": sample, "left_out": left_out}
        db.add(run)
        for made, group in zip(ids, groups, strict=True):
            if made:
                db.add(
                    Suggestion(
                        id=made,
                        consultation_id=run.consultation_id,
                        run_id=run_id,
                        name=group.name[:120],
                        terms=list(group.terms),
                    )
                )
        return ids


def _answered_before(db: Session, consultation_id: UUID) -> set[str]:
    names = select(Suggestion.name).where(
        Suggestion.consultation_id == consultation_id, Suggestion.answered != Answered.WAITING
    )
    return {name.casefold() for name in db.exec(names)}


def _locate(
    open_db: OpenDb,
    run_id: UUID,
    texts: list[Text],
    groups: Sequence[Group],
    made: Sequence[UUID | None],
) -> int:
    """Find the phrases in a batch and list what cannot be read; returns how many texts that was."""
    reasons = {one: reason for one in texts if (reason := keyphrases.why_not(one.words))}
    readable = [(one, one.words) for one in texts if one not in reasons]
    places = [
        (suggestion, span)
        for number, spans in keyphrases.locate(readable, groups)
        if (suggestion := made[number])
        for span in spans
    ]
    with open_db() as db:
        # Held, because an author may take one back meanwhile.
        there = _still_there(db, texts)
        _insert(db, SuggestedCoding, [_coding(s, p) for s, p in places if p.id.answer_id in there])
        odd = {one: reason for one, reason in reasons.items() if one.answer_id in there}
        _except(db, run_id, odd)
        run = db.get_one(MachineRun, run_id)
        run.excepted += len(odd)
        run.done += sum(one.answer_id in there for one, _ in readable)
        db.add(run)
        return len(there)


def _still_there(db: Session, texts: list[Text]) -> set[UUID]:
    ids = [one.answer_id for one in texts]
    found: set[UUID] = set()
    for first in range(0, len(ids), BATCH):
        some = select(Answer.id).where(col(Answer.id).in_(ids[first : first + BATCH]))
        found.update(db.exec(some.with_for_update(read=True, key_share=True)))
    return found


def _coding(suggestion_id: UUID, span: keyphrases.Span[Text]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "suggestion_id": suggestion_id,
        "contribution_id": span.id.contribution_id,
        "answer_id": span.id.answer_id,
        "start": span.start,
        "end": span.end,
        "answered": Answered.WAITING,
    }


def _except(db: Session, run_id: UUID, reasons: dict[Text, str]) -> None:
    """List them; what a person has seen to in an earlier run need not be seen to again."""
    ids = [one.answer_id for one in reasons]
    seen_to = {
        (one.answer_id, one.reason): one
        for one in db.exec(
            select(MachineException)
            .where(col(MachineException.answer_id).in_(ids))
            .where(col(MachineException.handled_at).is_not(None))
        )
    }
    rows = []
    for one, reason in reasons.items():
        before = seen_to.get((one.answer_id, reason))
        rows.append(
            {
                "id": new_id(),
                "run_id": run_id,
                "contribution_id": one.contribution_id,
                "answer_id": one.answer_id,
                "reason": reason,
                "handled_at": before.handled_at if before else None,
                "handled_by": before.handled_by if before else None,
            }
        )
    _insert(db, MachineException, rows)


def _insert(db: Session, kind: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(insert(db, kind), rows)


def _finish(open_db: OpenDb, run_id: UUID, seen: int) -> None:
    with open_db() as db:
        for suggestion in db.exec(select(Suggestion).where(Suggestion.run_id == run_id)):
            suggestion.found = db.exec(
                select(func.count(func.distinct(SuggestedCoding.contribution_id))).where(
                    SuggestedCoding.suggestion_id == suggestion.id
                )
            ).one()
            db.add(suggestion)
        run = db.get_one(MachineRun, run_id)
        run.taken_in, run.finished_at = seen, datetime.now(UTC)
        db.add(run)
        here = col(Suggestion.consultation_id) == run.consultation_id
        _clear(db, here & (col(Suggestion.run_id) != run_id))


def _clear(db: Session, which: Any) -> None:
    """Take away suggestions nobody has answered, with their marks."""
    db.execute(delete(Suggestion).where(which, col(Suggestion.answered) == Answered.WAITING))
