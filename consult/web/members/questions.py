"""The questions of a call, as those who put them see them: sorted, joined, and one at a time."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from consult import consultations, contributions, questions
from consult.contributions import Contribution
from consult.errors import NotFound
from consult.identity import Role
from consult.lib import paging
from consult.questions import Which
from consult.web.allow import staff
from consult.web.forms import Form, filled
from consult.web.office.desk import desk
from consult.web.page import PageRequest, page

putters = staff(Role.MEMBER, Role.OFFICIAL)
NOT_A_CALL = (
    "This consultation ends in decisions, so there are no questions to put. See its decisions."
)


@page(allow=putters)
def index(request: PageRequest) -> Response:
    """The most supported first; those nobody has decided on, unless asked otherwise."""
    return listing(request)


@page(allow=putters)
def show(request: PageRequest) -> Response:
    """One question: what to say of it, and which others ask the same."""
    return single(request, question(request))


def listing(request: PageRequest, form: Form[Any] | None = None, status: int = 200) -> Response:
    """The list, with what was typed when something in it was refused."""
    here, which = call(request), _which(request)
    number = paging.page_number(request.query_params.get("page"))
    found = questions.asked(request.db, here, which, number)
    return desk(
        request,
        "members/questions/index.html",
        questions=found,
        which=which,
        Which=Which,
        totals=questions.totals(consultations.counts(request.db, here.id)),
        may_put=questions.may_put(request.roles, here),
        form=form or filled({}),
        status=status,
    )


def single(
    request: PageRequest, one: Contribution, form: Form[Any] | None = None, status: int = 200
) -> Response:
    """The page of one question, with what was typed when something was refused."""
    here = call(request)
    words = request.query_params.get("words", "")
    found = questions.around(request.db, here, one, words)
    asked = found.asked
    joined = asked.outcome is not None and asked.outcome.kind.value == "duplicate"
    return desk(
        request,
        "members/questions/show.html",
        asked=asked,
        form=form or _form(asked),
        lead=asked.outcome.other_id if asked.outcome and joined else None,
        joined=found.joined,
        hearings=questions.hearings_of(request.db, here),
        words=words,
        matches=found.matches,
        may_put=questions.may_put(request.roles, here),
        status=status,
    )


def question(request: PageRequest, question_id: UUID | None = None) -> Contribution:
    """The question that the address (or the form) names, if it belongs to this call."""
    here = call(request)
    return contributions.by_id(request.db, here, question_id or request.path_params["id"])


def ticked(request: PageRequest) -> list[Contribution]:
    """The questions ticked in a list, in its order."""
    ids = dict.fromkeys(str(one) for one in request.posted.getlist("question"))
    try:
        return [question(request, UUID(one)) for one in list(ids)[:100]]
    except ValueError:
        raise NotFound("One of the questions chosen is not here. Load the list again.") from None


def call(request: PageRequest) -> consultations.Consultation:
    """The call for questions that the address names."""
    here = request.consultation
    if here.kind != consultations.Kind.QUESTIONS:
        raise NotFound(NOT_A_CALL)
    return here


def _which(request: PageRequest) -> Which:
    try:
        return Which(request.query_params.get("which", Which.OPEN.value))
    except ValueError:
        return Which.OPEN


def _form(asked: questions.Asked) -> Form[Any]:
    put = asked.put
    if put is None:
        return filled({})
    return filled(
        {
            "answer": put.answer,
            "link": put.link,
            "reason": put.reason,
            "hearing": str(put.hearing_id or ""),
        }
    )
