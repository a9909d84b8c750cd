"""The components' markup: labels tied, errors said at the field, words given back and escaped."""

import re
from typing import Any

import pytest

from tests.web.gallery.press import PAGES, ROOT, environment, render, request

WRONG = [("name", "Enter your <name>.")]


def press(part: str, call: str, **context: Any) -> str:
    """One component, called as a page calls it, its white space folded."""
    name = call.split("(")[0]
    source = f'{{% from "components/{part}.html" import {name} %}}{{{{ {call} }}}}'
    html = environment().from_string(source).render(wrong=WRONG, **context)
    return re.sub(r"\s+", " ", html).strip()


def test_a_label_belongs_to_its_control():
    html = press("fields", 'field("name", "Your name", "Gwen", autocomplete="name")')
    assert '<label class="field-label" for="name">Your name</label>' in html
    assert 'id="name" name="name" type="text" value="Gwen" autocomplete="name"' in html
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html


@pytest.mark.parametrize(
    "call",
    [
        'field("name", "Name", "", "A hint", wrong)',
        'textarea("name", "Name", "", "A hint", wrong)',
        'select("name", "Name", [], "", "A hint", wrong)',
        'file_upload("name", "Name", "A hint", wrong)',
    ],
)
def test_a_wrong_field_says_so_where_it_is(call):
    html = press("fields", call)
    assert 'aria-describedby="name-hint name-error"' in html
    assert '<p class="field-hint" id="name-hint">A hint</p>' in html
    assert (
        'id="name-error"><span class="visually-hidden">Error:</span> Enter your &lt;name&gt;.</p>'
        in html
    )
    assert 'aria-invalid="true"' in html
    assert "field-invalid" in html


@pytest.mark.parametrize(
    "call",
    [
        'radios("name", "Legend", options, "b", "A hint", wrong)',
        'checkboxes("name", "Legend", options, ["b"], "A hint", wrong)',
        'date_input("name", "Legend", {}, "A hint", wrong)',
    ],
)
def test_a_group_has_a_legend_and_its_first_control_is_what_the_error_links_to(call):
    options = [{"value": "a", "text": "A", "hint": "First"}, {"value": "b", "text": "B"}]
    html = press("choices", call, options=options)
    assert '<fieldset aria-describedby="name-hint name-error">' in html
    assert '<legend class="field-label">Legend</legend>' in html
    assert html.count('id="name"') == 1
    assert html.count('id="name-error"') == 1


def test_the_chosen_one_stays_chosen_whatever_its_type():
    options = [{"value": 1, "text": "One"}, {"value": 2, "text": "Two"}]
    assert 'value="2" checked' in press(
        "choices", 'radios("n", "N", options, "2")', options=options
    )
    assert 'value="1" checked' in press(
        "choices", 'checkboxes("n", "N", options, ["1"])', options=options
    )
    assert 'value="2" selected' in press(
        "fields", 'select("n", "N", options, "2")', options=options
    )


def test_a_date_gives_back_what_was_typed_even_if_it_is_no_date():
    html = press("choices", 'date_input("when", "When", {"day": "31", "month": "<2>"})')
    assert 'id="when" name="when-day" type="text" inputmode="numeric" value="31"' in html
    assert (
        'id="when-month" name="when-month" type="text" inputmode="numeric" value="&lt;2&gt;"'
        in html
    )


def test_typed_words_are_given_back_and_cannot_break_out():
    html = press("fields", 'textarea("t", "T", words)', words="\n</textarea><script>")
    assert "<script>" not in html
    assert "&lt;/textarea&gt;&lt;script&gt;</textarea>" in html
    assert 'value="&#34;&gt;&lt;b&gt;"' in press("fields", 'field("t", "T", words)', words='"><b>')


def test_a_first_empty_line_survives_the_browser():
    source = (
        '{% from "components/fields.html" import textarea %}{{ textarea("t", "T", "\nhello") }}'
    )
    assert ">\n\nhello</textarea>" in environment().from_string(source).render()


def test_a_limit_is_said_in_words_and_never_cuts():
    html = press("fields", 'textarea("t", "T", limit=5000)')
    assert "You can enter up to 5,000 characters." in html
    assert 'aria-describedby="t-count"' in html
    assert "maxlength" not in html


def test_the_error_summary_links_to_the_fields_and_is_absent_when_all_is_well():
    html = press("messages", "error_summary(wrong)")
    assert '<a href="#name">Enter your &lt;name&gt;.</a>' in html
    assert 'role="alert"' in html
    assert "<a" not in press("messages", 'error_summary([("", "It is closed.")])')
    assert press("messages", "error_summary([])") == ""


def test_a_change_link_says_what_it_changes():
    row = {"key": "Consent", "value": "<b>", "href": "/1", "change": "your consent"}
    html = press("lists", "summary_list([row])", row=row)
    assert '<a href="/1">Change<span class="visually-hidden"> your consent</span></a>' in html
    assert "&lt;b&gt;" in html


def test_a_task_that_cannot_start_is_no_link():
    html = press("lists", 'task_list([{"title": "Publish", "href": "", "state": "cannot"}])')
    assert "<a" not in html
    assert "Cannot start yet" in html


