"""What was decided and why, what it rests on, and the account of every contribution."""

from consult.decisions.bases import link, link_search, link_theme, unlink
from consult.decisions.exporting import COLUMNS, ledger_rows
from consult.decisions.fates import (
    Fate,
    Led,
    Published,
    Voice,
    fate_of,
    led_to,
    published,
    reached,
    voices,
)
from consult.decisions.labels import VERDICTS, WAYS, label
from consult.decisions.ledger import (
    Part,
    Sums,
    owed,
    published_sums,
    sums,
    true_counts,
    without_outcome,
)
from consult.decisions.models import (
    Basis,
    Decision,
    How,
    LedgerEntry,
    Outcome,
    OutcomeKind,
    Publication,
    Quotation,
    Verdict,
)
from consult.decisions.obstacles import Obstacle, obstacles
from consult.decisions.outcomes import (
    account_for_ruling,
    account_for_withdrawal,
    give_outcome,
    undo_outcome,
)
from consult.decisions.proofs import (
    proof_document,
    public_key,
    publication_document,
)
from consult.decisions.publishing import ask_to_publish, next_number, publish
from consult.decisions.queries import (
    all_publications,
    bases,
    basis_counts,
    by_id,
    how_many_publications,
    newest,
    of_consultation,
    publication,
    publications,
    quotations,
)
from consult.decisions.quotations import quote, quote_words, unquote
from consult.decisions.rules import may_decide
from consult.decisions.search import search_ids
from consult.decisions.service import NewDecision, change, move, remove, write

__all__ = [
    "COLUMNS",
    "VERDICTS",
    "WAYS",
    "Basis",
    "Decision",
    "Fate",
    "How",
    "Led",
    "LedgerEntry",
    "NewDecision",
    "Obstacle",
    "Outcome",
    "OutcomeKind",
    "Part",
    "Publication",
    "Published",
    "Quotation",
    "Sums",
    "Verdict",
    "Voice",
    "account_for_ruling",
    "account_for_withdrawal",
    "all_publications",
    "ask_to_publish",
    "bases",
    "basis_counts",
    "by_id",
    "change",
    "fate_of",
    "give_outcome",
    "how_many_publications",
    "label",
    "led_to",
    "ledger_rows",
    "link",
    "link_search",
    "link_theme",
    "may_decide",
    "move",
    "newest",
    "next_number",
    "obstacles",
    "of_consultation",
    "owed",
    "proof_document",
    "public_key",
    "publication",
    "publication_document",
    "publications",
    "publish",
    "published",
    "published_sums",
    "quotations",
    "quote",
    "quote_words",
    "reached",
    "remove",
    "search_ids",
    "sums",
    "true_counts",
    "undo_outcome",
    "unlink",
    "unquote",
    "voices",
    "without_outcome",
    "write",
]
