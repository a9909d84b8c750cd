"""The database: engine, record, column types and transactions, the same on SQLite and PostgreSQL."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, Dialect, Engine, MetaData, String, event
from sqlalchemy import create_engine as _create_engine
from sqlalchemy import types as sa_types
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, Session, SQLModel
from uuid6 import uuid7

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = (
    NAMES  # before any model is imported, or constraints get no names
)
metadata: MetaData = SQLModel.metadata


def new_id() -> UUID:
    """A UUIDv7: ordered by time, so that indexes stay compact and newest-first needs no second column."""
    return UUID(int=uuid7().int)


class Record(SQLModel):
    """What every table has: a time-ordered id and a snake_case name."""

    id: UUID = Field(default_factory=new_id, primary_key=True)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Moment(sa_types.TypeDecorator[datetime]):
    """An aware time; UTC in the database, whichever it is."""

    impl = sa_types.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored; give it one.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Choice(sa_types.TypeDecorator[Enum]):
    """An enum kept by its value, as text; the table's CHECK comes from `choices`."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Enum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        return None if value is None else self.kind(value)


def choices(column: str, kind: type[Enum]) -> CheckConstraint:
    """The CHECK that lets only the enum's values into a column."""
    values = ", ".join(f"'{one.value}'" for one in kind)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def make_engine(url: str) -> Engine:
    """An engine with the settings each database needs to keep a promise."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return _create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)


def _sqlite(url: str) -> Engine:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = _create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 30, "isolation_level": None},
        pool_size=20,
        max_overflow=40,
    )

    @event.listens_for(engine, "connect")
    def settings(raw: Any, _: object) -> None:
        # synchronous=full: a receipt is a promise, so a commit has to outlive a power cut.
        for pragma in (
            "journal_mode=wal",
            "synchronous=full",
            "busy_timeout=30000",
            "foreign_keys=on",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred read-then-write loses to a second writer; those who write take the lock first.
        readonly = connection.get_execution_options().get("readonly", False)
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(engine: Engine, *, readonly: bool = False) -> Iterator[Session]:
    """A session whose work is kept when the block returns and undone when it raises."""
    with (
        engine.connect().execution_options(readonly=readonly) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        try:
            yield session
            session.commit()
        except BaseException:
            # Let go of first, or the rollback would empty them, and the page that says what went
            # wrong could not even show who is signed in.
            session.expunge_all()
            session.rollback()
            raise


def insert(db: Session, table: Any) -> Any:
    """INSERT with ON CONFLICT, which both databases spell alike but SQLAlchemy keeps apart."""
    return postgresql_insert(table) if is_postgresql(db) else sqlite_insert(table)


def is_postgresql(db: Session) -> bool:
    """Whether this session talks to PostgreSQL."""
    return db.get_bind().dialect.name == "postgresql"
