"""Where a command works: its settings, and a database that is at the present schema."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from sqlalchemy import Engine

from consult import schema
from consult import settings as settings_module
from consult.db import make_engine
from consult.settings import Settings
from consult.web import logs

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of the embedded database. Default: CONSULT_DATA or var."),
]


def settle(data: Path | None, **more: Any) -> Settings:
    """Read the settings, with what the command line says, and make them those of this process."""
    given = {**({"data": data} if data else {}), **more}
    try:
        made = Settings(**given)
    except ValidationError as wrong:
        # Never with what was given: it may be a secret.
        for one in wrong.errors(include_input=False, include_context=False, include_url=False):
            place = ".".join(["CONSULT", *map(str, one["loc"])]).replace(".", "_", 1)
            typer.echo(f"{place}: {one['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(1) from None
    settings_module.adopt(made)
    logs.begin(made.log_level)
    return made


def database(settings: Settings, *, migrate: bool = True) -> Engine:
    """The database, brought to the present schema if asked."""
    engine = make_engine(settings.url)
    if migrate:
        schema.migrate(engine)
    return engine
