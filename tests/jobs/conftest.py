"""A fresh database for each test of the jobs, on SQLite and on PostgreSQL, and a table of tasks of its own."""

import shutil
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
def pg_template(pg_url: str) -> Iterator[str]:
    """A database with the tables made once, which each test copies."""
    name = f"jobs_template_{uuid4().hex[:8]}"
    admin(pg_url, f"CREATE DATABASE {name}")
    set_up(database(pg_url, name))
    yield name
    admin(pg_url, f"DROP DATABASE {name} WITH (FORCE)")


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
    base, name = request.getfixturevalue("pg_url"), f"jobs_{uuid4().hex}"
    template = request.getfixturevalue("pg_template")
    admin(base, f"CREATE DATABASE {name} TEMPLATE {template}")
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
