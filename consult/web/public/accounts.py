"""The account of a publication: the sums, the root and signature, and the files to check them with."""

from collections.abc import Iterator
from pathlib import Path

from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from consult import consultations, decisions
from consult.consultations import Consultation
from consult.db import transaction
from consult.decisions import Publication
from consult.lib import check_proof, paging
from consult.lib import csv as tables
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import render
from consult.web.wording import words_of


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    here, publication = _found(request)
    return render(
        request,
        "public/accounts/show.html",
        consultation=here,
        publication=publication,
        publications=decisions.publications(request.db, here),
        sums=decisions.published_sums(publication.sums),
        label=lambda kind: decisions.label(kind, here.kind),
        public_key=decisions.public_key(),
        counts=consultations.counts(request.db, here.id),
        words=words_of(here),
    )


@page(allow=anyone)
def download(request: PageRequest) -> Response:
    """The ledger, a line at a time, in a transaction of its own: it may be a million lines long."""
    here, publication = _found(request)
    engine = request.app.state.engine

    def lines() -> Iterator[str]:
        with transaction(engine, readonly=True) as db:
            yield from tables.write(decisions.ledger_rows(db, publication), decisions.COLUMNS)

    name = f"{here.slug}-ledger-{publication.number}.csv"
    return StreamingResponse(
        lines(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page(allow=anyone)
def document(request: PageRequest) -> Response:
    here, publication = _found(request)
    return JSONResponse(decisions.publication_document(publication, here))


@page(allow=anyone)
def checker(request: PageRequest) -> Response:
    """The program that checks proofs, to be run by anyone who has Python."""
    return FileResponse(
        Path(check_proof.__file__), filename="check_proof.py", media_type="text/x-python"
    )


def _found(request: PageRequest) -> tuple[Consultation, Publication]:
    here = consultations.public_by_slug(request.db, request.path_params["slug"])
    asked = request.query_params.get("publication")
    number = paging.page_number(asked) if asked else None
    return here, decisions.publication(request.db, here, number)
