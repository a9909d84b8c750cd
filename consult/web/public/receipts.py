"""The way back to one's own response: the code opens its private page, and nothing else does."""

from pydantic import BaseModel
from starlette.responses import Response

from consult import consultations, contributions, decisions, moderation, questions, synthesis
from consult.contributions import Contribution
from consult.errors import NotFound
from consult.web import limits
from consult.web.allow import anyone
from consult.web.forms import Form, values_of
from consult.web.page import PageRequest, page
from consult.web.public import fortunes
from consult.web.render import redirect, render
from consult.web.wording import connections, consents, words_of

RATE = "10/minute"
"""How many wrong codes one address may try: at 53 bits a guesser needs longer than there is time."""
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class TypedCode(BaseModel):
    """A code as somebody copied it from paper."""

    code: str


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    return _private(render(request, "public/receipts/index.html", form=Form[TypedCode]()))


@page(allow=anyone, methods=["POST"])
def find(request: PageRequest) -> Response:
    form: Form[TypedCode] = Form(values=values_of(request.posted))
    try:
        opened(request, form.value("code"))
    except NotFound as wrong:
        form.refuse("code", wrong.message)
        return _private(
            render(
                request,
                "public/receipts/index.html",
                part="public/receipts/_form.html",
                status=422,
                form=form,
            )
        )
    return redirect(request, "public.receipts.show", code=form.value("code").strip())


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    db = request.db
    found = opened(request, request.path_params["code"])
    consultation = consultations.by_id(db, found.consultation_id)
    fate = decisions.fate_of(db, found)
    put = questions.told(fate)
    contributor = contributions.contributor_of(db, found)
    facts = fortunes.Facts(
        found,
        consultation,
        moderation.rulings_of(db, found),
        *synthesis.progress_of(db, found),
        fate,
        put,
    )
    return _private(
        render(
            request,
            "public/receipts/show.html",
            code=contributions.shown_code(request.path_params["code"]),
            contribution=found,
            consultation=consultation,
            words=words_of(consultation),
            card=contributions.cards(db, [found])[0],
            steps=fortunes.steps(facts),
            fate=fate,
            put=put,
            writes=bool(contributor and contributor.letters),
            has_name=bool(contributor and contributor.name),
            connections=connections(),
            consents=consents(),
        )
    )


def opened(request: PageRequest, code: str) -> Contribution:
    """The contribution a code opens. Only wrong codes count towards the limit."""
    limits.check(request, "receipts", RATE, count=False)
    try:
        return contributions.by_code(request.db, code)
    except NotFound:
        limits.check(request, "receipts", RATE)
        raise


def _private(response: Response) -> Response:
    response.headers.update(PRIVATE)
    return response
