"""Hate: slurs, and what is said of people for what they are. Never a flag for naming a group."""

import re
from collections.abc import Iterator

from consult.moderation.rules import context
from consult.moderation.rules.finding import MOST, Finding
from consult.moderation.rules.lexicon import Hit
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

QUOTED = "stands in quotation marks"

_IS = re.compile(
    r"(?: (?!not\b|who\b|whose\b|and\b|of\b|by\b|to\b|from\b|for\b)[\w']+){0,4}? (?:are|is"
    r"|r|being|be)(?: (?!not\b|never\b|people\b|victims?\b|wrongly\b|often\b|called\b"
    r"|seen\b|treated\b|told\b|labelled\b|portrayed\b|more\b|less likely\b|in\b|at\b"
    r"|under\b|no\b|scared\b|afraid\b|welcome\b|here\b|to\b|from\b|subjected\b"
    r"|blamed\b)[\w']+){0,5} ?"
)
_OF = re.compile(r"\b(?:victims|accused|targets?|afraid|fear|because|by) of|by\b")
_ADJACENT = re.compile(r"[ -](?:fucking |bloody |absolute |total )?")
_HATE_OF = re.compile(
    r" (?:all |these |those |the |every |fucking |bloody |dirty |seeing |so many "
    r"|all these |all of these |how many |any |being |around |you |of |my ){0,4}"
)
_VIOLENCE_TO = re.compile(
    r" (?:all |these |those |the |every |fucking |bloody |of |off |single |last |dirty ){0,5}"
)
_SHOULD_BE = re.compile(
    r"(?: (?:are|is)(?: \w+){1,6} and)?(?: \w+){0,3} (?:should|must|deserve to|need to"
    r"|ought to|want|have to"
    r"|deserves to)(?: all| just)? (?:be |get )?(?:rounded up and )?(?:(?!not|never)\w+ )?"
)
_EXCLUDED = re.compile(r"\b(?:should|must|can|could|would|may|never) ?(?:n't|not|be)?\b.{0,20}$")
_SELF = re.compile(
    r"\b(?:i am|i'm|as an?|we are|we're|my|proud|fellow|us|reclaim\w*|myself)\b[^.!?]{0,25}$"
)
_OBJECTLESS = re.compile(
    r"^(?: (?:crime|violence|drivers?|behaviour|comments?|attitudes?|policy|policies|food"
    r"|music|housing|parking|toilets?|access|pension|football|history|culture|studies"
    r"|voters?|rights|day|event|centre|community centre|area))\b"
)
_WHO_SAYS = re.compile(
    r"(?<!i )\b(?:say|says|saying|think|thinks|thinking|believe|believes|claim|claims"
    r"|claiming|assume|assumes|imply|implies|idea|told|suggest\w*"
    r"|pretend\w*)(?: that)?(?: all| most| you)? $"
)
_OWN_FEELING = re.compile(
    r"(?:\b(?:i|i'm|im|i've|i'd|we|my|lads)\b[^.!?]{0,30}|^\W*(?:so |just |really |fucking )?)$"
)
_OTHERS_DO = re.compile(
    r"\b(?:he|she|they|man|men|who|someone|gang|group|plots?|plotted|plan\w*|threats?"
    r"|threatened|vow\w*|tried)\b[^.!?]{0,30}$"
)
_OBJECT_OF = re.compile(r"\b(?:who|that) \w+ (?:\w+ )?$")


def found_in(reading: Reading) -> Iterator[Finding]:
    """One finding for each rule, resting on the law that covers the people meant."""
    yield from _slurs(reading)
    if not reading.of("identity"):
        return
    yield from _gathered(reading, "hate.dehumanising", _said_of(reading, "dehumanising"))
    yield from _gathered(reading, "hate.blame", _said_of(reading, "derogatory"))
    yield from _gathered(reading, "hate.violence", _violence(reading))
    yield from _gathered(reading, "hate.aversion", _before_identity(reading, "aversion", _HATE_OF))
    yield from _gathered(reading, "hate.expulsion", _expulsion(reading))


Pair = tuple[Hit, Hit]


def _gathered(reading: Reading, rule_id: str, pairs: Iterator[Pair]) -> Iterator[Finding]:
    spans, signals, basis = [], [], ""
    for first, second in pairs:
        start, end = min(first.start, second.start), max(first.end, second.end)
        if _is_spared(reading, start, end):
            continue
        spans.append(reading.span(start, end))
        signals += [QUOTED] if context.is_quoted(reading, start) else []
        basis = basis or first.term.basis or second.term.basis
        if len(spans) >= MOST:
            break
    if spans:
        yield rule(rule_id).finding(spans, signals, basis=basis)


def _is_spared(reading: Reading, start: int, end: int) -> bool:
    first = reading.sentence_at(start)[0]
    return (
        context.is_negated(reading, start)
        or _is_told(reading, start, end)
        or bool(_WHO_SAYS.search(reading.lower[first:start]))
    )


def _is_told(reading: Reading, start: int, end: int) -> bool:
    first, last = reading.sentence_at(start)
    return context.is_reported(reading, start, end) or (
        context.is_counter_speech(reading.lower[first:last])
    )


def _slurs(reading: Reading) -> Iterator[Finding]:
    spans, basis = [], ""
    for hit in reading.of("slur"):
        before = reading.lower[max(reading.sentence_at(hit.start)[0], hit.start - 60) : hit.start]
        if (
            _is_told(reading, hit.start, hit.end)
            or _SELF.search(before)
            or _is_mentioned(reading, hit)
        ):
            continue
        spans.append(reading.span(hit.start, hit.end))
        basis = basis or hit.term.basis
        if len(spans) >= MOST:
            break
    if spans:
        yield rule("hate.slur").finding(spans, basis=basis)


