"""The look in a real browser: each kind of page, light and dark, wide and narrow."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.gallery.press import LAUNCH, PAGES, served

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")
PRESSED = "a, button, input:not([type=hidden]), select, textarea, summary"
WITHIN_WORDS = "p > a, .prose li > a, dt > a, figcaption > a, .skip-link"
SMALL_TARGETS = """([pressed, withinWords]) => [...document.querySelectorAll(pressed)]
  .filter((one) => !one.matches(withinWords) && one.checkVisibility())
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **LAUNCH}


@pytest.fixture
def visit(browser, gallery):
    """Opens a page of the gallery in a window of its own; keeps the console's complaints."""
    views = []

    def open_page(name: str, width: int = 1280, **settings: Any) -> Any:
        view = browser.new_page(viewport={"width": width, "height": 800}, **settings)
        view.complaints = []
        view.on(
            "console",
            lambda said: view.complaints.append(said.text) if said.type == "error" else None,
        )
        views.append(view)
        view.goto(f"{gallery}/{name}")
        return view

    yield open_page
    for view in views:
        view.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong(visit, name, scheme):
    view = visit(name, color_scheme=scheme)
    view.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = Axe().run(view, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(visit, name):
    view = visit(name, width=320)
    assert view.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_everything_pressed_is_large_enough_for_a_finger(visit, name):
    """WCAG 2.2 target size: 24 by 24, except a link within a sentence."""
    small = visit(name, width=360).evaluate(SMALL_TARGETS, [PRESSED, WITHIN_WORDS])
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_the_strict_policy_refuses_nothing(visit, name):
    view = visit(name)
    assert [said for said in view.complaints if "Content Security Policy" in said] == []


def test_the_error_summary_takes_the_reader_to_the_field(visit):
    view = visit("form")
    assert view.evaluate("document.activeElement.matches('.error-summary')")
    view.click("text=Enter an e-mail address like >> nth=0")
    assert view.evaluate("document.activeElement.id") == "email"


def test_a_double_press_sends_the_form_once(visit):
    view = visit("form")
    view.evaluate(
        """() => { window.sent = 0; addEventListener('submit', (event) => {
        if (!event.defaultPrevented) window.sent += 1; event.preventDefault(); }); }"""
    )
    view.dblclick("text=Save and continue")
    assert view.evaluate("window.sent") == 1


def test_the_count_says_how_many_characters_are_too_many_and_cuts_nothing(visit):
    view = visit("components")
    view.fill("#text", "a" * 23)
    assert view.inner_text("#text-count") == "Characters too many: 3"
    assert view.input_value("#text") == "a" * 23


def test_buttons_that_need_a_script_are_not_there_without_it(visit):
    view = visit("receipt", java_script_enabled=False)
    assert not view.is_visible("[data-print]")
    assert visit("receipt").is_visible("[data-print]")


def test_marked_words_are_the_words_to_the_letter(visit):
    words = visit("components").text_content("[data-marked]")
    assert words == "Ring 07700 900 123, says <Dr> Harlow."
