"""`consult import` and `consult screen`, as scripts call them."""

import json
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from consult.commands import app
from consult.db import transaction
from consult.imports import Ground, Run
from tests.conftest import World
from tests.imports.world import counts, kept, words

FILE = "Ref,Views,When\nA1,More nurses,2026-01-05\nA2,,2026-01-06\nA3,Open on Sundays,2026-01-07\n"
MAP = ["--map", "Views=1", "--map", "Ref=reference", "--map", "When=received_at"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some name"
    path.write_text(FILE)
    return path


@pytest.fixture(autouse=True)
def _place(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.setenv("CONSULT_DATA", str(tmp_path))
    monkeypatch.setenv("CONSULT_DATABASE_URL", getattr(settings, "database_url", ""))
    monkeypatch.setenv("CONSULT_SECRET", getattr(settings, "secret", ""))


def consult(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def take(file: Path, *more: str, ground: str = "consent") -> Result:
    given = ["--consultation", "dementia-plan", "--ground", ground, *more]
    return consult("import", file, *given)


def last(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout.strip().splitlines()[-1])
    return found


def test_the_last_line_says_what_came_of_it_and_a_second_time_changes_nothing(
    world: World, file: Path
) -> None:
    said = last(take(file, *MAP, "--json"))
    skipped = [{"row": 3, "reason": "No question is answered."}]
    assert said == {"taken": 2, "known": 0, "skipped": skipped}
    assert words(world) == ["More nurses", "Open on Sundays"]
    assert kept(world)[0].received_at.date().isoformat() == "2026-01-05"
    assert last(take(file, *MAP, "--json")) == {"taken": 0, "known": 2, "skipped": skipped}
    assert counts(world)["received:response"] == 2


def test_a_dry_run_says_the_same_and_keeps_nothing(world: World, file: Path) -> None:
    said = last(take(file, *MAP, "--dry-run", "--json"))
    assert (said["taken"], said["known"]) == (2, 0)
    assert kept(world) == []
    with transaction(world.engine, readonly=True) as db:
        assert db.exec(select(Run)).first() is None
    assert not list((file.parent / "uploads").iterdir())


@pytest.mark.parametrize(
    ("said", "ground", "own"),
    [
        ("Public task", Ground.PUBLIC_TASK, ""),
        ("agreed with the trust in June", None, "agreed with the trust in June"),
    ],
)
def test_a_ground_is_one_of_four_or_ones_own_words(
    world: World, file: Path, said: str, ground: Ground | None, own: str
) -> None:
    last(take(file, *MAP, "--json", ground=said))
    with transaction(world.engine, readonly=True) as db:
        [run] = db.exec(select(Run)).all()
    assert (run.ground, run.ground_words) == (ground, own)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--map", "Views"], "has no ="),
        (["--map", "Nothing=1"], "The file has no column “Nothing”"),
        (["--map", "Views=17"], "“17” is neither a question"),
        (["--map", "Views="], "Choose at least one column"),
    ],
)
def test_a_wrong_map_gets_a_sentence(world: World, file: Path, more: list[str], says: str) -> None:
    result = take(file, "--map", "Views=1", *more)
    assert result.exit_code == 1
    assert says in result.stderr


def test_what_is_not_there_gets_a_sentence(world: World, file: Path) -> None:
    assert "cannot be read" in take(file.with_name("none")).stderr
    result = consult("import", file, "--consultation", "none", "--ground", "consent")
    assert "no consultation at this address" in result.stderr
    assert "on what ground" in take(file, *MAP, ground=" ").stderr


def test_screening_a_file_prints_a_line_a_row(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("text\nRing Jean on 07700 900123\nThe bus is late\n")
    lines = [
        json.loads(line)
        for line in consult("screen", file, "--text", "text", "--json").stdout.splitlines()
    ]
    assert [line["row"] for line in lines] == [2, 3]
    assert lines[0]["flags"][0]["kind"] == "personal_data"
    assert set(lines[0]["flags"][0]) == {
        "kind",
        "basis",
        "rule",
        "version",
        "spans",
        "reason",
        "counter_signals",
        "score",
    }
    assert lines[1]["flags"] == []
    assert "no column called “none”" in consult("screen", file, "--text", "none").stderr
