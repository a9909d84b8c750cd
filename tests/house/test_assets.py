"""What browsers get that we did not write is whole, ours to give, and carried by the wheel."""

import json
import subprocess
import sys
import zipfile
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from consult.lib import paths

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
ONE_LINE = b"let a=1;//# sourceMappingURL=govuk-frontend.min.js.map\n"


@pytest.fixture
def manifest() -> dict[str, Any]:
    path = VENDOR / "manifest.json"
    assert path.exists(), "The assets are not laid: run `make setup`."
    return dict(json.loads(path.read_text()))


@pytest.fixture
def css(manifest: dict[str, Any]) -> str:
    return (ROOT / "static" / manifest["files"]["govuk-frontend.min.css"]).read_text()


def test_every_asset_is_there_and_not_empty(manifest: dict[str, Any]) -> None:
    assert set(manifest["files"]) == {*hatch_build.COPIED, *hatch_build.JOINED, *hatch_build.OWN}
    sizes = {path: (ROOT / "static" / path).stat().st_size for path in manifest["files"].values()}
    assert [path for path, size in sizes.items() if size < 300] == []


def test_assets_lie_in_one_folder_named_by_their_content(manifest: dict[str, Any]) -> None:
    assert [path.name for path in VENDOR.iterdir() if path.is_dir()] == [manifest["hash"]]
    prefix = f"vendor/{manifest['hash']}/"
    contents = {
        name: (ROOT / "static" / path).read_bytes() for name, path in manifest["files"].items()
    }
    assert all(path == prefix + name for name, path in manifest["files"].items())
    assert hatch_build._digest(contents) == manifest["hash"]


def test_the_typeface_and_crest_of_gov_uk_are_left_out(css: str) -> None:
    assert "GDS Transport" not in css
    assert "govuk-crest" not in css
    assert "@font-face" not in css
    assert "Atkinson Hyperlegible Next Variable" in css


def test_no_asset_asks_for_a_file_that_is_not_there(manifest: dict[str, Any], css: str) -> None:
    assert "url(" not in css
    fonts = (ROOT / "static" / manifest["files"]["atkinson-hyperlegible-next.css"]).read_text()
    asked = {part.split(")")[0].removeprefix("./") for part in fonts.split("url(")[1:]}
    assert asked == set(hatch_build.FACES)


@pytest.mark.parametrize("name", ["htmx.min.js", "hx-sse.min.js", "govuk-frontend.min.js"])
def test_scripts_name_no_source_map(manifest: dict[str, Any], name: str) -> None:
    assert b"sourceMappingURL" not in (ROOT / "static" / manifest["files"][name]).read_bytes()


def test_the_source_map_goes_and_the_code_before_it_on_its_line_stays() -> None:
    assert hatch_build._cleaned("a.js", ONE_LINE) == b"let a=1;\n"


def test_a_source_map_comment_inside_the_code_is_left_alone() -> None:
    code = b"//# sourceMappingURL=a.map\nlet a=1;\n"
    assert hatch_build._cleaned("a.js", code) == code


def test_an_empty_asset_stops_the_build(tmp_path: Path) -> None:
    for path in [*hatch_build.COPIED.values(), *chain(*hatch_build.JOINED.values())]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    (tmp_path / hatch_build.COPIED["htmx.min.js"]).write_bytes(b"//# sourceMappingURL=htmx.map")
    with pytest.raises(SystemExit, match=r"htmx\.min\.js"):
        hatch_build._files(ROOT, tmp_path)


def test_a_new_typeface_of_gov_uk_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="mend NOT_OURS"):
        hatch_build._cleaned("govuk-frontend.min.css", b"p{font:1em GDS Transport}")


def test_a_lost_file_is_noticed_and_a_whole_folder_is_not_fetched_again(tmp_path: Path) -> None:
    vendor = tmp_path / "static" / "vendor"
    hatch_build._write(vendor, {"a.js": b"1", "b.js": b"2"}, "these inputs")
    assert hatch_build._is_current(vendor, "these inputs")
    assert not hatch_build._is_current(vendor, "other inputs")
    next(vendor.glob("*/a.js")).unlink()
    assert not hatch_build._is_current(vendor, "these inputs")


def test_new_assets_take_the_place_of_the_old(tmp_path: Path) -> None:
    hatch_build._write(tmp_path, {"a.js": b"1"}, "")
    hatch_build._write(tmp_path, {"a.js": b"2"}, "")
    assert [path.read_bytes() for path in tmp_path.glob("*/a.js")] == [b"2"]


def test_a_wheel_carries_all_that_the_pages_need(tmp_path: Path, manifest: dict[str, Any]) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    ask = "from consult.lib.paths import root; print(root())"
    command = [sys.executable, "-S", "-c", ask]
    done = subprocess.run(
        command, cwd=tmp_path / "site", capture_output=True, text=True, check=True
    )
    carried = Path(done.stdout.strip())
    assert carried == tmp_path / "site" / "consult" / "parts"
    for folder in ("templates", "static", "seed"):
        ours = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if _is_kept(p)}
        assert {path for path in ours if not (carried / path).is_file()} == set()


def _is_kept(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def test_a_checkout_is_its_own_root() -> None:
    assert paths.root() == ROOT
