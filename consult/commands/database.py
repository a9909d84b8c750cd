"""Commands about the database itself."""

import typer

from consult import audit, schema, seeding
from consult.commands.place import Data, settle
from consult.commands.place import database as open_database
from consult.db import transaction


def migrate(data: Data = None) -> None:
    """Bring the database to the present schema. Safe to run again."""
    open_database(settle(data))
    typer.echo(f"The database is at schema {schema.head()}.")


def seed(data: Data = None) -> None:
    """Put the demo world into an empty database."""
    engine = open_database(settle(data))
    if not seeding.is_empty(engine):
        typer.echo("There is something in this database already, so nothing was seeded.", err=True)
        raise typer.Exit(1)
    seeding.seed(engine)
    typer.echo("The demo world is in place.")


def check_audit(data: Data = None) -> None:
    """Look whether the chain of audit entries holds. Ends with 1 where it does not."""
    with transaction(open_database(settle(data)), readonly=True) as db:
        broken = audit.first_break(db)
    if broken:
        typer.echo(
            f"Entry {broken} does not follow from the one before: it was changed or taken out."
        )
        raise typer.Exit(1)
    typer.echo("Every chained entry follows from the one before.")
