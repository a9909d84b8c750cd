"""The ledger as a file on the command line, and its checking."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consult import decisions
from consult.__main__ import app
from consult.contributions import Contribution
from consult.settings import Settings
from tests.decisions.conftest import Desk, Said


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("CONSULT_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("CONSULT_DATA", str(settings.data))
    monkeypatch.setenv("CONSULT_SECRET", settings.secret)
    return CliRunner()


def test_a_ledger_is_exported_and_one_not_published_is_refused(
    run: CliRunner, desk: Desk, said: Said
) -> None:
    asked = ["export", "ledger", "--consultation", desk.slug]
    refused = run.invoke(app, asked)
    assert (refused.exit_code, "Nothing has been published" in refused.output) == (1, True)
    desk.link(desk.write(), said())
    desk.publish()
    done = run.invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == ",".join(decisions.COLUMNS)
    assert len(done.stdout.splitlines()) == 2


def test_a_proof_is_checked_and_a_false_one_found_out(
    run: CliRunner, desk: Desk, said: Said, tmp_path: Path
) -> None:
    one = said()
    desk.link(desk.write(), one)
    made = desk.publish()
    with desk.open() as (db, _):
        document = decisions.proof_document(db, made, db.get_one(Contribution, one))
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(document))
    assert run.invoke(app, ["check-proof", str(file), "--root", made.root]).exit_code == 0
    file.write_text(json.dumps({**document, "index": 3}))
    assert run.invoke(app, ["check-proof", str(file)]).exit_code == 1
    file.write_text("{")
    assert run.invoke(app, ["check-proof", str(file)]).exit_code == 2
