"""Styles, scripts and fonts: read once, compressed once, served under names that change with content."""

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from consult.errors import NotFound
from consult.lib import paths

FOREVER = "public, max-age=31536000, immutable"
NOT_BUILT = (
    "The front-end assets are missing: static/vendor/manifest.json is not there. "
    "Run `make setup` (or `python3 run.py setup`), which builds them."
)
WANTED = {
    "htmx.js": "htmx.min.js",
    "atkinson-latin.woff2": "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-latin-ext.woff2": "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
}
"""What pages ask of the third-party files, under the names they use."""
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    zipped: bytes | None
    kind: str


class Assets:
    """All assets by name, in memory: a few hundred kilobytes, sent without touching the disk."""

    def __init__(self) -> None:
        static = paths.root() / "static"
        files = {
            "app.css": _joined(static / "css", "*.css"),
            "app.js": _joined(static / "js", "*.js"),
            **{file.name: file.read_bytes() for file in static.iterdir() if file.is_file()},
            **_vendored(static / "vendor"),
        }
        self.version = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[
            :12
        ]
        self._files = {name: _asset(name, body) for name, body in files.items()}

    def address(self, name: str) -> str:
        """Where a file is served; a name that is not there is a mistake of ours."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def serve(self, request: Request) -> Response:
        found = self._files.get(request.path_params["name"])
        if found is None:
            raise NotFound("There is no such file.")
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if found.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(
                found.zipped, media_type=found.kind, headers={**headers, "Content-Encoding": "gzip"}
            )
        return Response(found.body, media_type=found.kind, headers=headers)

    def route(self) -> Route:
        """The address they are served at. The version is not looked at: an old page finds its font."""
        return Route("/static/{version}/{name:path}", self.serve, name="static")


@lru_cache(maxsize=1)
def assets() -> Assets:
    """The assets of this process, read and compressed once."""
    return Assets()


def _joined(folder: Path, pattern: str) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(folder.glob(pattern)))


def _vendored(folder: Path) -> dict[str, bytes]:
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise SystemExit(NOT_BUILT)
    files = json.loads(manifest.read_text())["files"]
    return {short: (folder.parent / files[name]).read_bytes() for short, name in WANTED.items()}


def _asset(name: str, body: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or "javascript" in kind or "svg" in kind or "json" in kind
    return Asset(body, gzip.compress(body, 9, mtime=0) if text else None, kind)
