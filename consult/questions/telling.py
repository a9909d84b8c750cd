"""What the account of a question says: written into its outcome, and read back from what was published.

The words an asker is told are kept in the outcome, so that the ledger carries them into every
publication as they were then, and letters, receipts and pages all tell the same.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from consult.consultations import Kind
from consult.decisions import Fate, OutcomeKind
from consult.questions.models import Put, PutState

JOINED = "It asks the same as another question and was joined with it."
OTHER_PUT = "That one was put and answered:"
OTHER_NOT_PUT = "That one was not put:"
MOST = 1800
"""Characters of an answer or a reason with its link, so that those joined can be told it whole."""
_LINK = re.compile(r"https?://[^\s/]\S*")


@dataclass(frozen=True)
class Told:
    """What an asker reads. `joined` says that it was told of the question theirs was joined with."""

    state: PutState
    at: datetime
    answer: str = ""
    link: str = ""
    reason: str = ""
    joined: bool = False


def is_link(words: str) -> bool:
    """Whether these words are one whole web address."""
    return bool(_LINK.fullmatch(words))


def of_put(put: Put) -> str:
    """The answer, with the link on a line of its own; or why it was not put."""
    if put.state == PutState.NOT_PUT:
        return put.reason
    return "\n".join(part for part in (put.answer, put.link) if part)


def of_joined(put: Put | None) -> str:
    """The same for those joined with it, as far as there is something to tell."""
    if put is None:
        return JOINED
    head = OTHER_PUT if put.state == PutState.PUT else OTHER_NOT_PUT
    return "\n".join([JOINED, head, of_put(put)])


def read(kind: OutcomeKind, words: str, at: datetime) -> Told | None:
    """What a published line of the ledger tells; None where a question was neither put nor refused."""
    if kind == OutcomeKind.INFORMED:
        return _answer(words, False, at)
    if kind in (OutcomeKind.CONSIDERED, OutcomeKind.OUT_OF_SCOPE):
        return Told(PutState.NOT_PUT, reason=words, at=at)
    lines = words.split("\n", 2)
    if kind != OutcomeKind.DUPLICATE or len(lines) < 3:
        return None
    if lines[1] == OTHER_PUT:
        return _answer(lines[2], True, at)
    return Told(PutState.NOT_PUT, reason=lines[2], joined=True, at=at)


def told(fate: Fate) -> Told | None:
    """What became of a question by the newest publication.

    None while nothing about it is public, and for a response to proposals, which is decided on, not put.
    """
    is_call = fate.kind == Kind.QUESTIONS
    if not is_call or fate.entry is None or fate.publication is None:
        return None
    return read(fate.entry.kind, fate.entry.reason, fate.publication.at)


def _answer(words: str, joined: bool, at: datetime) -> Told:
    answer, _, last = words.rpartition("\n")
    if not (answer and is_link(last)):
        answer, last = words, ""
    return Told(PutState.PUT, answer=answer, link=last, joined=joined, at=at)
