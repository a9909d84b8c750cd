"""Screening a file without keeping any of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from consult.errors import Invalid, Problem
from consult.imports.readers import Table, open_table
from consult.imports.readers.shapes import Row
from consult.moderation.rules import ScreenedRow, screen_rows


def screen(
    file: Annotated[
        Path, typer.Argument(help="CSV, TSV, JSON lines or XLSX, told by its content.")
    ],
    text: Annotated[str, typer.Option("--text", help="The column that holds the text.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row.")] = False,
) -> None:
    """Show what the moderation rules would flag in a file. Nothing of it is kept."""
    try:
        for row in _screened(file, text):
            _tell(row, as_json=as_json)
    except Problem as problem:
        typer.echo(problem.message, err=True)
        raise typer.Exit(1) from None
    except OSError as wrong:
        typer.echo(f"{file} cannot be read: {wrong.strerror}.", err=True)
        raise typer.Exit(1) from None


def _screened(file: Path, column: str) -> Iterator[ScreenedRow]:
    table = open_table(file)
    if column not in table.columns:
        known = ", ".join(table.columns)
        raise Invalid(f"There is no column called “{column}”. The columns are: {known}.")
    return screen_rows(_cells(table), column)


def _cells(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    for row in table.rows():
        if isinstance(row, Row):
            yield row.number, row.cells
        else:
            typer.echo(f"Row {row.number} was not read: {row.reason}", err=True)


def _tell(row: ScreenedRow, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(row.as_dict(), ensure_ascii=False))
        return
    for flag in row.flags:
        typer.echo(f"row {row.row}: {flag.kind.value} ({flag.basis}, {flag.rule}): {flag.reason}")
