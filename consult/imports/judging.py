"""What is to be done with each row of a batch: take it, know it already, or skip it with a reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from consult.contributions import Contribution
from consult.imports.models import FileRow
from consult.imports.readers import RowReader
from consult.imports.readers.rows import EMPTY
from consult.imports.readers.shapes import BadRow, Row, Skipped, Taken
from consult.imports.seen import Seen

CHANGED = (
    "The reference “{reference}” came in before with other words: the row has changed since, or the "
    "reference belongs to someone else. If the file comes from another form, do not read that column."
)
EMPTY_ROW = "The row is empty."


@dataclass(slots=True)
class Judged:
    """One row: what it says and its key, or the reason why it is skipped."""

    row: int
    taken: Taken | None = None
    key: str = ""
    reason: str = ""
    known: bool = False


def judged_rows(rows: Iterable[Row | BadRow], reader: RowReader, seen: Seen) -> Iterator[Judged]:
    """Each row as the file alone tells; whether it came in before is asked of the database."""
    for row in rows:
        if isinstance(row, BadRow):
            yield Judged(row.number, reason=row.reason)
            continue
        read = reader.read(row.cells)
        if isinstance(read, Skipped):
            reason = EMPTY_ROW if read.reason == EMPTY else read.reason
            yield Judged(row.number, reason=reason)
            continue
        key, had, reason = seen.key(read)
        yield Judged(row.number, None if reason else read, key, reason, known=had)


def look_up(db: Session, consultation_id: UUID, batch: Sequence[Judged]) -> None:
    """Mark those that came in before, and refuse those that came in with other words."""
    asking = [one for one in batch if one.taken and not one.known]
    before = _before(db, consultation_id, [one.key for one in asking])
    for one in asking:
        if one.key in before:
            _recognise(one, before[one.key])


def _recognise(one: Judged, digest: str | None) -> None:
    assert one.taken is not None
    if one.taken.reference and digest not in (None, one.taken.digest):
        one.reason = CHANGED.format(reference=one.taken.reference[:60])
        one.taken = None
    else:
        one.known = True


def _before(db: Session, consultation_id: UUID, keys: list[str]) -> dict[str, str | None]:
    """Key → digest of what has come in before, by whatever way."""
    found = db.execute(
        select(col(Contribution.submission), col(FileRow.digest))
        .outerjoin(FileRow, col(FileRow.contribution_id) == col(Contribution.id))
        .where(col(Contribution.consultation_id) == consultation_id)
        .where(col(Contribution.submission).in_(keys))
    )
    return {str(key): digest for key, digest in found}
