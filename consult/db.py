"""The database: engine, record, column types and transactions, the same on SQLite and PostgreSQL."""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Dialect,
    Engine,
    MetaData,
    String,
    event,
    inspect,
)
from sqlalchemy import create_engine as _create_engine
from sqlalchemy import types as sa_types
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, Session, SQLModel

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


class _Ids:
    """Makes UUIDv7s of which each is greater than the one before, however many a millisecond sees."""

    def __init__(self) -> None:
        self._turn, self._last = Lock(), 0

    def next(self) -> UUID:
        now = time.time_ns() // 1_000_000
        chance = int.from_bytes(os.urandom(10))
        with self._turn:
            if now > self._last >> 74:
                self._last = now << 74 | chance & MASK_74
            else:  # within a millisecond, or after the clock was set back
                self._last += 1 + (chance & MASK_32)
            made = self._last
        # 48 bits of time, version 7, 12 bits, variant 2, 62 bits (RFC 9562, 5.7 and 6.2)
        return UUID(
            int=(made >> 74) << 80 | 7 << 76 | (made >> 62 & 0xFFF) << 64 | 2 << 62 | made & MASK_62
        )


MASK_74, MASK_62, MASK_32 = (1 << 74) - 1, (1 << 62) - 1, (1 << 32) - 1
_ids = _Ids()


def new_id() -> UUID:
    """A UUIDv7: ordered by time, so that indexes stay compact and newest-first needs no second column."""
    return _ids.next()


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
            "cache_size=-32000",  # kilobytes; the default of 2,000 spills in the middle of an import
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


def insert_rows(
    db: Session,
    table: Any,
    rows: Sequence[Mapping[str, Any]],
    *,
    unless: Sequence[str] = (),
    over: Sequence[str] = (),
) -> None:
    """Many rows of one table at once; `unless` are the columns that make a row known, and left out.

    `over` are the columns by which a row takes the place of the one that is there, whose id stays.
    """
    if not rows:
        return
    statement = insert(db, inspect(table).local_table)
    if unless:
        statement = statement.on_conflict_do_nothing(index_elements=list(unless))
    if over:
        fresh = {name: statement.excluded[name] for name in rows[0] if name != "id"}
        statement = statement.on_conflict_do_update(index_elements=list(over), set_=fresh)
    db.flush()
    if is_postgresql(db):
        db.connection().execute(statement, rows)
    else:
        _straight(db.connection(), statement, rows)


def _straight(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Past the parameter handling of SQLAlchemy, which costs more than SQLite itself."""
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    types = [statement.table.c[name].type.dialect_impl(connection.dialect) for name in names]
    columns = [
        _bound([row[name] for row in rows], kind.bind_processor(connection.dialect))
        for name, kind in zip(names, types, strict=True)
    ]
    connection.exec_driver_sql(compiled.string, list(zip(*columns, strict=True)))


def _bound(values: list[Any], process: Callable[[Any], Any] | None) -> list[Any]:
    """The values of a column as the driver wants them; the same value again costs nothing."""
    if process is None:
        return values
    made, last, done = [], object(), None
    for value in values:
        if value is not last:
            last, done = value, process(value)
        made.append(done)
    return made


def is_postgresql(db: Session) -> bool:
    """Whether this session talks to PostgreSQL."""
    return db.get_bind().dialect.name == "postgresql"
