"""How far a consultation has come, in sentences for the timeline on its page."""

from datetime import datetime

from consult.consultations import Consultation, State
from consult.web import languages
from consult.web.languages import gettext as _
from consult.web.wording import words_of

Step = dict[str, str]


def of_consultation(one: Consultation, at: datetime) -> list[Step]:
    """What has happened, what is happening, and what comes next."""
    is_open = one.is_open(at)
    is_over = one.state in (State.CLOSED, State.PUBLISHED) or one.closes_at <= at
    is_published = one.state == State.PUBLISHED
    return [
        _opening(one, is_open, is_over),
        step(
            _("Closes") if not is_over else _("Closed"),
            "done" if is_over else "todo",
            languages.moment(one.closes_at),
        ),
        step(
            _("Every %(one)s is read") % {"one": words_of(one).one},
            _now_or(is_over, is_published),
            text=_(
                "People read all of it and mark what it is about. Machines may suggest; they never decide."
            ),
        ),
        _answering(one, is_published),
    ]


def _opening(one: Consultation, is_open: bool, is_over: bool) -> Step:
    begun = is_open or is_over
    return step(
        _("Open") if begun else _("Opens"),
        "now" if is_open else "done" if is_over else "todo",
        languages.day(one.opens_at),
    )


def _answering(one: Consultation, is_published: bool) -> Step:
    if words_of(one).is_call:
        title = _("Questions are put and answered")
        text = _("You see which questions were put, the answers, and why the others were not.")
    else:
        title = _("Decisions are published, with reasons")
        text = _(
            "Each decision shows the responses behind it, and every response what became of it."
        )
    return step(title, "done" if is_published else "todo", text=text)


def _now_or(is_over: bool, is_published: bool) -> str:
    if is_published:
        return "done"
    return "now" if is_over else "todo"


def step(title: str, state: str, when: str = "", text: str = "") -> Step:
    """One step as the timeline macro takes it: state is done, now or todo."""
    return {"title": title, "state": state, "when": when, "text": text}
