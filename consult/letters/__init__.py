"""What we send to people, and whether it went."""

from consult.letters.models import Letter, LetterState
from consult.letters.outbox import (
    about,
    arrived,
    by_id,
    contents,
    known,
    render_with,
    rendered,
    send_again,
    write,
)
from consult.letters.transports import Handed, NotNow, Refused, Unknown

__all__ = [
    "Handed",
    "Letter",
    "LetterState",
    "NotNow",
    "Refused",
    "Unknown",
    "about",
    "arrived",
    "by_id",
    "contents",
    "known",
    "render_with",
    "rendered",
    "send_again",
    "write",
]
