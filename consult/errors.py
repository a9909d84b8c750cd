"""The problems a person can be told: each is a sentence and a status, and knows nothing of pages."""


class Problem(Exception):  # noqa: N818 - these are things told to people, not faults of the program
    """Something a person asked for could not be done; the message says what is wrong and how to mend it."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Problem):
    """There is nothing here, or nothing this person may know of."""

    status = 404


class NotAllowed(Problem):
    """The person may see this but not do it."""

    status = 403


class Conflict(Problem):
    """The record has moved on: closed, already ruled on, already published."""

    status = 409


class Invalid(Problem):
    """What was sent cannot be used as it is."""

    status = 422


class TooMany(Problem):
    """Asked too often; the message says when to try again."""

    status = 429


class Unavailable(Problem):
    """Something this needs did not answer; nothing was lost, and it can be tried again."""

    status = 503


def require(allowed: bool, message: str = "Your role does not let you do that.") -> None:
    """Refuse, in a sentence, what a rule does not allow."""
    if not allowed:
        raise NotAllowed(message)
