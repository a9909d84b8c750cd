"""What people told us, their consents, and the receipts that lead back to it."""

from consult.contributions.answers import NewAnswer, read_answer
from consult.contributions.cards import Card, Shown, cards
from consult.contributions.drafts import draft_of, drop_draft, keep_draft, sweep_drafts
from consult.contributions.intake import Incoming, NewContribution, Received, receive, take
from consult.contributions.lists import Wanted, public_page
from consult.contributions.models import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Contributor,
    Draft,
    Receipt,
    SealedAnswer,
    Standing,
    Support,
)
from consult.contributions.queries import (
    answers_of,
    by_id,
    by_submission,
    contributor_of,
    id_of,
    of_page,
    shown,
    shown_by_id,
    true_counts,
)
from consult.contributions.receipts import by_code, new_receipt, shown_code
from consult.contributions.service import (
    group,
    is_public,
    redact,
    stand,
    stand_many,
    unseal_answer,
    withdraw,
)
from consult.contributions.supports import support, supported_by, withdraw_support

__all__ = [
    "Answer",
    "Card",
    "Channel",
    "Connection",
    "Consent",
    "Contribution",
    "Contributor",
    "Draft",
    "Incoming",
    "NewAnswer",
    "NewContribution",
    "Receipt",
    "Received",
    "SealedAnswer",
    "Shown",
    "Standing",
    "Support",
    "Wanted",
    "answers_of",
    "by_code",
    "by_id",
    "by_submission",
    "cards",
    "contributor_of",
    "draft_of",
    "drop_draft",
    "group",
    "id_of",
    "is_public",
    "keep_draft",
    "new_receipt",
    "of_page",
    "public_page",
    "read_answer",
    "receive",
    "redact",
    "shown",
    "shown_by_id",
    "shown_code",
    "stand",
    "stand_many",
    "support",
    "supported_by",
    "sweep_drafts",
    "take",
    "true_counts",
    "unseal_answer",
    "withdraw",
    "withdraw_support",
]
