"""How well the rules do on labelled posts; `python -m tests.moderation.quality` prints it."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from consult.moderation.rules import Kind, screen

DEVELOPMENT = Path(__file__).with_name("development.jsonl")


class Measure(NamedTuple):
    """Of one kind: posts that have it, the share found, and the share of flags that are right."""

    posts: int
    recall: float
    precision: float


def labelled(path: Path) -> list[tuple[str, set[str]]]:
    """Each post's text and the kinds it is of; an empty set is a post to leave alone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(post["text"], set(post["kinds"])) for post in map(json.loads, lines)]


def measured(posts: Iterable[tuple[str, set[str]]]) -> dict[str, Measure]:
    """Recall and precision of each kind."""
    right, wanted, given = Counter[str](), Counter[str](), Counter[str]()
    for text, kinds in posts:
        flagged = {finding.kind.value for finding in screen(text)}
        right.update(flagged & kinds)
        wanted.update(kinds)
        given.update(flagged)
    return {
        kind: Measure(
            wanted[kind], right[kind] / max(1, wanted[kind]), right[kind] / max(1, given[kind])
        )
        for kind in map(str, Kind)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEVELOPMENT)
    posts = labelled(parser.parse_args().file)
    for kind, (number, recall, precision) in measured(posts).items():
        print(f"{kind:22} posts {number:3}  recall {recall:.2f}  precision {precision:.2f}")  # noqa: T201
    clean = [text for text, kinds in posts if not kinds]
    flagged = sum(bool(screen(text)) for text in clean)
    print(f"{'to leave alone':22} posts {len(clean):3}  flagged {flagged}")  # noqa: T201


if __name__ == "__main__":
    main()
