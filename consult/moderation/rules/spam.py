"""Spam: advertising and flooding. A campaign letter is not spam, however often it is sent."""

import re
from collections import Counter
from collections.abc import Iterator

from consult.moderation.rules.finding import Finding, Span
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

TRUSTED = "links to a public body or a well-known newspaper"

_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]{3,300}|\b[a-z0-9-]{2,40}\.(?:top|xyz|shop|click|loan"
    r"|win|biz|ru|online|site|store|club|vip|icu|live)(?:/[^\s]{0,200})?\b"
)
_SHORT = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|t\.me|goo\.gl|cutt\.ly|wa\.me|rb\.gy|is\.gd|shorturl\.at)/\S+"
)
_TRUSTED = re.compile(
    r"(?:\.gov\.uk|\.nhs\.uk|\.ac\.uk|\.parliament\.uk|\.police\.uk|bbc\.co\.uk|bbc\.com"
    r"|theguardian\.com|wikipedia\.org|\.org\.uk|ons\.gov)"
)
_WORTH_A_LOOK = re.compile(r"http|www\.|\.[a-z]{2,6}/|(.)\1{29}|£|\$|[!]{3}")
_SENTENCE_LEAST = 12
_SAME_LEAST = 4
_MANY_LINKS = 3


def found_in(reading: Reading) -> Iterator[Finding]:
    """Links with the language of advertising, many links, or the same words over and over."""
    links = [found.span() for found in _LINK.finditer(reading.lower)]
    short = [found.span() for found in _SHORT.finditer(reading.lower)]
    foreign = [span for span in links if not _TRUSTED.search(reading.lower[slice(*span)])]
    pitches = [(hit.start, hit.end) for hit in reading.of("promotion")]
    if _is_advert(len(pitches), len(foreign) + len(short), reading.lower):
        yield _finding(reading, "spam.advert", [*pitches, *foreign, *short])
    elif len(foreign) + len(short) >= _MANY_LINKS or _is_only_links(reading, [*foreign, *short]):
        yield _finding(reading, "spam.links", [*foreign, *short])
    if repeated := _repeated(reading):
        yield _finding(reading, "spam.repeated", repeated)


def _finding(reading: Reading, rule_id: str, places: list[Span]) -> Finding:
    return rule(rule_id).finding(reading.span(*place) for place in places)


def _is_advert(pitches: int, links: int, lower: str) -> bool:
    """Two pitches, or a pitch with somewhere to go; a pitch alone is how people talk."""
    reach = links + bool(re.search(r"\+?\d[\d ]{9,}|@\w{3,}|telegram|whatsapp", lower))
    return pitches >= 2 or (pitches == 1 and reach >= 1 and len(lower) < 600)


def _is_only_links(reading: Reading, links: list[Span]) -> bool:
    covered = sum(end - start for start, end in links)
    return bool(links) and len(reading.lower.strip()) - covered <= _SENTENCE_LEAST


def _repeated(reading: Reading) -> list[Span]:
    """Where the same sentence, or the same word, is said over and over."""
    said = Counter(reading.lower[start:end].strip(" \n.!?") for start, end in reading.sentences)
    sentence, times = said.most_common(1)[0] if said else ("", 0)
    if times >= _SAME_LEAST and len(sentence) >= _SENTENCE_LEAST:
        return [s for s in reading.sentences if sentence in reading.lower[slice(*s)]]
    flood = re.search(r"(\S)\1{39}|\b(\w{2,20})(?:\W{1,3}\2){9}", reading.lower)
    return [flood.span()] if flood else []
