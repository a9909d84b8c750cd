"""The one sanitiser: what HTML from outside may hold, decided when it is written, not when shown.

Headings begin at h2, since the page has its own h1. Pictures, styles, scripts and forms go.
bleach does the work and appears nowhere else, so that the day it is replaced one file changes.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.token import Token

WORDS = {"a", "abbr", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small"}
INLINE = WORDS | {"b", "br", "strong", "sub", "sup"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"dd", "dl", "dt", "li", "ol", "ul"}
TABLES = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = HEADINGS | LISTS | TABLES | {"blockquote", "details", "hr", "p", "pre", "summary"}
EVERYWHERE = ["lang", "dir"]
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": ["href", "title"],
    "abbr": ["title"],
    "ol": ["start", "reversed"],
    "td": ["colspan", "rowspan", "headers"],
    "th": ["colspan", "rowspan", "scope"],
}
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})

# Without this the words inside a pasted <style> or <script> would be shown as text. It only takes
# away, before the sanitiser reads, so a trick played on it gains nothing.
_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean(html: str) -> str:
    """The HTML with only what the allowlist holds; the words inside anything else are kept."""
    return str(_cleaner().clean(_UNSEEN.sub("", html))).strip()


def from_markdown(text: str) -> str:
    """Safe HTML from Markdown with tables; HTML typed into the Markdown is shown as typed."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = markdown.parse(text)
    _begin_at_h2(tokens)
    return clean(str(markdown.renderer.render(tokens, markdown.options, {})))


def plain(html: str) -> str:
    """The words alone, with a line for each block: for search, mail and feeds."""
    reader = _Words()
    reader.feed(_UNSEEN.sub("", html))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _cleaner() -> Cleaner:
    # A new one each time: bleach's parser keeps state and is not safe to share between threads.
    return Cleaner(
        tags=INLINE | BLOCKS,
        attributes=ATTRIBUTES,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        filters=[_house],  # type: ignore[list-item]  # any function from tokens to tokens will do
    )


def _house(source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the house adds to HTML made safe: links vouch for nothing, and no second h1."""
    for token in source:
        if token.get("name") == "h1":
            token["name"] = "h2"
        if token["type"] == "StartTag" and token["name"] == "a":
            token["data"][(None, "rel")] = "nofollow noopener"
        yield token


def _begin_at_h2(tokens: list[Token]) -> None:
    """Move every heading down by one where the text uses h1, so that its outline stays true."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


class _Words(HTMLParser):
    """Collects the text of a page, with a line break wherever a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "br" or tag in BLOCKS or tag == "div":
            self.parts.append("\n")
