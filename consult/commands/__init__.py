"""The command line: one function a command, each thin over what the domains do."""

import typer

from consult.commands import database, importing, listing, screening, serving

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
app.command(name="consultations")(listing.consultations)
app.command(name="import")(importing.import_)
app.command()(screening.screen)
