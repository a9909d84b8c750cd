"""Bringing a database to the present schema, and looking whether it is there."""

from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from consult import jobs
from consult.db import metadata

DOMAINS = (
    "audit",
    "letters",
    "identity",
    "consultations",
    "contributions",
    "imports",
    "moderation",
    "synthesis",
    "decisions",
    "questions",
)

for domain in DOMAINS:
    import_module(f"consult.{domain}.models")


def migrate(engine: Engine) -> None:
    """Bring the database to the present schema. Safe to run again, and by two at once."""
    jobs.prepare(engine)
    with engine.connect() as connection:
        _wait_for_our_turn(connection)
        command.upgrade(_config(connection), "head")
        connection.commit()


def take_down(engine: Engine) -> None:
    """Undo every migration: nothing of ours is left but what the job engine keeps."""
    with engine.connect() as connection:
        command.downgrade(_config(connection), "base")
        connection.commit()


def check(engine: Engine) -> None:
    """Raise if models and database differ."""
    with engine.connect() as connection:
        command.check(_config(connection))


def version(connection: Connection) -> str:
    """The migration the database is at."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def head() -> str:
    """The migration this program wants."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Leave the search indexes and the job engine's tables alone when comparing."""
    kinds = ("table", "index", "column")
    return not (reflected and compared is None and kind in kinds and _foreign(thing))


def _foreign(thing: Any) -> bool:
    table = getattr(thing, "table", thing)
    name = str(thing.name or "")
    return table.name not in metadata.tables or name.startswith("search_")


def _wait_for_our_turn(connection: Connection) -> None:
    """SQLite's BEGIN IMMEDIATE makes the second wait by itself; PostgreSQL is asked to."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(727274)"))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
