"""Why somebody was not signed in at a provider: one word for the audit, one sentence for the person."""

from enum import Enum

from consult.errors import Problem


class Why(Enum):
    """What went wrong on the way to a provider and back."""

    CANCELLED = "cancelled"
    OTHER_BROWSER = "other_browser"
    USED = "used"
    TOO_LATE = "too_late"
    DOWN = "provider_down"
    MISCONFIGURED = "misconfigured"
    NOT_CONFIRMED = "not_confirmed"
    FORGED = "forged"
    FOR_OTHERS = "for_others"
    NONCE = "nonce"
    EXPIRED = "expired"
    NO_EMAIL = "no_email"
    UNVERIFIED = "unverified_email"
    TAKEN = "taken"


SENTENCES: dict[Why, tuple[int, str]] = {
    Why.CANCELLED: (
        403,
        "You stopped signing in with {label}, or were not let in there. Nothing was changed here.",
    ),
    Why.OTHER_BROWSER: (
        400,
        "This sign-in was not begun in this browser, so nobody was signed in. Begin it again here, "
        "and let this site keep its cookies.",
    ),
    Why.USED: (
        409,
        "This sign-in has already been used. If you are not signed in, begin again.",
    ),
    Why.TOO_LATE: (
        400,
        "Signing in took longer than ten minutes, so it has run out. Begin again.",
    ),
    Why.DOWN: (
        503,
        "The server behind {label} did not answer. Your account is not affected: wait a minute and "
        "try again.",
    ),
    Why.MISCONFIGURED: (
        503,
        "This site and the server behind {label} are not set up to work together. Those who look "
        "after this site have to mend that; until then, sign in another way.",
    ),
    Why.NOT_CONFIRMED: (
        400,
        "The server behind {label} did not confirm that you signed in there. Begin again.",
    ),
    Why.FORGED: (
        400,
        "What came back could not be shown to come from the server behind {label}, so nobody was "
        "signed in. Begin again; if it happens twice, tell those who look after this site.",
    ),
    Why.FOR_OTHERS: (
        400,
        "What came back from {label} was meant for another site, so nobody was signed in. Begin again.",
    ),
    Why.NONCE: (
        400,
        "What came back from {label} belongs to another sign-in, so nobody was signed in. Begin again.",
    ),
    Why.EXPIRED: (
        400,
        "What came back from {label} had already run out. Begin again; if it happens twice, the clock "
        "of one of the two sites is wrong.",
    ),
    Why.NO_EMAIL: (
        403,
        "We were not told the e-mail address of your {label}, and we know people by it. Allow it to "
        "be passed on, or ask those who look after that account to add one.",
    ),
    Why.UNVERIFIED: (
        403,
        "We were not told that the e-mail address of your {label} has been checked to be yours, so "
        "we cannot go by it. Confirm the address there, then sign in again.",
    ),
    Why.TAKEN: (
        403,
        "Somebody else’s {label} already signs in here with your e-mail address. Ask "
        "those who look after this site to sort it out.",
    ),
}


class SignInRefused(Problem):
    """Nobody was signed in; `why` goes into the audit, the message to the person."""

    def __init__(self, why: Why, label: str) -> None:
        self.why = why
        self.status, sentence = SENTENCES[why]
        super().__init__(sentence.format(label=label))
