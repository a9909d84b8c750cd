"""Housekeeping of who did what: chaining the audit entries, forgetting trips to sign in that are over."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from consult import audit
from consult.identity.models import SignIn, SignInAttempt, SignInLink
from consult.jobs import task

KEPT_FOR = timedelta(days=30)


@task("audit.seal", every=60)
def seal(db: Session) -> None:
    """Chain the entries written since the last time. It lives here because audit knows no jobs."""
    audit.seal(db)


@task("identity.sweep", every="41 3 * * *")
def sweep(db: Session) -> None:
    """Forget links, trips to a provider and sign-ins that have been over for thirty days."""
    before = datetime.now(UTC) - KEPT_FOR
    db.execute(delete(SignInLink).where(col(SignInLink.expires_at) < before))
    db.execute(delete(SignInAttempt).where(col(SignInAttempt.created_at) < before))
    db.execute(delete(SignIn).where(col(SignIn.expires_at) < before))
