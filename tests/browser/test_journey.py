"""The whole thread in a real browser: from a question to a decision its contributors see."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]

SAID = "Open the library on Sundays, when I am not at work."
QUOTED = "Open the library on Sundays"
FILE = """Reference,How should opening hours change?
L-1,"Please keep Monday evenings, I have no other quiet place to study."
L-2,"Sunday opening would let me bring the grandchildren."
L-3,"Ring Mrs Orme on 07700 900321 about the steps, she is always in."
"""


class Thread:
    """One consultation taken through all its steps, a method a step."""

    def __init__(self, browse: Browse, tmp_path: Path, script: bool) -> None:
        self.browse = lambda who="": browse(who, script=script)
        self.folder, self.script = tmp_path, script
        self.title = f"Library opening hours {'with' if script else 'without'} scripts"
        self.slug = ""
        self.code = ""

    @property
    def office(self) -> str:
        return f"/office/consultations/{self.slug}"

    def ask(self) -> None:
        page = self.browse("olu")
        page.goto("/office/consultations/new")
        page.get_by_label("Who asks?").select_option(index=1)
        page.get_by_label("Title").fill(self.title)
        page.get_by_label("Summary").fill("We ask when the library should be open.")
        page.get_by_label("At once, unless a rule or a reader flags it").check()
        page.get_by_role("button", name="Save as a draft").click()
        self.slug = re.search(r"/consultations/([a-z0-9-]+)/questions", page.url)[1]  # type: ignore[index]
        page.get_by_label("The question").fill("How should opening hours change?")
        page.get_by_role("button", name="Save the question").click()
        page.get_by_role("link", name="Preview").click()
        expect(page.get_by_text("This is a preview")).to_be_visible()
        page.goto(self.office)
        page.get_by_role("button", name="Open to the public").click()
        expect(page.get_by_text("anyone can now take part")).to_be_visible()

    def take_part(self) -> None:
        page = self.browse()
        page.goto(f"/consultations/{self.slug}/respond")
        page.get_by_role("button", name=re.compile("start|begin", re.I)).click()
        page.locator("textarea").fill(SAID)
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_label("Yes, with my name").check()
        page.get_by_label("Your name", exact=False).fill("Bronwen Teal")
        page.get_by_label(re.compile("e-mail", re.I)).fill(f"bronwen.{self.script}@example.org")
        page.get_by_role("button", name="Save and continue").click()
        expect(page.get_by_text(SAID)).to_be_visible()
        page.get_by_role("button", name=re.compile("^Send")).click()
        page.wait_for_url("**/receipts/**")
        self.code = page.url.rsplit("/", 1)[1].split("?")[0]

    def bring_a_file(self) -> None:
        file = self.folder / "letters.csv"
        file.write_text(FILE)
        page = self.browse("ana")
        page.goto(f"{self.office}/imports/files/new")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_label(re.compile("where", re.I)).first.fill("The library's own box")
        page.locator("input[name=ground]").first.check()
        page.get_by_role("button", name="Look into the file").click()
        page.get_by_role("button", name="Take it in").click()
        self.until(page, "3", "taken")

    def moderate(self) -> None:
        page = self.browse("mo")
        page.goto(f"{self.office}/queue?pile=flagged")
        page.locator(f"a[href*='{self.office}/queue/']").first.click()
        expect(page.locator("mark").first).to_be_visible()
        page.get_by_label(re.compile("^Withhold", re.I)).check()
        page.get_by_label(re.compile("^Personal data", re.I)).check()
        page.get_by_label(re.compile("reason", re.I)).first.fill("It gives somebody's number.")
        case = page.url
        page.get_by_role("button", name=re.compile("rul|decide|save", re.I)).first.click()
        page.wait_for_url(lambda url: url != case)
        page.goto(f"{self.office}/clearances/new")
        page.get_by_role("button", name=re.compile("^Publish")).click()

    def read_and_code(self) -> None:
        page = self.browse("ana")
        page.goto(f"{self.office}/contributions?words=library+Sundays")
        page.locator(f"main a[href*='{self.office}/contributions/']").first.click()
        expect(page.get_by_text(SAID).first).to_be_visible()
        self.unfold(page, "Type the words instead")
        page.get_by_label("The exact words").fill(QUOTED)
        self.unfold(page, "A new theme")
        page.get_by_label("Its name").fill("Sunday opening")
        page.get_by_role("button", name="Make it and mark").click()
        expect(page.locator("mark", has_text=QUOTED)).to_be_visible()
        page.get_by_role("button", name="Mark as read").click()

    def unfold(self, page: Page, summary: str) -> None:
        folded = page.locator("details", has=page.get_by_text(summary, exact=True))
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()

    def decide(self) -> None:
        page = self.browse("olu")
        page.goto(self.office)
        page.get_by_role("button", name="Close now").click()
        page.goto(f"{self.office}/decisions/new")
        page.get_by_label("Title").fill("Open on Sunday afternoons")
        page.locator("textarea[name=heard]").fill("People who work all week asked for Sundays.")
        page.locator("input[name=verdict]").first.check()
        page.locator("textarea[name=decided]").fill("From April we open on Sundays, one to five.")
        page.locator("textarea[name=why]").fill("Those who asked cannot come at other times.")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Add what it rests on").first.click()
        page.get_by_label("Theme").select_option(label="Sunday opening")
        page.get_by_role("button", name="Link the theme").click()

    def account_for_the_rest(self) -> None:
        page = self.browse("olu")
        page.goto(f"{self.office}/publications")
        expect(page.get_by_text("This is still to do")).to_be_visible()
        page.goto(f"{self.office}/ledger")
        page.get_by_label(re.compile(r"^All \d+ in this list")).check()
        page.get_by_label("Reason").fill("Opening times on weekdays stay as they are this year.")
        page.get_by_role("button", name="Give this outcome").click()

    def publish(self) -> None:
        page = self.browse("olu")
        page.goto(f"{self.office}/publications")
        page.get_by_label("I have read it all").check()
        page.get_by_role("button", name="Publish").click()
        self.until(page, "it is public")

    def hear_back(self) -> None:
        page = self.browse()
        page.goto(f"/receipts/{self.code}")
        expect(page.get_by_text("Open on Sunday afternoons").first).to_be_visible()
        page.goto(f"/consultations/{self.slug}/outcome")
        expect(page.get_by_text("From April we open on Sundays, one to five.")).to_be_visible()
        expect(page.get_by_text("4", exact=True).first).to_be_visible()
        outbox = self.browse("olu")
        outbox.goto("/office/outbox")
        self.until(outbox, self.title)

    def until(self, page: Page, *texts: str) -> None:
        """Look again until it is there: scripts do it by themselves, people without them reload."""
        for _ in range(60):
            shown = page.locator("main").inner_text().lower()
            if all(text.lower() in shown for text in texts):
                return
            page.wait_for_timeout(500)
            page.reload()
        pytest.fail(f"{texts} never came: {page.locator('main').inner_text()[:600]}")


@pytest.mark.parametrize("script", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_the_question_to_the_decision(browse: Browse, tmp_path: Path, script: bool) -> None:
    thread = Thread(browse, tmp_path, script)
    thread.ask()
    thread.take_part()
    thread.bring_a_file()
    thread.moderate()
    thread.read_and_code()
    thread.decide()
    thread.account_for_the_rest()
    thread.publish()
    thread.hear_back()
