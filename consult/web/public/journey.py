"""Somebody's way through the form: the draft their browser has begun, and the steps it goes by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.responses import Response

from consult import consultations, contributions
from consult.consultations import Consultation, Question
from consult.contributions import NewAnswer, read_answer
from consult.db import new_id
from consult.errors import Conflict
from consult.lib import codes, dates
from consult.web import limits
from consult.web.page import PageRequest
from consult.web.wording import Words, words_of

COOKIE = "consult_draft"
KEPT_FOR = 30 * 24 * 3600


@dataclass
class Journey:
    """A consultation, its questions, and what this browser has answered so far."""

    consultation: Consultation
    questions: Sequence[Question]
    token: str
    answers: dict[str, list[str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    submission: str = ""

    @property
    def words(self) -> Words:
        return words_of(self.consultation)

    @property
    def is_begun(self) -> bool:
        return bool(self.submission)

    @property
    def is_one_per_page(self) -> bool:
        return self.consultation.layout.value == "one_per_page"

    def given(self, question: Question) -> list[str]:
        """What was answered to a question, as it was typed or chosen."""
        return self.answers.get(str(question.id), [])

    def read(self) -> tuple[list[NewAnswer], list[tuple[int, str]]]:
        """The answers as they may be kept, and what is still wrong, by the question's number."""
        good, wrong = [], []
        for number, question in enumerate(self.questions, start=1):
            try:
                good.append(read_answer(question, self.given(question)))
            except ValueError as said:
                wrong.append((number, str(said)))
        return good, wrong


def of(request: PageRequest) -> Journey:
    """The journey this browser is on; the consultation has to be open."""
    found = consultations.public_by_slug(request.db, request.path_params["slug"])
    if not found.is_open(request.at):
        raise Conflict(why_not(found, request.at))
    return resume(request, found)


def resume(request: PageRequest, consultation: Consultation) -> Journey:
    """What this browser has begun here, be it still open or not."""
    token = request.cookies.get(COOKIE, "")
    said: dict[str, Any] = contributions.draft_of(request.db, consultation, token)
    return Journey(
        consultation,
        consultations.questions_of(request.db, consultation),
        token,
        said.get("answers", {}),
        said.get("about", {}),
        said.get("submission", ""),
    )


def keep(request: PageRequest, journey: Journey) -> None:
    """Keep the draft, sealed; the first time it gets the id that makes a second sending known."""
    if not journey.is_begun:
        limits.check(request, "drafts", "300/hour")
    journey.token = journey.token or codes.new_token()
    journey.submission = journey.submission or new_id().hex
    said = {
        "answers": journey.answers,
        "about": journey.about,
        "submission": journey.submission,
    }
    contributions.keep_draft(request.db, journey.consultation, journey.token, said, at=request.at)


def with_cookie(request: PageRequest, journey: Journey, response: Response) -> Response:
    """Give the browser the name of its draft. Only answers to a POST set it."""
    response.set_cookie(
        COOKIE,
        journey.token,
        max_age=KEPT_FOR,
        path="/consultations",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
    return response


def why_not(found: Consultation, at: datetime) -> str:
    """Why nobody can take part just now, in a sentence."""
    if found.opens_at > at:
        return f"This opens on {dates.day(found.opens_at)}. Come back then to take part."
    return (
        f"This closed on {dates.moment(found.closes_at)}, so it can take no more. "
        "What became of it will be told on its page."
    )
