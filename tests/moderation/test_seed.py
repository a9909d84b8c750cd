"""The demo world through the rules: what it says should be flagged is, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consult.moderation.rules import screen

SEED = Path(__file__).parents[2] / "seed"
NAMES = ("dementia-care", "bus-network", "school-streets", "rural-health-call")
KINDS = {
    "phone": {"personal_data"},
    "email": {"personal_data"},
    "address": {"personal_data"},
    "nhs_number": {"personal_data"},
    "threat": {"threat"},
    "named_allegation": {"defamation"},
    "abuse": {"threat", "hate"},
    "contempt": {"contempt"},
}


def written(name: str) -> Iterator[tuple[str, str, list[str]]]:
    """Who wrote, what the world expects of it, and the texts in which something can be found."""
    world: dict[str, Any] = json.loads((SEED / f"{name}.json").read_text(encoding="utf-8"))
    asked = [one["key"] for one in world["questions"] if one["kind"] == "text"]
    for one in world["contributions"]:
        said = [one["answers"][key] for key in asked if key in one["answers"]]
        yield one["key"], one.get("expect", "none"), said
    for one in world.get("posts", []):
        yield one["uri"], one.get("expect", "none"), [one["text"]]


EVERYTHING = [one for name in NAMES for one in written(name)]
FLAGGED = [one for one in EVERYTHING if one[1] != "none"]


@pytest.mark.parametrize(("who", "expected", "texts"), FLAGGED, ids=lambda one: str(one)[-30:])
def test_what_should_be_flagged_is(who: str, expected: str, texts: list[str]) -> None:
    found = {finding.kind.value for text in texts for finding in screen(text)}
    assert found & KINDS[expected.removeprefix("flag:")], f"{who}: {found or 'nothing'}"


def test_nothing_else_is_flagged() -> None:
    wrong = [
        (who, finding.rule, [text[start:end] for start, end in finding.spans])
        for who, expected, texts in EVERYTHING
        if expected == "none"
        for text in texts
        for finding in screen(text)
    ]
    assert len(EVERYTHING) > 500
    assert wrong == []
