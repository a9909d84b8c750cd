"""The engine's own tables, beside ours in the same database: `dbos.…` on PostgreSQL, unprefixed on SQLite."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Engine, TableClause, column, literal_column, table

SCHEMA = "dbos"

ENGINE_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
"""Names our own tables must not take on SQLite, and which migrations leave alone."""


def prepare(engine: Engine) -> None:
    """Make or update the engine's tables. Safe to repeat; belongs with `consult migrate`."""
    from dbos import DBOS

    from consult.jobs.log import quiet

    quiet()
    DBOS.migrate(address(engine), schema=SCHEMA)


def address(engine: Engine) -> str:
    """The database's address with its password, as the job engine opens it for itself."""
    return engine.url.render_as_string(hide_password=False)


def is_postgresql(bind: Any) -> bool:
    """Whether this engine or connection talks to PostgreSQL."""
    return bool(bind.dialect.name == "postgresql")


def statuses(bind: Any) -> TableClause:
    """One row for each job ever accepted and not yet tidied away."""
    who = "workflow_uuid status name executor_id queue_name schedule_name"
    return _table(bind, "workflow_status", f"{who} created_at updated_at completed_at")


def is_one_of(statuses: str) -> ColumnElement[bool]:
    """Written out, not bound: an index kept for some statuses serves only those named as constants."""
    return literal_column(f"status IN ({statuses})", Boolean)


def inputs(bind: Any) -> TableClause:
    """What each job was given, as JSON."""
    return _table(bind, "workflow_input", "workflow_uuid inputs")


def outputs(bind: Any) -> TableClause:
    """How each finished job ended, as JSON."""
    return _table(bind, "workflow_output", "workflow_uuid error")


def _table(bind: Any, name: str, columns: str) -> TableClause:
    schema = SCHEMA if is_postgresql(bind) else None
    return table(name, *(column(one) for one in columns.split()), schema=schema)
