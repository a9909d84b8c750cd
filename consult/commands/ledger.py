"""Commands about published ledgers: export one, and check a proof."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from consult import consultations, decisions
from consult.commands.place import Data, database, settle
from consult.db import transaction
from consult.errors import Problem
from consult.lib import check_proof as checker
from consult.lib import csv as tables

Slug = Annotated[str, typer.Option("--consultation", help="Its short name in its address.")]
Number = Annotated[
    int | None, typer.Option("--publication", help="Number of the publication; default the newest.")
]
File = Annotated[Path, typer.Argument(help="The proof, a JSON file, as a receipt gives it.")]
Known = Annotated[str, typer.Option(help="Known from another place, hex.")]


def ledger(consultation: Slug, publication: Number = None, data: Data = None) -> None:
    """Write a published ledger to standard output as CSV, a line at a time. It names nobody."""
    engine = database(settle(data))
    try:
        with transaction(engine, readonly=True) as db:
            here = consultations.by_slug(db, consultation)
            made = decisions.publication(db, here, publication)
            rows = decisions.ledger_rows(db, made)
            for line in tables.write(rows, decisions.COLUMNS):
                sys.stdout.write(line)
    except Problem as wrong:
        typer.echo(wrong.message, err=True)
        raise typer.Exit(1) from None
    finally:
        engine.dispose()


def check_proof(file: File, root: Known = "", public_key: Known = "") -> None:
    """Check a publication and one proof in it, as a stranger would. Ends with 1 if anything is wrong."""
    try:
        document = json.loads(file.read_text("utf-8-sig"))
        findings = checker.check(document, root, public_key)
    except (OSError, ValueError, RecursionError) as wrong:
        typer.echo(f"This file cannot be checked. {wrong}", err=True)
        raise typer.Exit(2) from None
    typer.echo("\n".join(findings.lines()))
    if findings.wrong:
        raise typer.Exit(1)
