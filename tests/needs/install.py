"""Installing what a test needs: by apt where we may, by pip from a hashed lock, by a tool's own command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def apt(*packages: str, on: tuple[str, ...] = ("debian", "ubuntu")) -> bool:
    """Install Debian packages, as root, on the systems where they are what they say they are."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or _system() not in on:
        return False
    _say(f"Installing {', '.join(packages)} with apt-get.")
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    return run(["apt-get", "update", "--quiet"], **QUIET) and run(install, **QUIET)


def pip(lock: str) -> bool:
    """Install what a lock in requirements/ pins, without its own requirements."""
    _say(f"Installing requirements/{lock} with pip.")
    flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    return run([sys.executable, "-m", "pip", "install", *flags, "-r", f"requirements/{lock}"])


def run(command: list[str], **environment: str) -> bool:
    """Run it with its words going to stderr; whether it went well."""
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=sys.stderr)
    return done.returncode == 0


def answers(program: Path | str) -> bool:
    """Whether `program --version` works: Ubuntu's chromium-browser is a stub that only asks for a snap."""
    try:
        done = subprocess.run([str(program), "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _system() -> str:
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return ""
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
