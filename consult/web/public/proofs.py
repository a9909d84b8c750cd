"""The proof that a response is in the published ledger, for whoever holds its receipt."""

from starlette.responses import JSONResponse, Response

from consult import decisions
from consult.errors import NotFound
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.public.receipts import opened


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    one = opened(request, request.path_params["code"])
    fate = decisions.fate_of(request.db, one)
    if fate.entry is None or fate.publication is None:
        raise NotFound("Nothing has been published that has this response in its ledger yet.")
    document = decisions.proof_document(request.db, fate.publication, one)
    headers = {
        "Content-Disposition": 'attachment; filename="proof.json"',
        "Cache-Control": "private, no-store",
    }
    return JSONResponse(document, headers=headers)
