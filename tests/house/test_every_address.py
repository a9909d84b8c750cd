"""Every page of the demo asks the database few questions, and every form can be sent with nothing in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from httpx2 import Response
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.routing import Route

from consult import consultations, contributions, moderation
from consult.consultations import Consultation, QuestionKind, State
from consult.contributions import Consent, NewContribution
from consult.db import transaction
from consult.web.cache import Pages
from tests.conftest import HTMX
from tests.house.conftest import Demo
from tests.visits.visitors import GETS, TABLE, Form, kind_of

CEILING = 12
GROWTH = 100  # more than any list shows on a page
OURS_TO_COUNT = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.I)
SENTENCE = re.compile(r"[A-Z“][^<>.?!]{8,}[.?!]")
NOT_REACHED = {"oidc.callback"}


def test_every_page_is_found_by_links(demo: Demo) -> None:
    missing = [one.path for one in GETS if one.name not in {*demo.crawl.found, *NOT_REACHED}]
    assert not missing, f"No link leads to these: {missing}"
    assert not demo.crawl.broken


def test_no_page_asks_more_than_twelve_questions_however_much_there_is(demo: Demo) -> None:
    few = questions_asked(demo)
    grow(demo)
    more = questions_asked(demo)
    grow(demo)
    many = questions_asked(demo)
    assert not {name: n for asked in (few, many) for name, n in asked.items() if n > CEILING}
    assert not {name: (n, many[name]) for name, n in more.items() if many[name] > n}


def test_every_form_sent_empty_is_answered_with_and_without_htmx(demo: Demo) -> None:
    routes = [one for one in TABLE if "POST" in (one.methods or ())]
    wrong = [said for route in sorted(routes, key=ending) for said in sent(demo, route)]
    assert not wrong, "\n".join(wrong)


def questions_asked(demo: Demo) -> dict[str, int]:
    """How many statements each page costs when nothing is kept from before."""
    found = {}
    for name, one in demo.crawl.found.items():
        demo.app.state.pages = Pages()
        with counted(demo) as statements:
            assert demo.people[one.who].get(one.path).status_code == one.status
        found[name] = len(statements)
    return found


@contextmanager
def counted(demo: Demo) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if OURS_TO_COUNT.match(statement):
            said.append(statement)

    event.listen(demo.engine, "before_cursor_execute", note)
    yield said
    event.remove(demo.engine, "before_cursor_execute", note)


def grow(demo: Demo) -> None:
    """Many more contributions to each consultation, whatever state it is in, and screened."""
    with transaction(demo.engine) as db:
        for here in db.exec(select(Consultation)).all():
            before = here.state, here.closes_at
            here.state, here.closes_at = State.OPEN, datetime.now(UTC) + timedelta(days=1)
            say_much(db, here)
            here.state, here.closes_at = before


def say_much(db: Session, here: Consultation) -> None:
    question = next(
        one for one in consultations.questions_of(db, here) if one.kind == QuestionKind.TEXT
    )
    at, ids = datetime.now(UTC), []
    for n in range(GROWTH):
        said = [contributions.read_answer(question, [f"Nurses who stay, in ward {n}."])]
        new = NewContribution(answers=said, consent=Consent.NO_NAME)
        sent = contributions.receive(db, here, new, submission=uuid4().hex, at=at)
        ids.append(sent.contribution.id)
    assert moderation.screen(db, here, min(ids), max(ids), at=at) == GROWTH


def ending(route: Route) -> tuple[bool, str]:
    """What signs somebody out comes last."""
    return route.name in ("signin.end", "signin.delete"), route.name


def sent(demo: Demo, route: Route) -> list[str]:
    """What is wrong with the answers to an empty form."""
    form = demo.crawl.posts.get(route.name) or Form("ruth", "", address(demo, route))
    wrong = []
    for headers in ({}, HTMX):
        answer = demo.people[form.who].post(form.action, headers=headers)
        if not is_answered(answer):
            wrong.append(f"{form.action} as {form.who}: {answer.status_code} {answer.text[:300]}")
    return wrong


def is_answered(answer: Response) -> bool:
    """Sent on, or told something in a sentence; never an error of ours."""
    if answer.status_code >= 500:
        return False
    goes_on = {"location", "hx-redirect", "hx-refresh"} & set(answer.headers)
    text = re.sub(
        r"<head>.*?</head>|<header.*?</header>|<footer.*?</footer>", "", answer.text, flags=re.S
    )
    return bool(goes_on) or (kind_of(answer) == "text/html" and SENTENCE.search(text) is not None)


def address(demo: Demo, route: Route) -> str:
    """The address of what no form was seen for: with the ids of another address, or with nobody's."""
    there, stop = route.path, route.path.rfind("}") + 1
    known = {
        one.path: demo.crawl.found[one.name].path for one in TABLE if one.name in demo.crawl.found
    }
    known |= {
        one.path: demo.crawl.posts[one.name].action for one in TABLE if one.name in demo.crawl.posts
    }
    for template, path in known.items():
        if stop and (template + "/").startswith(there[:stop] + "/"):
            depth = there[:stop].count("/") + 1
            return "/".join(path.partition("?")[0].split("/")[:depth]) + there[stop:]
    return re.sub(r"\{[^}]*\}", str(uuid4()), there)
