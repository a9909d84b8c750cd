"""Allegations of fact against someone who can be identified: where defamation law asks for care."""

import re
from collections.abc import Iterator

from consult.moderation.rules import context
from consult.moderation.rules.finding import MOST, Finding, Span
from consult.moderation.rules.lexicon import Hit
from consult.moderation.rules.names import Name
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

OPINION = "said as an opinion, but without saying what it rests on"
SECOND_HAND = "told as rumour; repeating a rumour is publishing it"
QUESTION = "asked as a question"
SUPPOSED = "said as a supposition"
QUOTED = "stands in quotation marks"

_REACH = 110
_AFTER_REACH = 45
_VICTIM = re.compile(r"\b(?:was|were|been|being|got|gets|get|is|are|be) (?:\w+ ){0,2}$")
_BE = re.compile(r"\b(?:been|is|was|are|were) (?:\w+ly )?$")
_SHE_DID = re.compile(
    r"^\W*(?:and |but |then |apparently |now )*(?:he|she|they|this (?:man|woman|firm"
    r"|company|landlord|councillor)|the (?:firm|company|man|woman))\b"
)
_TO_A_NAME = re.compile(r"^[^.!?]{0,25}\b(?:by|to|from|of|for|at)\s(?:the )?$")
_ANOTHER_SUBJECT = re.compile(
    r"(?:,| and| but| while| because| when| after| who told| says| said| that)\s(?:i|we"
    r"|you|my|our|the council|someone|somebody|people|residents|vandals|thieves|youths"
    r"|a (?:man|gang|driver|stranger)|the (?:council|government|police|weather"
    r"|system))\s[^,.]{0,40}$"
)
_HELPER = re.compile(
    r"\b(?:victims?|survivors?|helped|helps|supports?|supported|campaign\w*|spoke|speaks"
    r"|talk|talks|researche?[sd]?|investigat\w+|exposed|uncovered|warned|reported|against"
    r"|prevent\w*|tackl\w+|fight\w*|fought|caught|stopped|rescued|about)\b[^.!?]{0,40}$"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """At most one finding for each rule, with the allegation and the name as spans."""
    by_rule: dict[str, tuple[list[Span], list[str]]] = {}
    for hit in reading.of("allegation"):
        name = _accused(reading, hit)
        if name is None or _is_spared(reading, hit, name):
            continue
        spans, signals = by_rule.setdefault(hit.term.rule or _rule_for(name), ([], []))
        spans += [reading.span(name.start, name.end), reading.span(hit.start, hit.end)]
        signals += _signals(reading, hit)
        if len(spans) >= MOST:
            break
    for rule_id, (spans, signals) in by_rule.items():
        yield rule(rule_id).finding(spans, signals)


def _rule_for(name: Name) -> str:
    return "defamation.firm" if name.what == "firm" else "defamation.person"


def _accused(reading: Reading, hit: Hit) -> Name | None:
    """Whom the words accuse: the name before them, after a "by", or one sentence back."""
    start, end = reading.sentence_at(hit.start)
    for name in reversed(reading.names_near(max(start, hit.start - _REACH), hit.start)):
        if name.end <= hit.start and _is_subject(reading, name, hit):
            return name
    for name in reading.names_near(hit.end, min(end, hit.end + _AFTER_REACH)):
        if _TO_A_NAME.search(reading.lower[hit.end : name.start]):
            return name
    return _from_the_sentence_before(reading, hit, start)


def _is_subject(reading: Reading, name: Name, hit: Hit) -> bool:
    between = reading.lower[name.end : hit.start]
    if _VICTIM.search(between) and not _is_a_label(reading, hit):
        return _is_doing(hit, reading) and bool(_BE.search(between))
    return not _ANOTHER_SUBJECT.search(between) and not _HELPER.search(between)


def _is_a_label(reading: Reading, hit: Hit) -> bool:
    """A noun or adjective (a crook, corrupt, on the take), for which "is" accuses."""
    return not re.search(r"ed$|\bstolen$|\bbeaten$", reading.lower[hit.start : hit.end].split()[0])


def _is_doing(hit: Hit, reading: Reading) -> bool:
    return reading.lower[hit.start : hit.end].split()[0].endswith("ing")


def _from_the_sentence_before(reading: Reading, hit: Hit, start: int) -> Name | None:
    if start == 0 or not _SHE_DID.match(reading.lower[start : hit.start]):
        return None
    previous = reading.sentence_at(start - 1)
    named = reading.names_near(*previous)
    return named[-1] if named else None


def _is_spared(reading: Reading, hit: Hit, name: Name) -> bool:
    start, end = reading.sentence_at(hit.start)
    words = reading.lower[start:end]
    around = reading.lower[max(0, start - 120) : end + 120]
    return (
        context.is_negated(reading, hit.start)
        or context.is_official(around)
        or (
            context.is_reported(reading, hit.start, hit.end)
            and context.is_quoted(reading, hit.start)
        )
        or (context.is_opinion(words) and context.has_basis(around))
        or (reading.lower[hit.start : hit.end] == "expenses for" and "fake" not in words)
        or bool(
            re.search(
                r"\b(?:not suggesting|not saying|(?:do not|don't|never|cannot"
                r"|can't) (?:for a moment )?(?:believe|think|accept|imagine)|no reason to (?:think"
                r"|believe)|no suggestion|untrue that|false (?:claims?|rumours?) (?:that|about))\b",
                words,
            )
        )
    )


def _signals(reading: Reading, hit: Hit) -> list[str]:
    words = reading.lower[slice(*reading.sentence_at(hit.start))]
    seen = {
        OPINION: context.is_opinion(words),
        SECOND_HAND: context.is_second_hand(words),
        QUESTION: words.rstrip().endswith("?"),
        SUPPOSED: context.is_doubtful(words),
        QUOTED: context.is_quoted(reading, hit.start),
    }
    return [signal for signal, is_seen in seen.items() if is_seen]
