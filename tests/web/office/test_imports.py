"""Files and hashtags in the office: each step, what is refused, and what is said."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.conftest import HTMX, World
from tests.imports.servers import MastodonServer, free_port
from tests.imports.world import HEAD, bring, counts, numbers, run_of, start

BASE = "/office/consultations/dementia-plan/imports"
FILE = HEAD + "R1,More nurses,Yes\nR2,Open on Sundays,Perhaps\n"

SignIn = Callable[[str], TestClient]
Drain = Callable[[], int]
WHY = {"ground": "public_task", "came_from": "The library"}


def send(browser: TestClient, content: str | bytes, **more: str) -> "TestClient":
    return browser.post(f"{BASE}/files", data=WHY | more, files={"file": ("a.csv", content)})


def test_an_empty_page_says_what_to_do_first(world: World, sign_in: SignIn) -> None:
    answer = sign_in("ana").get(BASE)
    assert answer.status_code == 200
    assert "No hashtag is followed" in answer.text
    assert "No file has been brought" in answer.text


def test_a_file_is_brought_tried_taken_in_and_reported(
    world: World, sign_in: SignIn, drain: Drain
) -> None:
    browser = sign_in("olu")
    assert "On what ground" in browser.get(f"{BASE}/files/new").text
    here = send(browser, FILE).headers["location"]
    page = browser.get(here).text
    assert "Open on Sundays" in page
    assert "It is the same as question" in page or "Sure" in page
    assert browser.post(here, data={"then": "try"}).headers["location"] == here
    assert "nothing is taken in" in browser.get(here).text
    drain()
    tried = browser.get(here).text
    assert "would be taken in" in tried
    assert "Row 3: “Perhaps” is not an option" in tried
    browser.post(here, data={"then": "start"})
    running = browser.get(here)
    assert 'hx-trigger="every 1s"' in running.text
    part = browser.get(here, headers=HTMX)
    assert "<!doctype html>" not in part.text
    drain()
    assert browser.get(here, headers=HTMX).headers["HX-Redirect"] == here
    report = browser.get(here).text
    assert "The library" in report
    assert "“Perhaps” is not an option" in report
    assert counts(world)["received:response"] == 1
    download = browser.get(f"{here}/report.csv")
    assert download.headers["content-type"].startswith("text/csv")
    assert "3,“Perhaps”" in download.text


def test_columns_are_corrected_by_hand(world: World, sign_in: SignIn, drain: Drain) -> None:
    browser = sign_in("olu")
    here = send(browser, "Remarks,Town\nMore nurses,Leeds\n").headers["location"]
    question = browser.get(here).text.split('value="question:')[1].split('"')[0]
    fields = {"column-0": f"question:{question}", "column-1": "area", "then": "start"}
    assert browser.post(here, data=fields).status_code == 303
    drain()
    assert counts(world)["received:response"] == 1


def test_without_a_column_for_a_question_nothing_starts(world: World, sign_in: SignIn) -> None:
    browser = sign_in("olu")
    here = send(browser, FILE).headers["location"]
    fields = {f"column-{n}": "" for n in range(3)}
    answer = browser.post(here, data=fields | {"then": "start"})
    assert answer.status_code == 422
    assert "Choose at least one column that answers a question" in answer.text


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 and so on", "This is a PDF, not a table."),
        (bytes(range(256)) * 40, "not a table that can be read"),
        (b"<!doctype html><p>Sign in", "This is a web page"),
    ],
)
def test_what_is_no_table_is_said_and_not_kept(
    world: World, sign_in: SignIn, content: bytes, says: str
) -> None:
    answer = send(sign_in("olu"), content)
    assert answer.status_code == 422
    assert says in answer.text
    assert "The library" in answer.text
    assert not list((world_data(world)).glob("*"))


def world_data(world: World):
    from consult.imports import uploads

    return uploads.folder()


def test_a_workbook_that_unpacks_without_end_is_refused(world: World, sign_in: SignIn) -> None:
    answer = send(sign_in("olu"), bomb())
    assert answer.status_code == 422
    assert "unpack" in answer.text


def test_a_file_and_a_ground_must_be_chosen(world: World, sign_in: SignIn) -> None:
    answer = sign_in("olu").post(f"{BASE}/files", data={"came_from": "The library"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text
    answer = send(sign_in("olu"), FILE, ground="")
    assert "Choose on what ground" in answer.text


def test_a_file_not_begun_can_be_thrown_away_and_one_begun_cannot(
    world: World, sign_in: SignIn, drain: Drain
) -> None:
    browser = sign_in("mo")
    here = send(browser, FILE).headers["location"]
    assert browser.post(f"{here}/delete").headers["location"] == BASE
    assert browser.get(here).status_code == 404
    run = bring(world, FILE)
    start(world, run)
    assert browser.post(f"{BASE}/files/{run.id}/delete").status_code == 409
    drain()
    assert numbers(run_of(world, run)) == (1, 0, 1)


DAY = {"from_date-day": "1", "from_date-month": "1", "from_date-year": "2026"}


def test_a_hashtag_is_looked_at_followed_paused_and_read(
    world: World, sign_in: SignIn, drain: Drain, mastodon: MastodonServer
) -> None:
    tag = f"OfficePage{uuid4().hex}"  # the server outlives a test
    mastodon.post(f"The day centre helps #{tag}")
    browser = sign_in("mia")
    form = {"server": mastodon.url, "hashtag": "#" + tag, "ground": "public_task", **DAY}
    seen = browser.post(f"{BASE}/sources/preview", data=form)
    assert "The day centre helps" in seen.text
    assert "asked not to be shown" in seen.text
    assert counts(world).get("received:post", 0) == 0
    assert browser.post(f"{BASE}/sources", data=form).headers["location"] == BASE
    drain()
    page = browser.get(BASE).text
    assert "up to date" in page
    assert counts(world)["received:post"] == 1
    pause = page.split("/pause")[0].rsplit('"', 1)[1]
    browser.post(f"{pause}/pause")
    assert "Somebody paused it" in browser.get(BASE).text
    assert browser.post(f"{pause}/read").status_code == 409
    browser.post(f"{pause}/start")
    assert browser.post(f"{pause}/read").status_code == 303


def test_a_server_that_does_not_answer_is_said_at_its_field(world: World, sign_in: SignIn) -> None:
    form = {"server": f"http://127.0.0.1:{free_port()}", "hashtag": "Buses"}
    answer = sign_in("olu").post(f"{BASE}/sources/preview", data=form)
    assert answer.status_code == 422
    assert "could not be reached" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("server", "ftp://x", "Enter a server&#39;s name"),
        ("hashtag", "two words", "Enter one hashtag"),
        ("ground", "", "ground on which you hold"),
        ("from_date-day", "40", "day"),
    ],
)
def test_what_is_missing_is_said(
    world: World, sign_in: SignIn, field: str, value: str, says: str
) -> None:
    form = {"server": "social.test", "hashtag": "Buses", "ground": "consent", **DAY, field: value}
    answer = sign_in("olu").post(f"{BASE}/sources", data=form)
    assert answer.status_code == 422
    assert says in answer.text
