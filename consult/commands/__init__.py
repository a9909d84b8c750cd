"""The command line: one function a command, each thin over what the domains do."""

import typer

from consult.commands import database, importing, ledger, listing, people, screening, serving

app = typer.Typer(
    name="consult",
    help="Public consultations from the question to the answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)

app.command()(serving.demo)
app.command()(serving.serve)
app.command()(serving.work)
app.command()(database.migrate)
app.command()(database.seed)
app.command()(people.invite)
app.command(name="consultations")(listing.consultations)
app.command(name="check-proof")(ledger.check_proof)

export = typer.Typer(help="Write what Consult holds to standard output.", no_args_is_help=True)
app.add_typer(export, name="export")
export.command(name="ledger")(ledger.ledger)


@export.callback()
def exporting() -> None:
    """Write what Consult holds to standard output."""


app.command(name="import")(importing.import_)
app.command()(screening.screen)
