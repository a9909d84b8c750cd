"""Taking part: where it begins, and sending it."""

import re

from starlette.responses import Response

from consult import consultations, contributions
from consult.consultations import Consultation
from consult.contributions import Channel, Contribution, NewContribution
from consult.errors import Conflict
from consult.web import limits
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.public import checks, drafts
from consult.web.public import journey as journeys
from consult.web.render import redirect, render
from consult.web.wording import words_of

NOTHING_BEGUN = (
    "We have no answers from this browser. If you have just sent them, use the receipt you were "
    "given; if your browser keeps no cookies, allow them for this site and begin again."
)
SUBMISSION = re.compile("[0-9a-f]{32}")


@page(allow=anyone)
def new(request: PageRequest) -> Response:
    consultation = consultations.public_by_slug(request.db, request.path_params["slug"])
    if not consultation.is_open(request.at):
        return _not_open(request, consultation)
    journey = journeys.resume(request, consultation)
    if not journey.is_one_per_page:
        return drafts.questions_page(request, journey)
    return render(
        request,
        "public/contributions/new.html",
        journey=journey,
        consultation=journey.consultation,
        words=journey.words,
        wrong=dict(journey.read()[1]),
    )


@page(allow=anyone, methods=["POST"])
def create(request: PageRequest) -> Response:
    """Send it. The same form sent twice is one contribution with one receipt."""
    consultation = consultations.public_by_slug(request.db, request.path_params["slug"])
    submission = str(request.posted.get("submission", ""))
    if _sent_before(request, consultation, submission):
        new = NewContribution(answers=[])  # what counts is what came the first time
        return _receipt(request, consultation, submission, new)
    journey = journeys.of(request)
    if not journey.is_begun:
        raise Conflict(NOTHING_BEGUN)
    answers, wrong = journey.read()
    said = [one for one in answers if not one.is_blank()]
    if wrong or not said or not journey.about.get("consent"):
        return checks.check_page(request, journey, status=422)
    limits.check(request, "contributions", "300/hour")
    response = _receipt(
        request,
        consultation,
        journey.submission,
        NewContribution.model_validate({**journey.about, "answers": said}),
    )
    contributions.drop_draft(request.db, consultation, journey.token)
    return response


def _not_open(request: PageRequest, consultation: Consultation) -> Response:
    return render(
        request,
        "public/contributions/closed.html",
        status=409,
        consultation=consultation,
        words=words_of(consultation),
        begun=journeys.resume(request, consultation).is_begun,
        message=journeys.why_not(consultation, request.at),
        is_early=consultation.opens_at > request.at,
    )


def _sent_before(
    request: PageRequest, consultation: Consultation, submission: str
) -> Contribution | None:
    if not SUBMISSION.fullmatch(submission):
        return None
    found = contributions.by_submission(request.db, consultation, submission)
    return found if found and found.channel == Channel.WEB else None


def _receipt(
    request: PageRequest, consultation: Consultation, submission: str, new: NewContribution
) -> Response:
    received = contributions.receive(
        request.db, consultation, new, submission=submission, at=request.at
    )
    said = words_of(consultation).receipt
    return redirect(request, "public.receipts.show", say=said, code=received.code)
