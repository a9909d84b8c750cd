"""Reading provenance."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from consult.imports.models import Post


def posts_of(db: Session, contribution_ids: Sequence[UUID]) -> dict[UUID, Post]:
    """The provenance of each post on a page, by contribution."""
    found = db.exec(select(Post).where(col(Post.contribution_id).in_(contribution_ids)))
    return {one.contribution_id: one for one in found}
