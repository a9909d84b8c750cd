"""Commands that list what there is."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session, col, select

from consult.commands.place import Data, database, settle
from consult.consultations import Consultation, counts
from consult.db import transaction


def consultations(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
) -> None:
    """List every consultation with its state, kind and counts."""
    with transaction(database(settle(data)), readonly=True) as db:
        found = db.exec(select(Consultation).order_by(col(Consultation.created_at))).all()
        lines = [_line(db, one) for one in found]
    if as_json:
        typer.echo(json.dumps(lines, indent=1))
        return
    table = Table("slug", "title", "state", "kind", "responses", "posts")
    for line in lines:
        numbers = line["counts"]
        table.add_row(
            line["slug"],
            line["title"],
            line["state"],
            line["kind"],
            str(numbers.get("received:response", 0)),
            str(numbers.get("received:post", 0)),
        )
    Console().print(table)


def _line(db: Session, one: Consultation) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "title": one.title,
        "state": one.state.value,
        "kind": one.kind.value,
        "counts": counts(db, one.id),
    }
