"""All the checks, cheapest first; every one is run, and the sum says what failed and what could not be had."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NO_JAVA = (
    "Java is missing, and the HTML checker needs it: install it "
    "(Debian and Ubuntu: `apt-get install default-jre-headless`; macOS: `brew install openjdk`)."
)
NO_NPM = (
    "npm is missing, and it brings the HTML checker: install Node.js "
    "(Debian and Ubuntu: `apt-get install npm`; macOS: `brew install node`)."
)
NO_CHECKER = "npm could not fetch vnu-jar, the HTML checker (its words are above): check the network and try again."
NO_TESTS = 5  # pytest's exit code


@dataclass(frozen=True)
class Step:
    """One check: its heading, its command, what it adds to the environment, which earlier steps it stands on."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    stands_on: tuple[str, ...] = ()


def tool(name: str, *arguments: str) -> list[str]:
    """A program of this environment, whether or not it is activated."""
    return [str(BIN / name), *arguments]


def pytest(marked: str, *arguments: str) -> list[str]:
    """Two at a time on two cores; a file's tests stay together, so that its dear fixtures are made once."""
    return [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "auto",
        "--dist",
        "loadfile",
        "-m",
        marked,
        *arguments,
    ]


def need(name: str) -> list[str]:
    return [sys.executable, "-m", "tests.needs", name]


def unit(named: str) -> list[str]:
    """Tests say by parameter which database they run on, so each is run in one of the two steps, once."""
    return pytest("not browser and not html", "-k", named, "--ignore=tests/bench")


STYLE = [
    Step("layout: ruff format", tool("ruff", "format", "--check", ".")),
    Step("style: ruff", tool("ruff", "check", ".")),
    Step("floors: import-linter", tool("lint-imports")),
    Step("types: mypy", tool("mypy")),
]
ON_SQLITE = Step("tests without a server, and on SQLite", unit("not postgresql"))
POSTGRESQL = Step("finding PostgreSQL", need("postgresql"))
ON_POSTGRESQL = Step("tests on PostgreSQL", unit("postgresql"), stands_on=(POSTGRESQL.name,))
CHROMIUM = Step("finding Chromium", need("chromium"))
IN_BROWSER = Step("tests in Chromium", pytest("browser and not html"), stands_on=(CHROMIUM.name,))
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML = Step("HTML: vnu", pytest("html"), {"VNU_JAR": str(VNU)})
BENCH = Step("speed", [sys.executable, "-m", "pytest", "-s", "tests/bench"])

STEPS = {
    "check": [*STYLE, ON_SQLITE],
    "test": [*STYLE, POSTGRESQL, CHROMIUM, ON_SQLITE, ON_POSTGRESQL, IN_BROWSER],
    "check-html": [HTML],
    "bench": [BENCH],
}


def main(command: str, options: list[str]) -> int:
    """Go through the steps of a command; `options` go to pytest in the steps that are pytest."""
    if command == "check-html" and not _checker_is_here():
        return 1
    failed: dict[str, str] = {}
    sums = []
    for step in STEPS[command]:
        began = time.monotonic()
        verdict = _verdict(step, failed, options)
        if verdict:
            failed[step.name] = verdict
        sums.append(f"{time.monotonic() - began:6.0f} s  {step.name}: {verdict or 'good'}")
    _say("\n" + "\n".join(["In sum", *sums]))
    return 1 if failed else 0


def _verdict(step: Step, failed: dict[str, str], options: list[str]) -> str:
    """What is wrong, in a few words; empty when nothing is."""
    _say(f"\n== {step.name} ==")
    if missing := [name for name in step.stands_on if name in failed]:
        return f"NOT RUN, because {' and '.join(missing)} failed"
    extra = options if "pytest" in step.command else []
    environment = {**os.environ, **step.environment}
    code = subprocess.run([*step.command, *extra], cwd=ROOT, env=environment).returncode
    if code == NO_TESTS and "pytest" in step.command:
        return "FAILED, no test was found"
    return f"FAILED (exit code {code})" if code else ""


def _checker_is_here() -> bool:
    """The checker is 32 MB that only this command needs, so only it fetches it."""
    if not (npm := shutil.which("npm")):
        _say(NO_NPM)
        return False
    if not (java := shutil.which("java")) or _fails(java, "-version"):
        _say(NO_JAVA)
        return False
    if _fails(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"):
        _say(NO_CHECKER)
        return False
    return True


def _fails(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode != 0


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
