"""Signing in and out."""

from starlette.responses import Response

from consult.web.allow import anyone, signed_in
from consult.web.page import PageRequest, page
from consult.web.render import redirect, render


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    return render(request, "signin/new.html")


@page(allow=signed_in, methods=["POST"])
def delete(request: PageRequest) -> Response:
    return redirect(request, "public.home.show")
