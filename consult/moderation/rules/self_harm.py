"""Someone saying that they are in distress now: a reason to offer help, never to withhold."""

import re
from collections.abc import Iterator

from consult.moderation.rules import context
from consult.moderation.rules.finding import Finding
from consult.moderation.rules.lexicon import Hit
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

LONG_AGO = "told as something in the past"

_OWN = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|i'll|me|my|myself)\b")
_OTHERS = re.compile(
    r"\b(?:he|she|they|brother|sister|son|daughter|husband|wife|friend|friends|patients?"
    r"|people|someone|mum|dad|father|mother|cousin|young men|pupils?|students?|residents?"
    r"|colleague|partner|uncle|teenagers?|neighbour)\b[^.!?]{0,45}$"
)
_PAST = re.compile(
    r"\b(?:years? ago|(?:19|20)\d\d|when i was|back then|as a teenager|in my (?:teens"
    r"|twenties|thirties|forties)|used to|at the time|recovered|recovery|i survived"
    r"|saved my life|saved me|now i (?:volunteer|work|help|run|am well)|these days i"
    r"|got me through|looking back|decades?)\b"
)
_NOW = re.compile(
    r"\b(?:tonight|today|right now|at the moment|currently|still|again|this week"
    r"|this morning|last night|every day|most days|any ?more|anymore|keep thinking|now"
    r"|lately|constantly|always)\b"
)
_WISH = re.compile(
    r"\b(?:want to|wanted to|going to|gonna|thinking (?:of|about)|think (?:of|about)"
    r"|thought (?:of|about)|thoughts of|feel(?:ing)? like|plan(?:ned|ning)? (?:to|on)"
    r"|might (?:just |as well )?|ready to|tempted to|considered|consider|considering"
    r"|tried to|try to|urge to|close to|contemplat\w+|attempted|to the point of|nearly"
    r"|near to|about)\W+(?:\w+\W+){0,2}$"
)
_IDIOM = re.compile(
    r"\b(?:laughing|embarrass\w*|of boredom|waiting (?:for|on) (?:this|that|the) (?:bus"
    r"|train|hold|phone|form)|this form|the queue|the traffic|hold music|(?:bus|train"
    r"|buses) (?:is|are|was|were) (?:so )?late)\b"
)
_CANNOT_GO_ON = re.compile(
    r"\b(?:council|we|town|high street|business|shop|it|this|they|services?"
    r"|staff) (?:can'?t|cannot)\b"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """One finding when the writer speaks of their own wish to die or harm themselves."""
    hits = [hit for hit in reading.of("distress") if _is_own(reading, hit)]
    if not hits:
        return
    past = bool(_PAST.search(reading.lower))
    if past and not any(
        _NOW.search(reading.lower[slice(*reading.sentence_at(h.start))]) for h in hits
    ):
        return
    yield rule("self-harm.own").finding(
        [reading.span(h.start, h.end) for h in hits], [LONG_AGO] if past else []
    )


def _is_own(reading: Reading, hit: Hit) -> bool:
    start, end = reading.sentence_at(hit.start)
    before, sentence = reading.lower[start : hit.start], reading.lower[start:end]
    if not _OWN.search(sentence) or _OTHERS.search(before) or _IDIOM.search(sentence):
        return False
    if context.is_reported(reading, hit.start, hit.end) or _CANNOT_GO_ON.search(sentence):
        return False
    if _is_denied(before, hit):
        return False
    return _says_more(reading, hit, before)


def _is_denied(before: str, hit: Hit) -> bool:
    return "n't" not in hit.term.text and bool(
        re.search(r"\b(?:not|never|no longer|n't|wouldn't|don't)\b(?:\W+\w+){0,2}\W*$", before)
    )


def _says_more(reading: Reading, hit: Hit, before: str) -> bool:
    """Words that are also used lightly or of others need the writer's wish or state beside them."""
    words = reading.lower[hit.start : hit.end]
    if hit.term.text == "better off without me":
        return True
    if words in ("suicidal", "feeling suicidal"):
        return bool(re.search(r"\b(?:i|i'm|i've|me|im)\b[^.,;]{0,30}$", before))
    if words in (
        "suicide",
        "end it",
        "jump off",
        "jump in front",
        "step in front of",
        "overdose",
        "can't go on",
        "cannot go on",
        "cant go on",
    ):
        wished = _WISH.search(before) and re.search(r"\bi(?:'m|'ve|m|ve)?\b", before)
        return bool(wished) or (
            words.endswith("go on")
            and bool(re.search(r"\bi $", before))
            and not re.match(r" (?:holiday|the bus|that|about|trips)", reading.lower[hit.end :])
        )
    return True
