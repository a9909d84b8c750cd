"""A Chromium for the browser tests: `CHROMIUM`, one that is here, Debian's, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from tests.needs import Missing, install

NAMES = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]
APPS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
# Chromium's sandbox refuses to run as root; /dev/shm is too small in most containers.
AS_ROOT = ["--no-sandbox", "--disable-dev-shm-usage"]
# A test browser looks at our server and nothing else.
ALONE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOW = (
    "no Chromium could be found or installed, and the browser tests need one. Install it (Debian: "
    "`apt-get install chromium`; Ubuntu: `.venv/bin/playwright install --with-deps chromium`; macOS: "
    "Google Chrome), or set CHROMIUM to the program."
)
PLAYWRIGHTS_OWN = """
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    path = p.chromium.executable_path
print(path if Path(path).exists() else "")
"""


def launch_arguments() -> dict[str, Any]:
    """What Playwright's `chromium.launch` is to be given; without a path it takes its own."""
    arguments = [*ALONE, *(AS_ROOT if os.geteuid() == 0 else [])]
    path = find()
    return {"args": arguments, **({"executable_path": path} if path else {})}


@cache
def find() -> str | None:
    """The program to start, if this machine has one outside Playwright."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    found = [*filter(None, map(shutil.which, NAMES)), *(app for app in APPS if Path(app).exists())]
    return next((path for path in found if install.answers(path)), None)


def get() -> str:
    """Where Chromium is, installing it if need be."""
    if path := find() or _playwrights_own():
        return _checked(path)
    if install.apt("chromium", on=("debian",)):  # Ubuntu's package only asks for a snap
        find.cache_clear()
        return _checked(find())
    if install.run(_playwright_install()):
        return _checked(_playwrights_own())
    raise Missing(HOW)


def _checked(path: str | None) -> str:
    if not path or not install.answers(path):
        raise Missing(f"{path} does not start: {HOW}" if path else HOW)
    return path


def _playwright_install() -> list[str]:
    libraries = ["--with-deps"] if os.geteuid() == 0 and shutil.which("apt-get") else []
    return [sys.executable, "-m", "playwright", "install", *libraries, "chromium"]


def _playwrights_own() -> str | None:
    """Asked of another process: Playwright's driver cannot be started twice in one."""
    command = [sys.executable, "-c", PLAYWRIGHTS_OWN]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() or None
