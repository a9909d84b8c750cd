"""A published ledger as lines that anyone may have: no person's data, and the hash of every line."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from consult.contributions import Channel, Contribution
from consult.decisions.models import LedgerEntry, Publication
from consult.decisions.proofs import leaf_of
from consult.lib import merkle

COLUMNS = ("entry", "received month", "channel", "outcome", "decisions", "leaf hash")
BATCH = 2000


def ledger_rows(db: Session, publication: Publication) -> Iterator[tuple[object, ...]]:
    """The lines of a publication's ledger in their order, a few thousand in memory at a time."""
    numbers = {one["id"]: n for n, one in enumerate(publication.decisions, start=1)}
    for start in range(0, publication.received, BATCH):
        for entry, channel, month in _batch(db, publication.id, start):
            reached = " ".join(str(numbers[one]) for one in entry.decisions if one in numbers)
            line = merkle.leaf_hash(leaf_of(entry)).hex()
            yield entry.position + 1, month, channel, entry.kind.value, reached, line


def _batch(db: Session, publication_id: UUID, start: int) -> Iterator[tuple[LedgerEntry, str, str]]:
    rows = db.exec(
        select(LedgerEntry, col(Contribution.channel), col(Contribution.received_at))
        .join(Contribution, col(Contribution.id) == col(LedgerEntry.contribution_id), isouter=True)
        .where(LedgerEntry.publication_id == publication_id)
        .where(col(LedgerEntry.position) >= start)
        .where(col(LedgerEntry.position) < start + BATCH)
        .order_by(col(LedgerEntry.position))
    ).all()
    for entry, channel, received in rows:
        # An erased contribution keeps its line; when and how it came went with it.
        name = channel.value if isinstance(channel, Channel) else ""
        yield entry, name, received.strftime("%Y-%m") if received else ""