def test_one_button_forms_post_and_say_of_what():
    html = press(
        "actions", 'post_button("I agree", "/a", hidden={"id": "1"}, described="with Gwen")'
    )
    assert '<form method="post" action="/a"><input type="hidden" name="id" value="1">' in html
    assert 'I agree<span class="visually-hidden"> with Gwen</span>' in html


def test_extra_attributes_are_escaped():
    assert 'hx-post="/a?b=&#34;c"' in press(
        "actions", "button('Go', attrs={'hx-post': '/a?b=\"c'})"
    )


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, []),
        (1, 3, [1, 2, 3]),
        (5, 12, [1, 4, 5, 6, 12]),
        (12, 12, [1, 11, 12]),
        (2, 12, [1, 2, 3, 12]),
    ],
)
def test_pagination_shows_the_ends_and_the_neighbours(page, pages, shown):
    html = press("navigation", f"pagination({page}, {pages}, address)", address="?page={}".format)
    links = [int(n) for n in re.findall(r"Page </span>(\d+)<", html)]
    assert links == shown
    assert html.count('aria-current="page"') == bool(shown)


def test_a_bar_says_its_numbers_and_of_how_many():
    series = [{"key": "agree", "label": "Agree"}, {"key": "disagree", "label": "Disagree"}]
    html = press(
        "charts",
        'stacked_bars("T", series, [{"label": "Cost", "counts": [1, 3]}], "4 answers")',
        series=series,
    )
    assert 'aria-label="25% Agree, 75% Disagree, of 4"' in html
    assert 'x="25.0%"' in html
    assert '<td class="number">3 (75%)</td>' in html
    assert "4 answers" in html


def test_a_chart_of_nothing_says_none_and_divides_by_nothing():
    series = [{"key": "agree", "label": "Agree"}]
    html = press(
        "charts",
        'stacked_bars("T", series, [{"label": "Cost", "counts": [0]}], "No answers")',
        series=series,
    )
    assert "None" in html
    assert 'width="0%"' in press("charts", 'bars("T", [{"label": "L", "number": 0}], 0, "Of none")')
    assert 'max="1" value="0"' in press("charts", 'progress(0, 0, "Read")')


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(1, 3, "X")], "a[X:bc]def"),
        ([(0, 4, "X"), (2, 6, "Y")], "[X:ab][X · Y:cd][Y:ef]"),
        ([(0, 6, "X"), (2, 3, "X")], "[X:ab][X:c][X:def]"),
        ([(4, 99, "X"), (-5, 1, "Y")], "[Y:a]bcd[X:ef]"),
        ([(3, 3, "X"), (5, 2, "Y")], "abcdef"),
    ],
)
def test_spans_are_marked_however_they_overlap(spans, expected):
    spans = [{"start": start, "end": end, "label": label} for start, end, label in spans]
    html = press("words", 'marked_text("abcdef", spans)', spans=spans)
    drawn = re.sub(r'<mark[^>]* title="([^"]*)">(.*?)</mark>', r"[\1:\2]", html)
    assert drawn == f'<p class="marked" data-marked>{expected}</p>'


def test_words_under_several_marks_are_drawn_differently():
    spans = [{"start": 0, "end": 2, "label": "X"}, {"start": 1, "end": 3, "label": '"'}]
    html = press("words", 'marked_text("abc", spans)', spans=spans)
    assert '<mark class="mark-many" title="X · &#34;">b</mark>' in html


def test_marked_words_stay_escaped():
    html = press("words", 'marked_text("<b>&", [{"start": 0, "end": 2, "label": "X"}])')
    assert '<mark title="X">&lt;b</mark>&gt;&amp;' in html


@pytest.mark.parametrize(
    ("days", "words"), [(1, "day left"), (58, "days left"), (0, "Closes today")]
)
def test_the_countdown_counts_in_words(days, words):
    assert words in press("cards", f"countdown({days})")


def test_words_in_a_card_are_escaped():
    assert "&lt;script&gt;" in press("cards", 'card("Gwen", "<script>")')


@pytest.mark.parametrize("page", PAGES)
def test_no_page_carries_a_style_or_a_script_of_its_own(page):
    html = render(page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("page", PAGES)
def test_no_identifier_is_used_twice(page):
    ids = re.findall(r'\sid="([^"]+)"', render(page))
    assert sorted(ids) == sorted(set(ids))


def test_the_title_says_when_there_is_an_error():
    assert "<title>Error: Question 2 of 5 – Consult</title>" in render("form")
    assert "<title>Consult</title>" in render("home")


def test_the_header_offers_the_office_to_staff_alone():
    assert "/office/home/show" not in render("home")
    assert "/office/home/show" in render("home", request=request(is_staff=True))


def test_the_page_is_in_the_language_of_the_reader():
    html = render("home", request=request(language="cy"))
    assert '<html lang="cy">' in html
    assert 'href="?lang=en" lang="en" hreflang="en"' in html


def test_every_component_is_documented():
    written = (ROOT / "docs" / "components.md").read_text()
    for file in (ROOT / "templates" / "components").glob("[!_]*.html"):
        for name in re.findall(r"{% macro ([a-z]\w*)\(", file.read_text()):
            assert f"`{name}(" in written, (
                f"docs/components.md does not tell of {name} in {file.name}"
            )
