"""Writes docs/settings.md from the settings themselves: `python -m tests.house.settings_page`."""

from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from consult.settings import OidcProvider, Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
BEFORE = """\
# Settings

Written from `consult/settings.py` by `python -m tests.house.settings_page`; a test holds the two together.

Settings are read once, at start, from the environment. `--data DIR` on the command line wins over `CONSULT_DATA`.

| variable | default | what it is |
| --- | --- | --- |
"""
BETWEEN = """
## A sign-in provider

`CONSULT_OIDC` is a JSON list; each of its objects has:

| key | default | what it is |
| --- | --- | --- |
"""


def rendered() -> str:
    """The page as it should be."""
    settings = [_row(f"CONSULT_{name.upper()}", field) for name, field in _fields(Settings)]
    provider = [_row(name, field) for name, field in _fields(OidcProvider)]
    return "".join([BEFORE, *settings, BETWEEN, *provider])


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    return list(model.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    said = (field.description or "").replace("|", "\\|")
    return f"| `{name}` | {_default(field)} | {said} |\n"


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined and field.default_factory is None:
        return "must be set"
    if field.default is PydanticUndefined or field.default == "":
        return "empty"
    if bool in (field.annotation, *get_args(field.annotation)):
        return f"`{str(field.default).lower()}`"
    return f"`{field.default}`"


if __name__ == "__main__":
    PAGE.write_text(rendered())
