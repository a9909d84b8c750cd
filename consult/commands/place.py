"""Where a command works: its settings, and a database that is at the present schema."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
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
    except (ValidationError, SettingsError) as wrong:
        typer.echo("\n".join(_complaints(wrong)), err=True)
        raise typer.Exit(1) from None
    settings_module.adopt(made)
    logs.begin(made.log_level)
    return made


def _complaints(wrong: ValidationError | SettingsError) -> list[str]:
    """What is wrong with which setting, never with what was given: it may be a secret."""
    if isinstance(wrong, SettingsError):
        return [f"A setting that should be JSON is not: {wrong}."]
    said = []
    for one in wrong.errors(include_input=False, include_context=False, include_url=False):
        first, *rest = map(str, one["loc"])
        place = ".".join([f"CONSULT_{first.upper()}", *rest])
        said.append(f"{place}: {one['msg'].removeprefix('Value error, ')}")
    return said


def database(settings: Settings, *, migrate: bool = True) -> Engine:
    """The database, brought to the present schema if asked."""
    engine = make_engine(settings.url)
    if migrate:
        schema.migrate(engine)
    return engine
