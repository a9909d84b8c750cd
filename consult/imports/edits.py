"""A post met again: the newest words are kept and looked at again, and new wishes are honoured."""

from datetime import datetime

from sqlmodel import Session

from consult import contributions
from consult.contributions import Consent, Contribution, Standing
from consult.imports.models import Post, PostState
from consult.imports.provenance import said
from consult.imports.readers.shapes import SocialPost
from consult.lib import text


def follow_up(db: Session, known: Post, post: SocialPost, *, at: datetime) -> None:
    """Keep up with a post that is known. A wish not to be shown counts from now on and is not undone."""
    edited = _is_newer(known, post)
    wished = bool(post.opted_out) and not known.opt_outs
    for name, value in said(post, at).items():
        setattr(known, name, value)
    if edited:
        known.state = PostState.EDITED
    db.add(known)
    contribution = db.get_one(Contribution, known.contribution_id)
    if contribution.standing == Standing.WITHDRAWN:
        return
    if wished:
        contributions.ask_again(db, contribution, Consent.COUNT_ONLY)
    if edited:
        contributions.reword(db, contribution, text.tidy(post.text))


def _is_newer(known: Post, post: SocialPost) -> bool:
    return post.edited_at is not None and (
        known.edited_at is None or post.edited_at > known.edited_at
    )
