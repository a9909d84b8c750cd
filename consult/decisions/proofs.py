"""The published ledger as a tree of hashes: its lines, its signature, and the proof of one line."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.contributions import Contribution
from consult.decisions.models import LedgerEntry, OutcomeKind, Publication
from consult.errors import NotFound
from consult.lib import check_proof, merkle
from consult.settings import settings

BLOCK_HEIGHT = 10
BLOCK = 2**BLOCK_HEIGHT
NOT_IN_LEDGER = "This response is in no published ledger yet."


def leaf(
    contribution_id: UUID, kind: OutcomeKind, reason: str, decisions: list[str], salt: str
) -> bytes:
    """One line as it is hashed. It names nobody, and without its salt nobody can guess which it is."""
    return check_proof.canonical(_line(contribution_id, kind, reason, decisions, salt))


def leaf_of(entry: LedgerEntry) -> bytes:
    """The line of a ledger entry."""
    return leaf(entry.contribution_id, entry.kind, entry.reason, entry.decisions, entry.salt)


def branches(tree: merkle.Tree) -> list[str]:
    """The hash of each thousand lines; a smaller ledger has one, its root."""
    level = tree.levels[min(BLOCK_HEIGHT, len(tree.levels) - 1)]
    return [node.hex() for node in level]


def statement(publication: Publication, consultation: Consultation) -> dict[str, Any]:
    """What is signed: which publication, how large, which root, and how many came to what."""
    return {
        "consultation": consultation.slug,
        "publication": str(publication.id),
        "number": publication.number,
        "size": publication.received,
        "root": publication.root,
        "counts": publication.sums,
        "received": publication.received,
    }


def sign(publication: Publication, consultation: Consultation) -> str:
    """The installation's signature under the statement, hex."""
    signed = check_proof.statement(statement(publication, consultation))
    return merkle.sign(settings().key, signed).hex()


def public_key() -> str:
    """The key that checks our signatures, hex."""
    return merkle.public_key(settings().key).hex()


def publication_document(publication: Publication, consultation: Consultation) -> dict[str, Any]:
    """What a stranger needs to check the counts and the signature of a publication."""
    return {
        **statement(publication, consultation),
        "signature": publication.signature,
        "public_key": public_key(),
    }


def proof_document(
    db: Session, publication: Publication, contribution: Contribution
) -> dict[str, Any]:
    """What an author needs to check that theirs is in the ledger, and with which outcome.

    Reads the thousand lines around it, however long the ledger is.
    """
    entry = entry_of(db, publication, contribution.id)
    if entry is None:
        raise NotFound(NOT_IN_LEDGER)
    consultation = db.get_one(Consultation, publication.consultation_id)
    return {
        **publication_document(publication, consultation),
        "leaf": _line(entry.contribution_id, entry.kind, entry.reason, entry.decisions, entry.salt),
        "index": entry.position,
        "proof": [step.hex() for step in _path(db, publication, entry.position)],
    }


def entry_of(db: Session, publication: Publication, contribution_id: UUID) -> LedgerEntry | None:
    """The line of one contribution in a publication."""
    return db.exec(
        select(LedgerEntry)
        .where(LedgerEntry.publication_id == publication.id)
        .where(LedgerEntry.contribution_id == contribution_id)
    ).first()


def _path(db: Session, publication: Publication, position: int) -> list[bytes]:
    block, place = divmod(position, BLOCK)
    lines = db.exec(
        select(LedgerEntry)
        .where(LedgerEntry.publication_id == publication.id)
        .where(col(LedgerEntry.position) >= block * BLOCK)
        .where(col(LedgerEntry.position) < (block + 1) * BLOCK)
        .order_by(col(LedgerEntry.position))
    )
    below = merkle.Tree(leaf_of(one) for one in lines)
    above = merkle.Tree.over(bytes.fromhex(one) for one in publication.branches)
    return below.proof(place) + above.proof(block)


def _line(
    contribution_id: UUID, kind: OutcomeKind, reason: str, decisions: list[str], salt: str
) -> dict[str, Any]:
    return {
        "contribution": str(contribution_id),
        "outcome": kind.value,
        "reason": reason,
        "decisions": decisions,
        "salt": salt,
    }
