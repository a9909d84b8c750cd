"""Plain text from the HTML of a post: paragraphs, links, mentions and hashtags kept, no markup."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset("p div blockquote ul ol pre h1 h2 h3 h4 h5 h6 table tr".split())  # noqa: SIM905
HIDDEN = frozenset({"script", "style", "template", "noscript"})
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of(html: str) -> str:
    """The words as they are read, with an empty line between paragraphs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _tidy("".join(reader.parts))


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in CONTROLS.sub("", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n– ")
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())

    def _end_link(self, href: str, start: int) -> None:
        """Say where a link leads, unless its words do or it is a mention or a hashtag."""
        words = "".join(self.parts[start:]).strip()
        bare = href.split("://", 1)[-1].rstrip("/")
        if href.startswith(("http://", "https://")) and not words.startswith(("@", "#")):
            if not words:
                self.parts.append(href)
            elif words.split("://", 1)[-1].rstrip("/") != bare:
                self.parts.append(f" ({href})")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))
