"""Contempt of court: saying someone is guilty while a case is active."""

import re
from collections.abc import Iterator

from consult.moderation.rules import context
from consult.moderation.rules.finding import Finding
from consult.moderation.rules.lexicon import Hit
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

_CONCLUDED = re.compile(
    r"\b(?:was (?:convicted|found guilty|jailed|sentenced|acquitted|cleared)"
    r"|were (?:convicted|found guilty|jailed|sentenced)|pleaded guilty"
    r"|has been (?:convicted|sentenced|jailed)|(?:is|are) (?:now )?serving|case (?:is"
    r"|was) (?:closed|over)|years ago|trial ended|verdict was)\b"
)
_OPEN_MINDED = re.compile(
    r"\b(?:if (?:he|she|they|it|found|convicted|guilty)|innocent until|presumed"
    r"|let the (?:court|jury)|up to the (?:court|jury)|for the (?:court|jury) to|whether"
    r"|fair trial|allegedly|alleged|accused of|not (?:say|comment|guilty)|don't know"
    r"|pleading not guilty and)\b"
)
_ACCUSED = re.compile(
    r"\b(?:the (?:accused|defendant|suspect)|the (?:man|woman|driver|lad|teenager|teacher"
    r"|nurse|officer|boy|girl|bloke|carer|owner|councillor|one|couple"
    r"|brothers) (?:who (?:was|is|has been|got)|they(?:'ve)?|arrested|charged|on trial"
    r"|in custody|that was|up in court|in the dock))\b"
)
_CASE = re.compile(
    r"\b[A-Z][a-z]+ (?:case|trial|hearing|murder|brothers)\b"
    r"|\b(?!(?:He|She|It|They|This|That|There|Who|What|Everyone|Nobody|Someone|One"
    r"|My)\b)[A-Z][a-z]+"
    r" (?:goes on|is on|was arrested|was charged|has been|appears|stands|pleaded)\b"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Active proceedings, someone who can be identified, and a guilt asserted: all three."""
    active, guilt = reading.of("proceedings"), reading.of("guilt")
    if not active or not guilt or _CONCLUDED.search(reading.lower):
        return
    if not _is_identified(reading):
        return
    asserted = [hit for hit in guilt if _is_asserted(reading, hit, active)]
    if asserted:
        yield rule("contempt.guilt").finding(
            reading.span(h.start, h.end) for h in (*asserted, active[0])
        )


def _is_identified(reading: Reading) -> bool:
    found = reading.names or _ACCUSED.search(reading.lower) or _CASE.search(reading.words.text)
    return bool(found)


def _is_asserted(reading: Reading, hit: Hit, active: list[Hit]) -> bool:
    start, end = reading.sentence_at(hit.start)
    if any(abs(hit.start - case.start) > 300 for case in active[:1]) or context.is_negated(
        reading, hit.start
    ):
        return False
    if context.is_reported(reading, hit.start, hit.end) or _charged_with(reading, hit):
        return False
    return not _OPEN_MINDED.search(reading.lower, start, end)


def _charged_with(reading: Reading, hit: Hit) -> bool:
    """ "Charged with being the killer" reports the charge; it does not assert guilt."""
    return bool(
        re.search(
            r"\b(?:charged (?:with|over)|accused of|suspected of|on suspicion of)\b(?: (?:being|a"
            r"|the|an|attempted))* $",
            reading.lower[max(0, hit.start - 50) : hit.start],
        )
    )
