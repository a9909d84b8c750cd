"""Codes that open a contribution's private page without an account."""

from datetime import datetime

from sqlmodel import Session, col, select

from consult.contributions.models import Contribution, Receipt
from consult.errors import NotFound
from consult.lib import codes
from consult.settings import settings

NO_SUCH = "No response has this code. Check it against your receipt: it has no letters O, I or S."


def new_receipt(db: Session, contribution: Contribution, *, at: datetime, seed: str = "") -> str:
    """A further code for a contribution; returned once and kept only as a hash.

    With a seed (the form's own id) the same seed gives the same code, so that somebody whose
    connection broke after sending gets their receipt when they send again.
    """
    code = codes.code_from(seed, settings().key) if seed else codes.new_code()
    db.add(
        Receipt(
            contribution_id=contribution.id,
            code_hash=codes.digest(code, settings().key),
            created_at=at,
        )
    )
    return code


def shown_code(typed: str) -> str:
    """A code in the form it was given out, however it was typed."""
    return codes.normalise(typed)


def by_code(db: Session, typed: str) -> Contribution:
    """The contribution a code opens. The same sentence for a code that is wrong in any way."""
    try:
        digest = codes.digest(typed, settings().key)
    except ValueError as wrong:
        raise NotFound(str(wrong)) from None
    found = db.exec(
        select(Contribution)
        .join(Receipt, col(Receipt.contribution_id) == col(Contribution.id))
        .where(Receipt.code_hash == digest)
    ).first()
    if found is None:
        raise NotFound(NO_SUCH)
    return found
