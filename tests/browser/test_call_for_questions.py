"""A call for questions in a real browser: Mia joins, answers and says why not; the pages keep nobody out."""

import pytest

from tests.questions.calls import SLUG, open_call

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_mia_joins_questions_and_brings_an_answer(site, visit, scripts) -> None:
    call = open_call(site.world)
    call.ask("Will the bus to Fellgate come back?")
    call.ask("When do we get our bus again?")
    view = visit("/members", "mia", java_script_enabled=scripts)
    view.click("text=What should I ask about rural health?")
    view.check("text=Will the bus to Fellgate come back?")
    view.check("text=When do we get our bus again?")
    view.click("text=Join as one question")
    view.fill("[name=answer]", "From April.")
    view.fill("[name=link]", "https://hansard.example.org/7")
    view.click("text=Save the answer")
    assert "1 question is joined with it" in view.inner_text("main")
    assert "From April." in view.inner_text(".quote")
    view.goto(f"/members/calls/{SLUG}/questions")
    assert "Every question is decided" in view.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_a_call_keep_nobody_out(site, visit, no_barriers, width, scheme) -> None:
    first, _ = open_call(site.world).ask("Will the bus to Fellgate come back?")
    for path in (
        "/members",
        f"/members/calls/{SLUG}/questions",
        f"/members/calls/{SLUG}/questions/{first}",
        f"/members/calls/{SLUG}/hearings",
        f"/consultations/{SLUG}/answers",
    ):
        no_barriers(visit(path, "mia", width=width, color_scheme=scheme))
