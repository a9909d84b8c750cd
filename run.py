#!/usr/bin/env python3
"""The project's commands, with nothing but Python: `python3 run.py run`, `python3 run.py test`, and the rest."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPED = ["pyproject.toml", "package.json", "package-lock.json", "hatch_build.py"]

COMMANDS = """\
  run          open the demo on this machine     [--port PORT] [--data DIR] [--fresh]
  test         everything: style, types, floors, unit tests on both databases, the browser
  setup        make the environment and the assets, and stop
  check        the quick part of `test`: style, types, floors, unit tests on SQLite
  check-html   validate the HTML of the pages (needs Java)
  bench        measure what must be fast
  messages     renew the list of texts to translate, and every language's file of them
  lock         renew requirements/*.lock and package-lock.json (needs uv and npm)
"""
OLD_PYTHON = (
    "Consult needs Python %d.%d or newer, and this is %d.%d: install a newer one (Debian and Ubuntu: "
    "`apt-get install python3 python3-venv`; macOS: `brew install python`) and start this again with it."
)
WINDOWS = "Consult runs on Linux and macOS: on Windows, use it inside WSL (`wsl --install`)."
NO_VENV = (
    "Python could not make a virtual environment; most often its venv module is missing. "
    "Install it (Debian and Ubuntu: `apt-get install python3-venv`) and try again."
)
NO_PACKAGES = (
    "The Python packages of requirements/%s.lock could not be installed (pip's words are above). They come from "
    "PyPI, or from the index pip is set up to use: check the network and try again."
)
NO_ASSETS = (
    "Consult is not ready: its assets could not be laid into static/vendor, for the reason above."
)
NO_BUILD = "Consult is not ready: it could not be installed into .venv, for the reason above."
NO_UV = "uv is missing, and it makes the locks: `pip install uv`, and try again."
NO_LOCK = "Not every lock could be renewed; the reason is above."


def main(arguments: list[str]) -> None:
    command, options = (arguments or ["help"])[0], arguments[1:]
    check_machine(arguments)
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # with it every start compiles anew: three times as slow
    if command == "run":
        open_demo(options)
    elif command == "setup":
        install("run")
        say(
            "Ready: `python3 run.py run` opens the demo; `.venv/bin/consult --help` lists what else there is."
        )
    elif command == "lock":
        renew_locks()
    elif command == "messages":
        install("test")
        become(PYTHON, "-m", "tests.messages", *options)
    elif command in ("test", "check", "check-html", "bench"):
        install("test")
        become(PYTHON, "-m", "tests.everything", command, *options)
    else:
        stop(f"The commands are (`make COMMAND`, or `python3 run.py COMMAND`):\n{COMMANDS}")


def check_machine(arguments: list[str]) -> None:
    """A newer Python beside an old one is used without asking."""
    if os.name == "nt":
        stop(WINDOWS)
    if sys.version_info < OLDEST:
        newer = next(
            filter(None, map(shutil.which, ("python3.13", "python3.12", "python3.11"))), None
        )
        if newer is None or "CONSULT_RETRIED" in os.environ:
            stop(OLD_PYTHON % (*OLDEST, *sys.version_info[:2]))
        os.environ["CONSULT_RETRIED"] = "yes"
        become(str(newer), __file__, *arguments)


def open_demo(options: list[str]) -> None:
    install("run")
    os.environ.setdefault("CONSULT_DATA", str(ROOT / "var"))
    become(VENV / "bin" / "consult", "demo", *options)


def install(kind: str) -> None:
    """Bring .venv up to date for `run` or `test`; a stamp makes the second time quick."""
    if is_ready(kind):
        return
    make_venv()
    say(
        f"Installing the Python packages of requirements/{kind}.lock into .venv (a minute the first time)."
    )
    if call(*pip(), "--require-hashes", "-r", f"requirements/{kind}.lock"):
        stop(NO_PACKAGES % kind)
    if not shutil.which("npm") and call(*pip(), "--require-hashes", "-r", "requirements/node.lock"):
        stop(NO_PACKAGES % "node")
    say("Fetching the assets with npm, and laying them into static/vendor.")
    if call(str(PYTHON), "hatch_build.py"):
        stop(NO_ASSETS)
    if call(*pip(), "--no-deps", "--no-build-isolation", "--editable", "."):
        stop(NO_BUILD)
    stamp_file(kind).write_text(stamp(kind))


def is_ready(kind: str) -> bool:
    """What the tests need includes what a run needs."""
    if not PYTHON.exists() or not (ROOT / "static" / "vendor" / "manifest.json").exists():
        return False
    stamps = [(stamp_file(each), stamp(each)) for each in {kind, "test"}]
    return any(file.exists() and file.read_text() == now for file, now in stamps)


def stamp(kind: str) -> str:
    sha = hashlib.sha256(repr((str(ROOT), sys.version_info[:3])).encode())
    for name in [*STAMPED, f"requirements/{kind}.lock"]:
        sha.update((ROOT / name).read_bytes())
    return sha.hexdigest()


def stamp_file(kind: str) -> Path:
    return VENV / f"ready-to-{kind}"


def make_venv() -> None:
    """Anew when this Python, or this folder, is not the one it was made with."""
    made_with = VENV / "made-with"
    this = repr((str(ROOT), sys.version_info[:3]))
    if PYTHON.exists() and made_with.exists() and made_with.read_text() == this:
        return
    say(f"Making the environment in .venv with Python {sys.version.split()[0]}.")
    base = getattr(sys, "_base_executable", sys.executable)  # .venv cannot remake itself
    make = [base, "-m", "venv", "--clear", str(VENV)]
    if call(*make) and not (venv_by_apt() and call(*make) == 0):
        shutil.rmtree(VENV, ignore_errors=True)
        stop(NO_VENV)
    made_with.write_text(this)


def venv_by_apt() -> bool:
    from tests.needs import install as by

    return by.apt("python3-venv")


def renew_locks() -> None:
    """Locks hold versions and hashes and no addresses, so that any index or mirror will do."""
    uv = shutil.which("uv") or stop(NO_UV)
    compiling = [uv, "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes"]
    compiling += ["--no-header", "--no-annotate", "--python-version", ".".join(map(str, OLDEST))]
    project = ["pyproject.toml", "--group", "build"]
    sources = {
        "run": project,
        "test": [*project, "--extra", "test", "--constraint", "requirements/run.lock"],
        "node": ["--group", "node"],
        "postgres": ["--group", "postgres", "--no-deps"],
    }
    flags = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
    failed = [
        call(*compiling, *what, "-o", f"requirements/{name}.lock") for name, what in sources.items()
    ]
    if any([*failed, call("npm", "install", *flags)]):
        stop(NO_LOCK)


def pip() -> list[str]:
    return [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
    ]


def call(*command: str) -> int:
    try:
        return subprocess.run(command, cwd=ROOT).returncode
    except FileNotFoundError:
        say(f"{command[0]} is missing.")
        return 127


def become(program: str | Path, *arguments: str) -> None:
    """Hand over: the program keeps this one's place, so that Ctrl-C and signals reach it."""
    sys.stdout.flush()
    os.execv(program, [str(program), *arguments])


def say(sentence: str) -> None:
    print(sentence, flush=True)


def stop(sentence: str) -> str:
    """Never returns; it says so as `str` for the sake of `found or stop(…)`."""
    sys.exit(sentence)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
