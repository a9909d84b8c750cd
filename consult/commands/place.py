"""Where a command works: its settings, and a database that is at the present schema."""

from pathlib import Path
from typing import Annotated, Any

import typer
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
    made = Settings(**given)
    settings_module.adopt(made)
    logs.begin(made.log_level)
    return made


def database(settings: Settings, *, migrate: bool = True) -> Engine:
    """The database, brought to the present schema if asked."""
    engine = make_engine(settings.url)
    if migrate:
        schema.migrate(engine)
    return engine
