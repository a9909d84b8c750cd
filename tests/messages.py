"""Renews consult/locale: the texts that code and templates mark with `_()`, and each language's file of them.

`python3 run.py messages` runs it. A text that is new in a .po file is empty, and shows in English until
somebody translates it; one whose English changed is empty again, and never guessed.
"""

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from consult.lib import paths
from consult.web.languages import LANGUAGES

ROOT = paths.root()
LOCALE = paths.package() / "locale"
TEMPLATE = LOCALE / "consult.pot"
WIDTH = 110
HEADER = "# The texts of Consult. Renew with: python3 run.py messages"


def extracted() -> Catalog:
    """Every text marked for translation, with the files it stands in."""
    found = Catalog(project="Consult", charset="utf-8")
    for file, _line, message, comments, context in _messages():
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def read(file: Path, language: str | None = None) -> Catalog:
    """A catalogue as it is kept; an empty one where there is none yet."""
    if not file.exists():
        return Catalog(locale=language, project="Consult", charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale=language)


def of_language(language: str) -> Path:
    """Where a language's texts are kept."""
    return LOCALE / language / "LC_MESSAGES" / "consult.po"


def renew() -> None:
    """Write the template, and bring each language's file up to it; nothing translated is lost."""
    fresh = extracted()
    _write(TEMPLATE, fresh)
    for language in LANGUAGES:
        file = of_language(language)
        kept = read(file, language)
        kept.update(fresh, no_fuzzy_matching=True)
        _write(file, kept)


def _messages() -> Any:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in config]
    options = {
        one["pattern"]: {k: v for k, v in one.items() if k not in ("pattern", "method")}
        for one in config
    }
    for folder in ("consult", "templates"):
        yield from extract_from_dir(
            ROOT / folder,
            [
                (pattern.removeprefix(f"{folder}/"), how)
                for pattern, how in methods
                if pattern.startswith(folder)
            ],
            {pattern.removeprefix(f"{folder}/"): how for pattern, how in options.items()},
            comment_tags=["To translators:"],
            strip_comment_tags=True,
        )


def _write(file: Path, catalogue: Catalog) -> None:
    catalogue.fuzzy, catalogue.header_comment = False, HEADER
    catalogue.project, catalogue.version = "Consult", "1"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = BytesIO()
    write_po(made, catalogue, width=WIDTH, no_location=True, sort_output=True, omit_header=False)
    lines = made.getvalue().decode().splitlines(keepends=True)
    # Times in the header would make every renewal a change.
    kept = [
        line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date'))
    ]
    file.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    renew()
    for each in LANGUAGES:
        catalogue = read(of_language(each), each)
        done = sum(1 for one in catalogue if one.id and one.string and any(one.string))
        print(f"{each}: {done:,} of {len(catalogue):,} texts translated")  # noqa: T201
