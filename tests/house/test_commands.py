"""run.py says what is wrong, in a sentence, and does nothing twice."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.needs import Missing, chromium, postgresql

ROOT = Path(__file__).resolve().parents[2]


def test_an_old_python_can_read_run_py_far_enough_to_say_so() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))


def test_an_old_python_is_told_which_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("CONSULT_RETRIED", "yes")
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is 3\.9"):
        run.check_machine([])


def test_an_unknown_command_lists_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "run.py", "rnu"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "check-html" in done.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that has been set up to run, without its packages."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "python")
    names = [*run.STAMPED, "requirements/run.lock", "requirements/test.lock"]
    for name in [*names, "static/vendor/manifest.json", ".venv/python"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    run.stamp_file("run").write_text(run.stamp("run"))
    return tmp_path


def test_a_second_start_installs_nothing(folder: Path) -> None:
    assert run.is_ready("run")
    assert not run.is_ready("test")


def test_what_the_tests_need_is_enough_to_run(folder: Path) -> None:
    run.stamp_file("run").unlink()
    run.stamp_file("test").write_text(run.stamp("test"))
    assert run.is_ready("run")


@pytest.mark.parametrize("name", [*run.STAMPED, "requirements/run.lock"])
def test_a_change_in_what_is_installed_is_noticed(folder: Path, name: str) -> None:
    (folder / name).write_text("changed")
    assert not run.is_ready("run")


@pytest.mark.parametrize("name", ["static/vendor/manifest.json", ".venv/python"])
def test_what_was_thrown_away_is_made_again(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert not run.is_ready("run")


def test_a_chromium_that_does_not_start_is_said_with_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    chromium.find.cache_clear()
    with pytest.raises(Missing, match=r"none does not start.*apt-get install chromium"):
        chromium.get()
    chromium.find.cache_clear()


def test_a_database_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Missing, match="TEST_DATABASE_URL is set but the server does not answer"):
        postgresql.get()


def test_clients_alone_are_no_server(tmp_path: Path) -> None:
    (tmp_path / "pg_config").touch(mode=0o755)
    assert not postgresql._is_server(tmp_path)
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch(mode=0o755)
    assert postgresql._is_server(tmp_path)


def test_without_a_server_the_sentence_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgresql, "_folders", lambda: iter([]))
    with pytest.raises(Missing, match="brew install postgresql"), postgresql.server():
        pass
