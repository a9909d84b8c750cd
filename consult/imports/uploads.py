"""Files that people bring: kept under the hash of their content, so that the same file is one file."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from consult.errors import Invalid
from consult.settings import settings

PIECE = 1 << 20


@dataclass(frozen=True)
class Upload:
    """A file that is now kept."""

    name: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


def folder() -> Path:
    """Where files lie: beside the embedded database, and on no public address."""
    made = settings().data / "uploads"
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def path_of(sha256: str) -> Path:
    return folder() / sha256


def keep(name: str, content: BinaryIO) -> Upload:
    """Keep a file, piece by piece. Raises Invalid for one that is empty or too large."""
    most = settings().max_upload_mb * 1024 * 1024
    beginning = folder() / f".{secrets.token_hex(8)}"
    try:
        upload = _copied(name, content, beginning, most)
        os.replace(beginning, upload.path)
    finally:
        beginning.unlink(missing_ok=True)
    return upload


def forget(sha256: str) -> None:
    """Delete a file that no run needs."""
    path_of(sha256).unlink(missing_ok=True)


def _copied(name: str, content: BinaryIO, to: Path, most: int) -> Upload:
    digest, size = hashlib.sha256(), 0
    with to.open("xb") as file:
        to.chmod(0o600)
        while piece := content.read(PIECE):
            size += len(piece)
            if size > most:
                raise Invalid(
                    f"The file is larger than {most // (1024 * 1024):,} MB. Split it and bring the parts."
                )
            digest.update(piece)
            file.write(piece)
    if not size:
        raise Invalid("The file is empty.")
    return Upload(_plain_name(name), size, digest.hexdigest())


def _plain_name(name: str) -> str:
    """The last part of a name, whatever path a browser put before it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:300] or "file"
