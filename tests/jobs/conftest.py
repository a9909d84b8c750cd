"""A fresh database for each test of the jobs, on SQLite and on PostgreSQL, and a table of tasks of its own."""

import getpass
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from consult import jobs
from consult.db import make_engine
from consult.jobs import registry

MARKS = "CREATE TABLE mark (name TEXT PRIMARY KEY, runs INTEGER NOT NULL DEFAULT 1)"


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """A PostgreSQL server of our own, under a temporary folder, with nothing to lose."""
    folder = Path(tempfile.mkdtemp(prefix="consult-pg-"))
    folder.chmod(0o777)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, sockets = folder / "data", folder
    server(f"initdb -D {data} -U postgres -A trust --no-sync -E UTF8 --locale=C")
    options = f"-p {port} -k {sockets} -c listen_addresses=127.0.0.1 -c fsync=off"
    server(f"pg_ctl -D {data} -w -l {folder}/log -o '{options}' start")
    yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    server(f"pg_ctl -D {data} -m immediate stop")
    shutil.rmtree(folder, ignore_errors=True)


def server(command: str) -> None:
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    as_user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    subprocess.run(
        [*as_user, "sh", "-c", f"cd /tmp && {binaries}/{command}"], check=True, capture_output=True
    )


@pytest.fixture(scope="session")
def pg_template(pg_url: str) -> str:
    """A database with the tables made once, which each test copies."""
    admin(pg_url, "CREATE DATABASE jobs_template")
    set_up(database(pg_url, "jobs_template"))
    return pg_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("jobs") / "template.db"
    set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "jobs.db")
        yield f"sqlite:///{tmp_path / 'jobs.db'}"
        return
    base, name = request.getfixturevalue("pg_template"), f"jobs_{uuid4().hex}"
    admin(base, f"CREATE DATABASE {name} TEMPLATE jobs_template")
    yield database(base, name)
    admin(base, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, jobs.Task]]:
    """An empty table of tasks, for this test only."""
    monkeypatch.setattr(registry, "_sealed", False)
    before = dict(jobs.TASKS)
    jobs.TASKS.clear()
    yield jobs.TASKS
    jobs.TASKS.clear()
    jobs.TASKS.update(before)


def set_up(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(MARKS))
    jobs.prepare(engine)
    engine.dispose()


def database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def admin(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
