"""Reading what was imported: runs, and the rows that were not taken."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from consult.consultations import Consultation
from consult.imports.models import FileRow, Run, SkippedRow


def file_runs(
    db: Session, consultation: Consultation, *, limit: int, offset: int = 0
) -> Sequence[Run]:
    """The files brought, newest first."""
    return db.exec(
        select(Run)
        .where(Run.consultation_id == consultation.id)
        .where(col(Run.source_id).is_(None))
        .order_by(col(Run.id).desc())
        .limit(limit)
        .offset(offset)
    ).all()


def source_runs(db: Session, consultation: Consultation, *, limit: int) -> Sequence[Run]:
    """The readings of hashtags that found something, newest first."""
    return db.exec(
        select(Run)
        .where(Run.consultation_id == consultation.id)
        .where(col(Run.source_id).is_not(None))
        .order_by(col(Run.id).desc())
        .limit(limit)
    ).all()


def skipped_rows(
    db: Session, run: Run, *, limit: int = 10_000, offset: int = 0
) -> Sequence[SkippedRow]:
    """The rows not taken, with the reason, in the order of the file."""
    return db.exec(
        select(SkippedRow)
        .where(SkippedRow.run_id == run.id)
        .order_by(col(SkippedRow.row))
        .limit(limit)
        .offset(offset)
    ).all()


def file_row_of(db: Session, contribution_id: UUID) -> FileRow | None:
    """The row of a file that a contribution came from."""
    return db.exec(select(FileRow).where(FileRow.contribution_id == contribution_id)).first()
