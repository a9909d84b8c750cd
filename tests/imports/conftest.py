"""Files made on the spot, and the Mastodon-shaped server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult.imports.readers.tables import Table, open_table
from tests.imports.servers import MastodonServer


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str | bytes], Table]:
    """Opens content as a table, under a name that says nothing."""

    def opened(content: str | bytes) -> Table:
        path = tmp_path / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_table(path)

    return opened


@pytest.fixture(scope="session")
def running_mastodon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MastodonServer]:
    server = MastodonServer(tmp_path_factory.mktemp("mastodon"))
    try:
        yield server.wait()
    finally:
        server.stop()


@pytest.fixture
def mastodon(running_mastodon: MastodonServer) -> Iterator[MastodonServer]:
    """The server, whole again after each test."""
    yield running_mastodon
    running_mastodon.mend()
