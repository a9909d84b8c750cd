"""Whether all is well, for machines that watch."""

from starlette.responses import JSONResponse, Response

from consult import __version__, jobs
from consult.web.allow import anyone
from consult.web.page import PageRequest, page


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    """200 when the database answers. A job engine that is down is said, but people can still contribute."""
    engine = request.app.state.engine
    return JSONResponse(
        {
            "version": __version__,
            "database": {"state": "ok", "kind": engine.dialect.name},
            "jobs": jobs.health(engine),
        },
        headers={"Cache-Control": "no-store"},
    )
