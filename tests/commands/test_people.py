"""An installation with nobody in it is begun from the command line."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from consult import settings as settings_module
from consult.app import make_app
from consult.commands import app
from consult.db import make_engine
from consult.web import logs

INVITED = ["invite", "Olu@example.org", "--name", "Olu Adebisi", "--role", "owner"]
MADE = ["--organisation", "harrowdale", "--create-organisation", "Harrowdale Council"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CONSULT_SECRET", "a secret for tests only, long enough")
    monkeypatch.setattr(logs, "begin", lambda _: None)  # its output is gone when the command ends

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--data", str(tmp_path)])

    yield command
    settings_module._adopted.clear()


def test_the_first_person_makes_the_organisation_and_signs_in(run, tmp_path: Path) -> None:
    said = run(*INVITED, *MADE)
    assert said.exit_code == 0, said.output
    assert "Olu Adebisi is owner at Harrowdale Council." in said.output
    found = re.search(r"http://127\.0\.0\.1:8000(/sign-in/link/\S+)", said.output)
    assert found
    settings = settings_module.settings()
    engine = make_engine(settings.url)
    browser = TestClient(make_app(settings, engine), headers={"Sec-Fetch-Site": "same-origin"})
    assert "Sign in as Olu Adebisi" in browser.get(found[1]).text
    assert browser.post(found[1]).status_code == 200
    assert browser.get("/office").status_code == 200
    engine.dispose()


def test_a_second_role_needs_no_second_person_or_organisation(run) -> None:
    run(*INVITED, *MADE)
    said = run(*INVITED[:-1], "analyst", "--organisation", "harrowdale")
    assert "Olu Adebisi is analyst at Harrowdale Council." in said.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([*INVITED, "--organisation", "harrowdale"], "There is none yet"),
        ([*INVITED, *MADE[2:], "--organisation", "Harrow Dale"], "such as harrow-dale"),
        (["invite", "olu", *INVITED[2:], *MADE], "is not an e-mail address"),
        ([*INVITED[:-1], "boss", *MADE], "boss"),
    ],
)
def test_what_cannot_be_done_is_said(run, words: list[str], sentence: str) -> None:
    said = run(*words)
    assert said.exit_code != 0
    assert sentence in said.output


def test_wrong_settings_are_said_without_their_secrets(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    oidc = '[{"name": "link", "label": "L", "issuer": "https://x", "client_secret": "hush"}]'
    monkeypatch.setenv("CONSULT_OIDC", oidc)
    said = run(*INVITED, *MADE)
    assert said.exit_code == 1
    assert "CONSULT_OIDC.0.name: A provider cannot be called link" in said.output
    assert "CONSULT_OIDC.0.client_id: Field required" in said.output
    assert "hush" not in said.output


def test_settings_that_are_no_json_are_said(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_OIDC", "[hush")
    said = run(*INVITED, *MADE)
    assert said.exit_code == 1
    assert "oidc" in said.output
    assert "hush" not in said.output
