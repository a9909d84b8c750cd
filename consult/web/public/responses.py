"""Published responses: a list that can be narrowed, and one of them with where it led."""

from collections.abc import Sequence

from starlette.responses import Response

from consult import consultations, contributions, decisions, questions
from consult.consultations import Consultation, Question
from consult.contributions import Channel, Connection, Contribution, Wanted
from consult.errors import NotFound
from consult.web import cache
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.public import supports
from consult.web.render import render
from consult.web.wording import author_of, connections, words_of

SIZE = 24
POSTS_APART = "This is a post, and posts are shown apart from responses."


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    found = consultations.public_by_slug(request.db, request.path_params["slug"])
    version = (found.revision, found.is_open(request.at))
    return cache.page(request, version, lambda: _index(request, found))


def _index(request: PageRequest, consultation: Consultation) -> Response:
    db = request.db
    words = words_of(consultation)
    asked = consultations.questions_of(db, consultation)
    question = _question(asked, request.query_params.get("question", ""))
    wanted = _wanted(request, question, is_call=words.is_call)
    found, after = contributions.public_page(db, consultation, wanted, limit=SIZE)
    return render(
        request,
        "public/responses/index.html",
        part="public/responses/_list.html",
        consultation=consultation,
        words=words,
        counts=consultations.counts(db, consultation.id),
        cards=contributions.cards(db, found),
        mine=supports.mine(request, found),
        author_of=author_of,
        connections=connections(),
        questions=asked,
        question=question,
        wanted=wanted,
        after=after,
    )


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    consultation, found = public(request)
    if found.channel == Channel.POST:
        raise NotFound(POSTS_APART)
    version = (consultation.revision, consultation.is_open(request.at))
    return cache.page(request, version, lambda: _show(request, consultation, found))


def _show(request: PageRequest, consultation: Consultation, found: Contribution) -> Response:
    db = request.db
    fate = decisions.fate_of(db, found)
    return render(
        request,
        "public/responses/show.html",
        consultation=consultation,
        words=words_of(consultation),
        card=contributions.cards(db, [found])[0],
        mine=supports.mine(request, [found]),
        author_of=author_of,
        fate=fate,
        put=questions.told(fate),
        is_open=consultation.is_open(request.at),
    )


def public(request: PageRequest) -> tuple[Consultation, Contribution]:
    """The consultation and the published contribution that the address names."""
    consultation = consultations.public_by_slug(request.db, request.path_params["slug"])
    wanted = contributions.id_of(request.path_params["id"])
    return consultation, contributions.shown_by_id(request.db, consultation, wanted)


def _question(asked: Sequence[Question], number: str) -> Question | None:
    """The question with this number, as the form numbers them."""
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    return asked[place - 1] if 1 <= place <= len(asked) else None


def _wanted(request: PageRequest, question: Question | None, *, is_call: bool) -> Wanted:
    known = {one.value: one for one in Connection}
    return Wanted(
        connection=known.get(request.query_params.get("connection", "")),
        question_id=question.id if question else None,
        most_supported=is_call and request.query_params.get("order") != "newest",
        after=request.query_params.get("after", ""),
    )
