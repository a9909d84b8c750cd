"""The house's own rules, each with a message that says how to keep it."""

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from consult import schema
from consult.audit import Action
from consult.identity import Role
from consult.lib import paths
from consult.schema import DOMAINS

PACKAGE = paths.package()
DOCS = PACKAGE.parent / "docs"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ENDS_TRANSACTIONS = {"db.py", "schema.py"}
MANY = 40
LONG = 300


def name_of(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def imports_of(file: Path) -> list[str]:
    tree = ast.parse(file.read_text())
    found = [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    ]
    found += [
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    ]
    return found


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_a_domain_is_entered_by_its_front_door(file: Path) -> None:
    home = file.relative_to(PACKAGE).parts[0]
    inner = [
        module
        for module in imports_of(file)
        if (parts := module.split("."))[0] == "consult"
        and len(parts) > 2
        and parts[1] in (*DOMAINS, "jobs")
        and parts[1] != home
        and parts[1:3] != ["moderation", "rules"]
        and parts[1:3] != ["imports", "readers"]
    ]
    assert not inner, (
        f"{name_of(file)} reaches past a front door: {inner}. Export it in __init__.py."
    )


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_only_the_transaction_itself_ends_a_transaction(file: Path) -> None:
    if name_of(file) in ENDS_TRANSACTIONS or file.parts[-2] == "jobs":
        return
    ends = re.findall(r"\b\w+\.(?:commit|rollback)\(\)", file.read_text())
    assert not ends, f"{name_of(file)} ends a transaction: return to keep, raise to undo."


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    if not file.read_text().strip():
        return
    said = ast.get_docstring(ast.parse(file.read_text())) or ""
    assert said.strip(), f"{name_of(file)} begins with no sentence on what it is for."


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_nothing_outgrows_the_ceilings(file: Path) -> None:
    if "versions" in file.parts:
        return
    text = file.read_text()
    functions = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > MANY
    ]
    assert not functions, f"{name_of(file)}: {functions} have more than one subject: split them."
    assert text.count("\n") <= LONG, f"{name_of(file)} is longer than {LONG} lines."


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_domain_knows_of_pages(domain: str) -> None:
    for file in sorted((PACKAGE / domain).rglob("*.py")):
        wrong = [one for one in imports_of(file) if one.split(".")[0] in ("starlette", "jinja2")]
        assert not wrong, f"{name_of(file)} imports {wrong}: domains know nothing of pages."


def test_models_and_database_agree(engine: Engine) -> None:
    schema.check(engine)


def test_the_schema_can_be_taken_down_again(engine: Engine) -> None:
    schema.take_down(engine)
    schema.migrate(engine)
    schema.check(engine)


@pytest.mark.parametrize("action", Action, ids=lambda action: action.value)
def test_every_audit_action_is_explained(action: Action) -> None:
    assert f"`{action.value}`" in (DOCS / "audit.md").read_text(), "Explain it in docs/audit.md."


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_every_role_is_explained(role: Role) -> None:
    assert f"`{role.value}`" in (DOCS / "roles.md").read_text(), "Explain it in docs/roles.md."
