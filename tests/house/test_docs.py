"""The documents say what is so."""

import re
from pathlib import Path

import typer

from tests.house import settings_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


def test_every_setting_is_in_the_docs_as_it_is() -> None:
    mend = "docs/settings.md is behind: run `python -m tests.house.settings_page`."
    assert settings_page.PAGE.read_text() == settings_page.rendered(), mend


def test_every_setting_says_what_it_is() -> None:
    unsaid = re.findall(r"^\| `(CONSULT_\w+)` \| [^|]* \| *\|$", settings_page.rendered(), re.M)
    assert unsaid == []


def test_the_docs_name_no_setting_that_is_not_there() -> None:
    known = set(re.findall(r"CONSULT_[A-Z_]+", settings_page.rendered()))
    named = {word for page in PAGES for word in re.findall(r"`(CONSULT_[A-Z_]+)", page.read_text())}
    assert named - known == set()


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (page, to)
        for page in PAGES
        for to in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    ]
    assert links
    assert [(page.name, to) for page, to in links if not (page.parent / to).exists()] == []


def test_the_readme_names_every_command_of_run_py() -> None:
    readme = (ROOT / "README.md").read_text()
    listed = re.search(r'COMMANDS = """\\\n(.*?)"""', (ROOT / "run.py").read_text(), re.S)
    assert listed
    commands = re.findall(r"^  ([a-z-]+) ", listed[1], re.M)
    assert "test" in commands
    assert [name for name in commands if f"make {name}" not in readme] == []


def test_make_offers_every_command_of_run_py() -> None:
    makefile = (ROOT / "Makefile").read_text()
    listed = re.search(r'COMMANDS = """\\\n(.*?)"""', (ROOT / "run.py").read_text(), re.S)
    assert listed
    targets = re.search(r"^help (.*):$", makefile, re.M)
    assert targets
    assert targets[1].split() == re.findall(r"^  ([a-z-]+) ", listed[1], re.M)


def test_the_readme_names_every_command_of_consult() -> None:
    from consult.__main__ import app

    readme = (ROOT / "README.md").read_text()
    commands = sorted(typer.main.get_group(app).commands)
    assert "demo" in commands
    assert [name for name in commands if f"`consult {name}" not in readme] == []
