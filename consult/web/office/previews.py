"""A draft as the public will see it: its page, and the form below it."""

from starlette.responses import Response

from consult.web.allow import any_staff
from consult.web.page import PageRequest, page
from consult.web.public.consultations import consultation_page


@page(allow=any_staff)
def show(request: PageRequest) -> Response:
    """Looked at, not sent: the form is shown and cannot be used."""
    return consultation_page(request, request.consultation, "office/previews/show.html")