def _is_mentioned(reading: Reading, hit: Hit) -> bool:
    """The word is talked about, not used: in quotation marks by itself, or after "the word"."""
    quoted = reading.quotation_at(hit.start)
    return quoted is not None and quoted[1] - quoted[0] <= hit.end - hit.start + 4


def _said_of(reading: Reading, group: str) -> Iterator[Pair]:
    """Both "X are vermin" and "vermin like X"."""
    for who in reading.of("identity"):
        for what in reading.near(group, who.start - 40, who.end + 70):
            after, before = what.start >= who.end, what.end <= who.start
            if (after and _is_predicate(reading, who, what, group)) or (
                before and _is_epithet(reading, what, who, group)
            ):
                yield who, what


def _is_predicate(reading: Reading, who: Hit, what: Hit, group: str) -> bool:
    between = reading.lower[who.end : what.start]
    if group == "dehumanising" and _ADJACENT.fullmatch(between):
        return not _OBJECTLESS.match(reading.lower[what.end :])
    phrase = " " in what.term.text or reading.lower[what.start : what.end].split()[0] in (
        "stink",
        "smell",
        "breed",
    )
    if phrase and re.fullmatch(r"(?: (?:all|just|always|have|only|do|will|are)){0,3} ", between):
        return True
    generic = _is_generic(reading, who)
    follows = reading.lower[what.end : what.end + 25]
    return (
        generic
        and bool(_IS.fullmatch(between))
        and not _OF.search(between)
        and not _OBJECTLESS.match(follows)
    )


def _is_generic(reading: Reading, who: Hit) -> bool:
    """People in general, not one person: "travellers are", "the disabled are", not "a woman is"."""
    before = reading.lower[max(0, who.start - 14) : who.start]
    word = reading.lower[who.start : who.end]
    plural = word.endswith(
        (
            "s",
            "people",
            "men",
            "women",
            "gypsies",
            "deaf",
            "disabled",
            "ill",
            "irish",
            "blind",
            "chinese",
            "roma",
            "dementia",
            "chairs",
            "syndrome",
        )
    )
    return plural and not re.search(
        r"\b(?:some|few|other|two|three|several|if|young|many|my|of|against|towards?) $", before
    )


def _is_epithet(reading: Reading, what: Hit, who: Hit, group: str) -> bool:
    between = reading.lower[what.end : who.start]
    if group == "dehumanising":
        return (
            bool(re.fullmatch(r"(?: like(?: the| those| these)?| of| called)? ?", between))
            and between != " of"
        )
    return (
        between == " "
        and reading.lower[what.start : what.end] in ("dirty", "filthy", "stinking", "disgusting")
        and _is_generic(reading, who)
    )


def _violence(reading: Reading) -> Iterator[Pair]:
    yield from _before_identity(reading, "violence", _VIOLENCE_TO)
    for who in reading.of("identity"):
        for what in reading.near("violence", who.end, who.end + 46):
            if _should_suffer(reading, who, what):
                yield who, what


def _should_suffer(reading: Reading, who: Hit, what: Hit) -> bool:
    is_object = _OBJECT_OF.search(reading.lower[max(0, who.start - 40) : who.start])
    if what.term.text == "die" and not re.search(
        r"\b(?:deserves? to|should)\b", reading.lower[who.end : what.start]
    ):
        return False
    return not is_object and bool(_SHOULD_BE.fullmatch(reading.lower[who.end : what.start]))


def _before_identity(reading: Reading, group: str, bridge: re.Pattern[str]) -> Iterator[Pair]:
    for what in reading.of(group):
        for who in reading.near("identity", what.end, what.end + 41):
            if _is_object(reading, what, who, bridge):
                yield who, what


def _is_object(reading: Reading, what: Hit, who: Hit, bridge: re.Pattern[str]) -> bool:
    if not bridge.fullmatch(reading.lower[what.end : who.start]) or not _is_generic(reading, who):
        return False
    before = reading.lower[max(reading.sentence_at(what.start)[0], what.start - 40) : what.start]
    after = reading.lower[who.end : who.end + 25]
    if what.term.group == "violence" and _OTHERS_DO.search(before):
        return False
    if what.term.group == "aversion" and not _OWN_FEELING.search(before):
        return False
    ours = what.term.group == "aversion" or re.search(
        r"(?:\b(?:i|we|you|let's|lets|should|must|to|just|'ll|will|gonna|they|lads|them|and"
        r"|all)|^)\W*$",
        before,
    )
    return (
        bool(ours)
        and not re.search(
            r"\b(?:who|that|he|she|they|people|bigots|racists|some|would|cars|which|it) $", before
        )
        and not _OBJECTLESS.match(after)
    )


def _expulsion(reading: Reading) -> Iterator[Pair]:
    for what in reading.of("expulsion"):
        first, last = reading.sentence_at(what.start)
        near = reading.lower[max(0, what.start - 100) : min(len(reading.lower), what.end + 60)]
        for who in reading.near("identity", first - 60, last):
            if _is_generic(reading, who) and not _welcomes(near):
                yield who, what
                break


def _welcomes(words: str) -> bool:
    return bool(
        re.search(
            r"\b(?:feel|felt|made to feel|feels|feeling|should be welcome|never feel"
            r"|makes? \w+ feel|be told|been told|told)\b",
            words,
        )
    )
