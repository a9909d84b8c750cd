"""What the demo world lacks for every page to have something to show: drafts, a file, a link by e-mail."""

import re
import time
from collections.abc import Callable

from httpx2 import Client

from tests.visits.visitors import NOBODY

OPEN = "dementia-care-strategy"
CALL = "rural-health-questions"
ROWS = 600  # more than are published at once, so that a job does it, with a page of its own
PATIENCE = 90.0

More = list[tuple[str, str]]
Wait = Callable[[Callable[[], bool]], None]


def furnish(people: dict[str, Client], wait: Wait) -> More:
    """Do it, and say at which addresses it is, with whom they are for. `wait` lets jobs come to an end."""
    return [
        *begun(people[NOBODY]),
        *draft(people["olu"]),
        *asked_for_a_link(people[NOBODY], people["olu"]),
        *file(people["ana"], wait),
        *clearance(people["mo"], wait),
        *suggestion(people["ana"], wait),
        (NOBODY, f"/consultations/{CALL}/answers"),
        (NOBODY, "/healthz"),
    ]


def begun(citizen: Client) -> More:
    """A response that is not sent yet."""
    here = f"/consultations/{OPEN}/respond"
    citizen.post(here)
    text = "My father waited nine months to be told what he had."
    assert citizen.post(f"{here}/1", data={"q1": text}).status_code == 303
    return [(NOBODY, f"{here}/1"), (NOBODY, f"{here}/about"), (NOBODY, f"{here}/check")]


def draft(official: Client) -> More:
    """A consultation that is not open yet, with a question."""
    page = official.get("/office/consultations/new").text
    given = dict(re.findall(r'name="((?:opens|closes)_at-\w+)"[^>]*value="(\d+)"', page))
    asked = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert asked
    words = {"title": "Library opening hours", "summary": "When should it be open?"}
    choices = {"kind": "proposals", "layout": "one_per_page", "moderation": "after"}
    new = {**given, **words, **choices, "organisation": asked[1]}
    answer = official.post("/office/consultations", data=new)
    assert answer.status_code == 303, answer.text
    question = {"title": "When?", "kind": "text", "points": "5", "max_length": "900"}
    made = answer.headers["location"].split("/questions")[0]
    assert official.post(f"{made}/questions", data=question).status_code == 303
    return [("olu", made)]


def asked_for_a_link(citizen: Client, official: Client) -> More:
    """A link to sign in with, which the demo's outbox shows."""
    sent = citizen.post("/sign-in/link", data={"email": "pat@example.org"})
    outbox = official.get("/office/outbox").text
    link = re.search(r"/sign-in/link/[\w-]{20,}", outbox)
    assert link
    return [(NOBODY, sent.headers["location"]), (NOBODY, link[0])]


def file(analyst: Client, wait: Wait) -> More:
    """A file brought and taken in, and one still waiting for somebody's word."""
    here = f"/office/consultations/{OPEN}/imports/files"
    rows = "\n".join(f"R-{n},Carers in street {n} need a night of sleep." for n in range(ROWS))
    taken = bring(analyst, here, f"Reference,What should change?\n{rows}\n")
    columns = dict(re.findall(r'<select[^>]*name="(column-\d+)"()', analyst.get(taken).text))
    assert set(columns) == {"column-0", "column-1"}
    question = re.search(r'value="(question:[0-9a-f-]+)"', analyst.get(taken).text)
    assert question
    chosen = {"column-0": "reference", "column-1": question[1], "then": "start"}
    assert analyst.post(taken, data=chosen).status_code == 303
    wait(lambda: "every 1s" not in analyst.get(taken).text)
    waiting = bring(analyst, here, "Reference,What should change?\nS-1,More day centres.\n")
    return [("ana", taken), ("ana", waiting), ("ana", f"{taken}/report.csv")]


def bring(analyst: Client, here: str, content: str) -> str:
    why = {"ground": "public_task", "came_from": "The letter box of the town hall"}
    answer = analyst.post(here, data=why, files={"file": ("letters.csv", content.encode())})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def clearance(moderator: Client, wait: Wait) -> More:
    """So many published by one word that a job has to do it."""
    new = f"/office/consultations/{OPEN}/clearances/new"
    many = re.compile(r"\b(\d{3,})\b")
    wait(lambda: any(int(n) >= ROWS for n in many.findall(moderator.get(new).text)))
    upto = re.search(r'name="upto" value="([0-9a-f-]{36})"', moderator.get(new).text)
    assert upto
    answer = moderator.post(new.removesuffix("/new"), data={"upto": upto[1]})
    return [("mo", new), ("mo", answer.headers["location"])]


def suggestion(analyst: Client, wait: Wait) -> More:
    """A theme a machine suggested and a person accepted, with marks still to confirm."""
    here = f"/office/consultations/{OPEN}/themes/suggestions"
    assert analyst.post(f"{here}/new").status_code == 303
    offered = re.compile(
        rf'action="({here}/[0-9a-f-]+/accept)".*?name="name" value="([^"]+)"', re.S
    )
    wait(lambda: offered.search(analyst.get(here).text) is not None)
    found = offered.search(analyst.get(here).text)
    assert found
    answer = analyst.post(found[1], data={"name": found[2]})
    return [("ana", answer.headers["location"])]


def until(done: Callable[[], bool]) -> None:
    """Wait for a worker that runs elsewhere."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "It never came."
        time.sleep(0.3)
