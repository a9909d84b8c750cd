"""Making decisions public: an immutable numbered publication, with the ledger and its signature."""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from consult import audit, consultations, jobs
from consult.audit import Action
from consult.consultations import Consultation
from consult.contributions import Contribution, group
from consult.db import insert_rows, new_id
from consult.decisions import proofs, rules
from consult.decisions.accounts import lock
from consult.decisions.models import (
    Basis,
    Decision,
    LedgerEntry,
    Outcome,
    OutcomeKind,
    Publication,
    Quotation,
)
from consult.decisions.obstacles import true_obstacles, unsettled_withdrawals
from consult.decisions.outcomes import withdraw_all
from consult.decisions.queries import basis_counts, newest, of_consultation
from consult.errors import Conflict, require
from consult.identity import Person, roles_in
from consult.lib.merkle import Tree

BATCH = 5000


class Line(NamedTuple):
    """A line of the ledger in the making."""

    salt: str
    contribution_id: UUID
    group: str
    kind: OutcomeKind
    reason: str
    decisions: list[str]


def publish(db: Session, consultation: Consultation, *, by: Person, at: datetime) -> Publication:
    """Make what was decided public, with the account of every contribution, and have letters written.

    All of it appears together or not at all, and never changes afterwards; a further publication
    may follow. Refused, with everything that stands in the way, while anything does.
    """
    _may_publish(db, consultation, by)
    lock(db, consultation)
    withdraw_all(db, consultation, unsettled_withdrawals(consultation), at=at)
    standing = true_obstacles(db, consultation)
    if standing:
        raise Conflict(" ".join(["This cannot be published yet.", *(o.sentence for o in standing)]))
    made = _make(db, consultation, by, at)
    consultations.publish(db, consultation, by=by, at=at)
    audit.record(
        db, Action.PUBLICATION_MADE, made.id, at=at, by=by.id, number=made.number, root=made.root
    )
    jobs.enqueue(db, "decisions.write_letters", key=str(made.id), publication_id=made.id)
    return made


def ask_to_publish(
    db: Session, consultation: Consultation, number: int, *, by: Person, at: datetime
) -> None:
    """Have it published by a job, because a million lines take a while.

    `number` is the one the person saw announced: a second click finds it taken and publishes nothing.
    """
    _may_publish(db, consultation, by)
    if number != next_number(db, consultation):
        raise Conflict(f"Publication {number} has been made already. Nothing was published twice.")
    key = f"{consultation.id}:{number}:{consultation.revision}"
    jobs.enqueue(
        db,
        "decisions.publish",
        key=key,
        consultation_id=consultation.id,
        number=number,
        by_id=by.id,
    )


def next_number(db: Session, consultation: Consultation) -> int:
    """The number that the next publication will have."""
    last = newest(db, consultation)
    return last.number + 1 if last else 1


def _may_publish(db: Session, consultation: Consultation, by: Person) -> None:
    require(rules.may_decide(roles_in(db, by, consultation.organisation_id), consultation))


def _make(db: Session, consultation: Consultation, by: Person, at: datetime) -> Publication:
    lines = sorted(_lines(db, consultation))
    tree = Tree(
        proofs.leaf(one.contribution_id, one.kind, one.reason, one.decisions, one.salt)
        for one in lines
    )
    made = Publication(
        consultation_id=consultation.id,
        number=next_number(db, consultation),
        at=at,
        by=by.id,
        received=len(lines),
        sums=dict(Counter(f"{one.group}:{one.kind.value}" for one in lines)),
        decisions=_as_published(db, consultation),
        root=tree.root.hex(),
        branches=proofs.branches(tree),
        signature="",
    )
    made.signature = proofs.sign(made, consultation)
    db.add(made)
    db.flush()
    _keep(db, made, lines)
    return made


def _lines(db: Session, consultation: Consultation) -> Iterator[Line]:
    """A line for every contribution. Sorted by their random salts, their order tells nothing of time."""
    reached = _reached(db, consultation)
    rows = db.execute(
        columns(
            col(Contribution.id),
            col(Contribution.channel),
            col(Outcome.kind),
            col(Outcome.reason),
            col(Outcome.ground),
        )
        .join(Outcome, col(Outcome.contribution_id) == col(Contribution.id))
        .where(col(Contribution.consultation_id) == consultation.id)
        .execution_options(yield_per=BATCH)
    )
    for contribution_id, channel, kind, reason, ground in rows:
        why = reason or (ground if kind == OutcomeKind.WITHHELD else "")
        decisions = reached.get(contribution_id, [])
        yield Line(secrets.token_hex(16), contribution_id, group(channel), kind, why, decisions)


def _reached(db: Session, consultation: Consultation) -> dict[UUID, list[str]]:
    rows = db.execute(
        select(col(Basis.contribution_id), col(Basis.decision_id))
        .join(Decision, col(Decision.id) == col(Basis.decision_id))
        .where(col(Decision.consultation_id) == consultation.id)
        .order_by(col(Decision.position))
        .execution_options(yield_per=BATCH)
    )
    found: dict[UUID, list[str]] = {}
    for contribution_id, decision_id in rows:
        found.setdefault(contribution_id, []).append(str(decision_id))
    return found


def _keep(db: Session, publication: Publication, lines: Sequence[Line]) -> None:
    for start in range(0, len(lines), BATCH):
        rows = [
            {
                "id": new_id(),
                "publication_id": publication.id,
                "position": start + place,
                "contribution_id": one.contribution_id,
                "kind": one.kind,
                "reason": one.reason,
                "decisions": one.decisions,
                "salt": one.salt,
            }
            for place, one in enumerate(lines[start : start + BATCH])
        ]
        insert_rows(db, LedgerEntry, rows)


def _as_published(db: Session, consultation: Consultation) -> list[dict[str, Any]]:
    """The words of each decision, how many it rests on, and where its quotations stand.

    The quoted words themselves are not copied: whoever withdraws theirs takes them out of every version.
    """
    counts = basis_counts(db, consultation)
    decisions = of_consultation(db, consultation)
    quoted = _quoted(db, decisions)
    return [
        {
            "id": str(one.id),
            "title": one.title,
            "heard": one.heard,
            "verdict": one.verdict.value,
            "decided": one.decided,
            "why": one.why,
            "bases": counts.get(one.id, {}),
            "quotations": quoted.get(one.id, []),
        }
        for one in decisions
    ]


def _quoted(db: Session, decisions: Sequence[Decision]) -> dict[UUID, list[dict[str, Any]]]:
    ids = [one.id for one in decisions]
    found: dict[UUID, list[dict[str, Any]]] = {}
    every = select(Quotation).where(col(Quotation.decision_id).in_(ids)).order_by(col(Quotation.id))
    for one in db.exec(every):
        place = {
            "contribution": str(one.contribution_id),
            "answer": str(one.answer_id),
            "start": one.start,
            "end": one.end,
        }
        found.setdefault(one.decision_id, []).append(place)
    return found
