"""What the Nu HTML checker has to say of pages; `make check-html` fetches it and sets `VNU_JAR`."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.needs import Missing

HOW = "the HTML checker was not fetched: run `make check-html` (it needs Java and npm), or set VNU_JAR to vnu.jar."


def complaints(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Errors and warnings, each with its page's name; one Java is started for all the pages."""
    jar = os.environ.get("VNU_JAR", "")
    if not Path(jar).is_file():
        raise Missing(HOW)
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.as_uri()] = name
    command = [
        "java",
        "-jar",
        jar,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *map(str, _files(folder)),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [_sentence(names, message) for message in json.loads(said)["messages"]]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


def _sentence(names: dict[str, str], message: dict[str, object]) -> str:
    address = str(message.get("url", ""))
    name = names.get(address) or names.get(address.replace("file:/", "file:///", 1), address)
    return f"{name}, line {message.get('lastLine')}: {message['message']}"
