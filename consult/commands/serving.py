"""Commands that stay: the demo, the web alone, the worker alone."""

import errno
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from consult import seeding
from consult import work as worker
from consult.app import Lifespan, make_app
from consult.commands.place import Data, database, settle
from consult.settings import Settings

Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]


def demo(
    port: Port = 8000,
    data: Data = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw the demo's data away first.")
    ] = False,
) -> None:
    """Open the demo world: web and jobs in one process, with one-click sign-in as each of its people."""
    _free(port)
    settings = settle(data, demo=True, base_url=f"http://127.0.0.1:{port}")
    if fresh:
        _throw_away(settings)
    engine = database(settings)
    if seeding.is_empty(engine):
        Console(stderr=True).print("Seeding the demo world; this takes some seconds, once.")
        seeding.seed(engine)
    app = make_app(settings, engine, lifespan=_with_worker(settings))
    _welcome(settings, seeding.cast())
    _run(app, "127.0.0.1", port)


def serve(
    port: Port = 8000, host: Host = "127.0.0.1", data: Data = None, alone: bool = False
) -> None:
    """Serve the site. Jobs run in the same process unless `--alone`, which leaves them to `consult work`."""
    _free(port, host)
    settings = settle(
        data, demo=False
    )  # whatever the environment says: one click signs nobody in here
    engine = database(settings)
    app = make_app(settings, engine, lifespan=None if alone else _with_worker(settings))
    _run(app, host, port)


def work(data: Data = None) -> None:
    """Run jobs only; any number of these may work beside each other on PostgreSQL."""
    settings = settle(data)
    database(settings).dispose()
    worker.work(settings.url)


def _with_worker(settings: Settings) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        running = await run_in_threadpool(worker.embed, settings.url)
        yield
        await run_in_threadpool(running.stop)

    return lifespan


def _run(app: Starlette, host: str, port: int) -> None:
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False
    )


def _free(port: int, host: str = "127.0.0.1") -> None:
    """Say kindly that a port is taken, before anything else is done."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as wrong:
            if wrong.errno == errno.EADDRINUSE:
                say = f"Port {port} is already in use. Stop what uses it, or choose another: --port {port + 1}"
            else:
                say = f"Port {port} on {host} cannot be used: {wrong.strerror}."
            typer.echo(say, err=True)
            raise typer.Exit(1) from None


def _throw_away(settings: Settings) -> None:
    """Delete the demo's data; only what Consult itself put into the folder."""
    for name in ("consult.db", "consult.db-wal", "consult.db-shm"):
        (settings.data / name).unlink(missing_ok=True)
    for folder in ("uploads", "outbox"):
        shutil.rmtree(settings.data / folder, ignore_errors=True)


def _welcome(settings: Settings, cast: list[tuple[str, str]]) -> None:
    out = Console(highlight=False)
    out.print(f"\n[bold]Consult[/bold] is at [bold]{settings.base_url}[/bold]  (Ctrl+C stops it)")
    out.print(f"Sign in with one click at {settings.base_url}/sign-in as:")
    for name, says in cast:
        out.print(f"  [bold]{name}[/bold]  {says}")
    out.print(f"Data: {Path(settings.data).resolve()}\n")
