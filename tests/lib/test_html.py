import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">go</a>',
        '<a href="java&#10;script:alert(1)">go</a>',
        '<p style="position:fixed" onclick="alert(1)">words</p>',
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style>"
        '<img title="--&gt;<img src=1 onerror=alert(1)>">',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=//evil><input name=q></form>",
        "<scr<script>x</script>ipt>alert(1)</script>",
        "<style>p{background:url(//evil)}",
    ],
)
def test_nothing_that_acts_survives(attack):
    cleaned = html.clean(attack)
    tags = "".join(re.findall(r"<[^>]*>", cleaned))
    assert not re.search(r"script|style|img|iframe|form|input|svg|\bon\w+=", tags, re.IGNORECASE)
    assert "evil" not in tags


def test_words_survive_the_tags_around_them():
    assert html.clean("<div><font color=red>Keep the 42 bus</font></div>") == "Keep the 42 bus"


def test_a_table_keeps_its_shape():
    table = (
        '<table><caption>Costs</caption><thead><tr><th scope="col">Year</th></tr></thead>'
        '<tbody><tr><td colspan="2">2026</td></tr></tbody></table>'
    )
    assert html.clean(table) == table


def test_links_vouch_for_nothing_whatever_they_claim():
    cleaned = html.clean('<a href="https://example.org" rel="me" target="_blank">more</a>')
    assert cleaned == '<a href="https://example.org" rel="nofollow noopener">more</a>'


def test_the_style_of_a_pasted_page_is_not_shown_as_words():
    assert html.clean("<style>p { color: red }</style><p>Hello</p>") == "<p>Hello</p>"


def test_no_second_h1_in_html():
    assert html.clean("<h1>Title</h1>") == "<h2>Title</h2>"


def test_markdown_headings_keep_their_outline_below_the_title_of_the_page():
    assert html.from_markdown("# One\n\n## Two") == "<h2>One</h2>\n<h3>Two</h3>"
    assert html.from_markdown("## Two\n\n### Three") == "<h2>Two</h2>\n<h3>Three</h3>"


def test_markdown_makes_tables_without_styles():
    page = html.from_markdown("| Route | Buses |\n|---|---:|\n| 42 | 6 |")
    assert "<td>42</td>" in page
    assert "style" not in page


def test_html_typed_into_markdown_is_shown_as_typed():
    assert html.from_markdown("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>"


def test_a_dangerous_link_in_markdown_is_no_link():
    assert "href" not in html.from_markdown("[go](javascript:alert(1))")


def test_plain_gives_each_block_its_line():
    page = "<h2>Buses &amp; trams</h2><p>More of <b>both</b>.<br>Soon.</p><ul><li>one</li></ul>"
    assert html.plain(page) == "Buses & trams\n\nMore of both.\nSoon.\n\none"


def test_plain_keeps_cells_apart():
    assert html.plain("<table><tr><td>42</td><td>6</td></tr></table>") == "42 6"


@given(st.text(alphabet="<>/=\"' abhimprstcdeolgn&;#123!-\n", max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = html.clean(text)
    assert html.clean(once) == once


def test_importing_the_sanitiser_warns_of_nothing():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import consult.lib.html"], capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
