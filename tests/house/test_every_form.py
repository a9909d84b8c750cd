"""Every form of the site, sent with nothing in it: refused or done, and never an error of ours."""

import re

from consult.web import routes
from tests.house.conftest import Demo
from tests.visits.visitors import Form

POSTS = [one for one in routes.table() if "POST" in (one.methods or ())]
NOT_ON_A_PAGE: dict[str, str] = {}
SENTENCE = re.compile(r"[A-Z“][^<>.?!]{8,}[.?!]")
WHOLE = re.compile(r"\s*<!doctype html>", re.I)


def test_every_form_can_be_sent_empty_with_and_without_htmx(demo: Demo) -> None:
    missing = {one.name for one in POSTS} - set(demo.crawl.posts) - set(NOT_ON_A_PAGE)
    assert not missing, "No page has a form for these"
    wrong = [
        f"{name}: {said}"
        for name, one in sorted(demo.crawl.posts.items(), key=last)
        for said in sent(demo, one)
    ]
    assert not wrong, "\n".join(wrong)


def last(named: tuple[str, Form]) -> tuple[bool, str]:
    """Signing out comes last, and what takes things away after what only reads them."""
    name = named[0]
    return name.endswith((".delete", ".end", ".discard")), name


def sent(demo: Demo, form: Form) -> list[str]:
    return []
