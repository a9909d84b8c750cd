"""Text as people type, paste and export it: made storable, compared, counted and shortened."""

import hashlib
import re
import unicodedata
from collections.abc import Container

# The bidirectional embeddings, overrides and isolates: they can make a page read other than it is
# written, and run on past the text that holds them. Right-to-left letters need none of them.
_BIDI = "\u202a-\u202e\u2066-\u2069"
# C0 and C1 controls but tab and newline; half characters, which no database can store; byte-order
# marks; code points that no XML, and so no feed, may carry.
_UNWANTED = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff{_BIDI}]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TRAILING = re.compile(r"[^\S\n]+(?=\n)")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_EMOJI_FROM_LETTERS = re.compile(r"[^\s]\ufe0f\u20e3?|[0-9#*]\u20e3")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def tidy(text: str, limit: int | None = None) -> str:
    """The same words in a form that can be kept and shown, tidied the same way twice.

    Raises ValueError when more than `limit` characters remain: nothing is cut off in silence.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    text = _TRAILING.sub("", unicodedata.normalize("NFC", text)).strip()
    if limit is not None and len(text) > limit:
        raise ValueError(
            f"This is {len(text):,} characters long and the most we can take is {limit:,}. "
            f"Shorten it by {len(text) - limit:,}."
        )
    return text


def fingerprint(text: str) -> str:
    """Equal (SHA-256, hex) for texts that differ only in case, punctuation and spacing."""
    return hashlib.sha256(_folded(text).encode("utf-8", "ignore")).hexdigest()


def snippet(text: str, length: int) -> str:
    """At most `length` characters on one line, ended at a word, with … for what is left out."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: max(0, length - 1)]
    if line[len(cut)] != " " and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–-") + "…"


def word_count(text: str) -> int:
    """How many words; “don’t” and “well-being” are one each."""
    return sum(1 for _ in _WORD.finditer(text))


def has_words(text: str) -> bool:
    """Whether there is a letter or digit to read; emoji and punctuation alone are not words."""
    return any(char.isalnum() for char in _EMOJI_FROM_LETTERS.sub("", text))


def slug(text: str, taken: Container[str] = (), limit: int = 60) -> str:
    """A readable name for an address, numbered from 2 where it is taken."""
    stem = _stem(text, limit)
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return " ".join(folded.translate(_BLANKED).split())


class _Blanked(dict[int, str]):
    """Punctuation, separators and controls as blanks; each character is looked up once and remembered."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = " " if unicodedata.category(char)[0] in "PZC" else char
        return self[code]


_BLANKED = _Blanked()


def _stem(text: str, limit: int) -> str:
    folded = text.casefold().translate(_APOSTROPHES).replace("&", " and ")
    letters = unicodedata.normalize("NFKD", folded)
    words = re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c)))
    stem = "-".join(words)
    if len(stem) > limit:
        stem = stem[: limit + 1].rpartition("-")[0] or stem[:limit]
    # A title in another script has no letters an address can show as they are.
    return stem or "untitled"
