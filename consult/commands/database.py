"""Commands about the database itself."""

import typer

from consult import schema, seeding
from consult.commands.place import Data, settle
from consult.commands.place import database as open_database


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
