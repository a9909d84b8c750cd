"""The grounds on which what others wrote may be held, in words for those who have to choose."""

from consult.imports import Ground
from consult.web.languages import gettext as _

OPTIONS = [
    {
        "value": Ground.PUBLIC_TASK.value,
        "text": "Public task",
        "hint": "You consult because the law gives you this work to do. Most departments, councils and committees.",
    },
    {
        "value": Ground.CONSENT.value,
        "text": "Consent",
        "hint": "Each person freely agreed that their words may be used in this way, and can take that back.",
    },
    {
        "value": Ground.LEGITIMATE_INTERESTS.value,
        "text": "Legitimate interests",
        "hint": "You have a good reason, looked at the effect on the people, and wrote down why it is fair to "
        "them. Not for what a public authority does as its task.",
    },
    {
        "value": Ground.LEGAL_OBLIGATION.value,
        "text": "Legal obligation",
        "hint": "A law says that you must collect these responses.",
    },
]
"""The four of UK GDPR, article 6, that fit; the others do not suit responses brought from elsewhere."""


def options() -> list[dict[str, str]]:
    """In the reader's language."""
    return [{**one, "text": _(one["text"]), "hint": _(one["hint"])} for one in OPTIONS]


def named(ground: Ground | None, words: str = "") -> str:
    """A ground as pages name it."""
    return next(
        (_(one["text"]) for one in OPTIONS if ground and one["value"] == ground.value), words
    )
