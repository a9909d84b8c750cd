"""What is installed is pinned by version and hash, and comes from wherever the machine's own tools fetch."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([\w.!+]+)([^\n]*(?:\n[ \t]+[^\n]*)*)", re.M)


def pins(name: str) -> dict[str, set[str]]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    found: dict[str, set[str]] = {}
    for package, version, _ in PINNED.findall(text):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.fixture
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture
def npm_lock() -> dict[str, Any]:
    return dict(json.loads((ROOT / "package-lock.json").read_text()))


def test_there_is_a_lock_for_each_thing_that_is_installed() -> None:
    assert [lock.stem for lock in LOCKS] == ["node", "postgres", "run", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_no_address(lock: Path) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host| @ ", lock.read_text())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_pin_has_a_hash(lock: Path) -> None:
    found = PINNED.findall(lock.read_text())
    assert found
    assert [name for name, _, rest in found if "--hash=sha256:" not in rest] == []


def test_the_npm_lock_holds_hashes_and_no_address(npm_lock: dict[str, Any]) -> None:
    packages = {name: entry for name, entry in npm_lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []


def test_the_npm_lock_is_not_behind_package_json(npm_lock: dict[str, Any]) -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    locked = npm_lock["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == asked[kind], "run `make lock`"


@pytest.mark.parametrize(("kind", "extra"), [("run", []), ("test", ["test"])])
def test_what_the_project_asks_for_is_locked(
    project: dict[str, Any], kind: str, extra: list[str]
) -> None:
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    for name in extra:
        asked += project["project"]["optional-dependencies"][name]
    locked = pins(kind)
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert any(map(requirement.specifier.contains, versions)), f"{requirement}: run `make lock`"


def test_the_tests_run_on_the_versions_that_are_run() -> None:
    tested = pins("test")
    assert {name: v for name, v in pins("run").items() if tested.get(name) != v} == {}


@pytest.mark.parametrize("kind", ["run", "test"])
def test_nothing_of_gigabytes_is_pulled_in(kind: str) -> None:
    heavy = ("torch", "nvidia", "tensorflow", "jax", "cuda")
    assert [name for name in pins(kind) if name.startswith(heavy)] == []
