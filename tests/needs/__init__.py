"""What the tests need beside Python packages: each module here finds one thing, gets it, or says how to."""


class Missing(Exception):  # noqa: N818 - told to a person, not a fault of the program
    """Something could not be had; the message says in a sentence what, and how to get it."""
