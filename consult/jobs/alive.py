"""Who works: a lock each worker holds while it lives, which its death lets go of, kill -9 included.

SQLite has one worker, behind a lock on a file beside the database. PostgreSQL has any number, each
holding an advisory lock on a connection of its own (so not through a pooler in transaction mode).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from consult.errors import Conflict, Unavailable
from consult.jobs import tables

CLASS = 0x434A
"""The first half of our advisory locks' number, to keep clear of other programs' locks."""


def life(engine: Engine, executor: str) -> "FileLife | PostgresLife":
    """The lock that fits the database."""
    if tables.is_postgresql(engine):
        return PostgresLife(engine, executor)
    return FileLife(engine)


def someone_works(engine: Engine) -> bool:
    """Whether a worker is alive, in this process or another."""
    if tables.is_postgresql(engine):
        with engine.connect() as connection:
            return bool(connection.execute(text(WORKERS), {"kind": CLASS}).scalar())
    return _file_is_held(_path(engine))


WORKERS = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :kind AND objsubid = 2
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class FileLife:
    """One worker for one SQLite file: whoever holds the lock knows every other worker to be dead."""

    def __init__(self, engine: Engine) -> None:
        self.path = _path(engine)
        self.file: int | None = None

    def hold(self) -> None:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise Conflict(
                "Another process already works on the jobs of this data folder. "
                "Stop it first, or start this one with `consult serve`, which leaves the jobs to it."
            ) from None
        self.file = file

    def still(self) -> bool:
        return self.file is not None

    @contextmanager
    def dead(self, executor: str) -> Iterator[bool]:
        yield True

    def release(self) -> None:
        if self.file is not None:
            os.close(self.file)
            self.file = None


class PostgresLife:
    """One advisory lock for each worker; who can take a worker's lock knows it to be dead."""

    def __init__(self, engine: Engine, executor: str) -> None:
        self.engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self.executor = executor
        self.connection: Connection | None = None

    def hold(self) -> None:
        self.connection = self.engine.connect()
        # A machine that vanishes closes nothing: ask after it, or its jobs would wait for two hours.
        for setting in ("idle = 20", "interval = 5", "count = 3"):
            self.connection.exec_driver_sql(f"SET tcp_keepalives_{setting}")
        if not self._ask(self.connection, "pg_try_advisory_lock", self.executor):
            self.release()  # our own lost connection still has it; the next sweep asks again
            raise Unavailable("The lock of this worker is still held by its lost connection.")

    def still(self) -> bool:
        """Whether the lock is still ours; taken again when the connection was lost."""
        try:
            assert self.connection is not None
            self.connection.execute(text("SELECT 1"))
        except Exception:  # whatever broke the connection, the answer is the same
            self.release()
            self.hold()
            return False
        return True

    @contextmanager
    def dead(self, executor: str) -> Iterator[bool]:
        """Holds the dead worker's lock meanwhile, so that two do not take up the same job."""
        with self.engine.connect() as connection:
            taken = self._ask(connection, "pg_try_advisory_lock", executor)
            yield bool(taken)

    def release(self) -> None:
        if self.connection is not None:
            self.connection.invalidate()
            self.connection.close()
            self.connection = None

    @staticmethod
    def _ask(connection: Connection, function: str, executor: str) -> object:
        number = crc32(executor.encode()) - 2**31
        return connection.execute(text(f"SELECT {function}({CLASS}, {number})")).scalar()


def _path(engine: Engine) -> Path:
    return Path(f"{engine.url.database}.worker")


def _file_is_held(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
