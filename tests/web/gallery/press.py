"""Renders templates alone, without the rest of the house, for the tests of the look.

`python -m tests.web.gallery.press FOLDER` takes pictures: light, dark and on a phone.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from sys import argv
from threading import Thread
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[3]
GALLERY = Path(__file__).parent
PAGES = ("components", "home", "consultation", "form", "receipt", "desk")
LAUNCH = {"executable_path": which("chromium"), "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"

OLU = SimpleNamespace(name="Olu Adeyemi", email="olu@example.org")
SITE = SimpleNamespace(name="Consult", contact="hello@example.org", demo=True)


def request(**changes: Any) -> SimpleNamespace:
    stranger = {
        "person": None,
        "path": "/",
        "language": "en",
        "is_staff": False,
        "is_member": False,
    }
    return SimpleNamespace(**{**stranger, **changes})


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader([ROOT / "templates", GALLERY]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {
        "url": lambda name, **params: "/" + name.replace(".", "/"),
        "asset": lambda name: f"/asset/{name}",
        "site": SITE,
    }
    env.filters |= {
        "number": lambda n: f"{n:,}",
        "percent": percent,
        "day": lambda at: f"{at:%-d %B %Y}",
        "moment": lambda at: f"{at:%-d %B %Y, %-I:%M%p}".replace("AM", "am").replace("PM", "pm"),
        "safe_html": lambda html: html,
    }
    return env


def render(page: str, **context: Any) -> str:
    """A gallery page as the house would render it; `context` adds to what every page is given."""
    staff = request(person=OLU, is_staff=True, path="/office/home/show")
    given = {"request": staff if page == "desk" else request(), "flash": None}
    return environment().get_template(f"{page}.html").render(**{**given, **context})


def joined(kind: str) -> bytes:
    return b"\n".join(
        file.read_bytes() for file in sorted((ROOT / "static" / kind).glob(f"*.{kind}"))
    )


class _Handler(SimpleHTTPRequestHandler):
    """Serves the gallery with the strict policy the real pages have."""

    def do_GET(self) -> None:
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        if name in PAGES:
            self._send(render(name).encode(), "text/html; charset=utf-8")
        elif name in ("app.css", "app.js"):
            kind = name.split(".")[1]
            self._send(joined(kind), "text/css" if kind == "css" else "text/javascript")
        elif name == "favicon.svg":
            self._send((ROOT / "static" / name).read_bytes(), "image/svg+xml")
        else:
            self._vendored(name)

    def _vendored(self, name: str) -> None:
        found = next((ROOT / "static" / "vendor").rglob(name), None)
        if found is None:
            self.send_error(404)
        else:
            self._send(
                found.read_bytes(), "font/woff2" if name.endswith("woff2") else "text/javascript"
            )

    def _send(self, body: bytes, kind: str) -> None:
        with suppress(BrokenPipeError):  # the browser has gone on to the next page
            self._answer(body, kind)

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The gallery on a free port of this machine, for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(**LAUNCH)
        yield browser
        browser.close()


def take_pictures(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, chromium() as browser:
        for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360)):
            view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            for page in PAGES:
                view.goto(f"{address}/{page}")
                view.screenshot(path=folder / f"{page}-{scheme}-{width}.png", full_page=True)


if __name__ == "__main__":
    take_pictures(Path(argv[1]))
