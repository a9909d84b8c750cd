"""`python -m tests.needs chromium|postgresql`: see to one thing, and say where it is or how to get it."""

import sys

from tests.needs import Missing, chromium, postgresql

NEEDS = {"chromium": chromium.get, "postgresql": postgresql.get}


def main(names: list[str]) -> int:
    """See to each; the exit code says whether all could be had."""
    return max([_see_to(name) for name in names or sorted(NEEDS)])


def _see_to(name: str) -> int:
    try:
        sys.stdout.write(f"{name}: {NEEDS[name]()}\n")
    except Missing as missing:
        sys.stderr.write(f"{name}: {missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
