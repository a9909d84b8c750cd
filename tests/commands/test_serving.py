"""What the commands that stay do before they stay."""

import socket
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from consult.commands import app
from consult.settings import _adopted

served: list[Starlette] = []


@pytest.fixture(autouse=True)
def _serve_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the app and go no further; put the settings back."""
    served.clear()
    monkeypatch.setattr(uvicorn, "run", lambda made, **_: served.append(made))
    monkeypatch.setattr("consult.settings._adopted", list(_adopted))


def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_one_click_sign_in_cannot_be_switched_on_outside_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULT_DEMO", "true")
    done = CliRunner().invoke(app, ["serve", "--alone", "--port", port(), "--data", str(tmp_path)])
    assert done.exit_code == 0, done.output
    browser = TestClient(served[0])
    assert "In this demo" not in browser.get("/sign-in").text
    assert browser.post("/sign-in/as", data={"email": "olu@example.org"}).status_code == 404


def test_a_taken_port_gets_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["demo", "--port", number, "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert f"Port {number} is already in use." in done.output
    assert not list(tmp_path.iterdir()), "Nothing is made before the port is known to be free."
