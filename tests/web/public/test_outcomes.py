"""What the public sees of decisions: the outcome, the account, the proof, the feeds."""

import csv
from collections.abc import Callable
from xml.etree import ElementTree as Xml

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from consult import contributions
from consult.contributions import Consent, Contribution, Standing
from consult.lib import check_proof, merkle
from tests.conftest import World
from tests.decisions.conftest import WRITTEN, Desk

HERE = "/consultations/dementia-plan"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def published(desk: Desk) -> Desk:
    decision = desk.write()
    named = desk.say("Nurses who stay.", consent=Consent.NAME, name="Pat Doe")
    nameless = desk.say("A quiet garden.", consent=Consent.NO_NAME, name="Sam Roe")
    for one, words in ((named, "who stay"), (nameless, "quiet garden")):
        desk.stand(one, Standing.SHOWN)
        desk.quote(decision, one, words)
    desk.give(desk.say("Something else"), reason="It was done last year.")
    desk.publish()
    return desk


def test_nothing_is_told_before_it_is_published(client: TestClient, desk: Desk) -> None:
    desk.link(desk.write(), desk.say())
    shown = client.get(f"{HERE}/outcome")
    assert shown.status_code == 200
    assert "Nothing has been decided yet" in shown.text and WRITTEN.title not in shown.text
    assert client.get(f"{HERE}/account").status_code == 404
    assert client.get(f"{HERE}/outcome/1").status_code == 404


def test_the_outcome_says_what_was_heard_decided_and_why_with_the_voices(
    client: TestClient, published: Desk
) -> None:
    shown = client.get(f"{HERE}/outcome").text
    for words in (WRITTEN.heard, WRITTEN.decided, "who stay", "quiet garden", "Pat Doe"):
        assert words in shown
    assert "Sam Roe" not in shown
    assert "2 responses informed this decision." in " ".join(shown.split())


def test_who_withdraws_is_quoted_no_more_on_any_version(
    client: TestClient, published: Desk
) -> None:
    assert "<blockquote>who stay<" in client.get(f"{HERE}/outcome/1").text
    with published.open() as (db, here):
        named = contributions.shown(db, here)[-1]
        contributions.withdraw(db, db.get_one(Contribution, named.id), at=published.at)
    assert "<blockquote>who stay<" not in client.get(f"{HERE}/outcome/1").text
    assert "Pat Doe" not in client.get(f"{HERE}/outcome").text


def test_the_account_shows_the_sum_and_its_files_agree(client: TestClient, published: Desk) -> None:
    shown = client.get(f"{HERE}/account").text
    document = client.get(f"{HERE}/account.json").json()
    assert check_proof.check(document).wrong == []
    assert document["root"] in shown and document["public_key"] in shown
    assert document["counts"] == {"response:informed": 2, "response:considered": 1}
    rows = list(csv.DictReader(client.get(f"{HERE}/account.csv").text.splitlines()))
    hashes = [bytes.fromhex(row["leaf hash"]) for row in rows]
    assert merkle.Tree.over(hashes).root.hex() == document["root"]
    assert b"Checks a publication" in client.get("/check-proof.py").content


def test_a_receipt_opens_its_proof(client: TestClient, desk: Desk, contribute: object) -> None:
    received = contribute("Mine.")  # type: ignore[operator]
    assert client.get(f"/receipts/{received.code}/proof.json").status_code == 404
    desk.link(desk.write(), received.contribution.id)
    desk.publish()
    answer = client.get(f"/receipts/{received.code}/proof.json")
    assert check_proof.check(answer.json()).wrong == []
    assert answer.json()["leaf"]["outcome"] == "informed"
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize("where", ["/decisions.atom", f"{HERE}/decisions.atom"])
def test_the_feeds_are_atom(client: TestClient, published: Desk, where: str) -> None:
    answer = client.get(where)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = Xml.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, entry := feed.find(f"{ATOM}entry")):
        assert part is not None
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert entry is not None
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert client.get(link.get("href", "")).status_code == 200


def test_an_empty_site_has_an_empty_list_and_a_valid_feed(client: TestClient, world: World) -> None:
    assert "Nothing has been decided yet" in client.get("/decisions").text
    assert Xml.fromstring(client.get("/decisions.atom").content).tag == f"{ATOM}feed"


def test_decisions_everywhere_are_listed(client: TestClient, published: Desk) -> None:
    shown = client.get("/decisions").text
    assert WRITTEN.title in shown and "3 responses, every one accounted for" in shown


@pytest.mark.parametrize(
    "where",
    [
        f"{HERE}/outcome",
        f"{HERE}/account",
        "/decisions",
        "/office/outbox",
        "/office/consultations/dementia-plan/decisions",
        "/office/consultations/dementia-plan/ledger",
        "/office/consultations/dementia-plan/publications",
    ],
)
def test_no_page_asks_the_database_more_than_twelve_times(
    sign_in: Callable[[str], TestClient], published: Desk, where: str
) -> None:
    browser, asked = sign_in("olu"), []

    def count(*given: object) -> None:
        if str(given[2]).lstrip().upper().startswith("SELECT"):
            asked.append(given[2])

    event.listen(published.world.engine, "before_cursor_execute", count)
    assert browser.get(where).status_code == 200
    event.remove(published.world.engine, "before_cursor_execute", count)
    assert 0 < len(asked) <= 12, "\n".join(str(one) for one in asked)
