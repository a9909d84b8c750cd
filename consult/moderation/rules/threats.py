"""Threats: who would do what to whom; idiom, report, quotation and negation come first."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from consult.moderation.rules import context
from consult.moderation.rules.finding import MOST, Finding, Span
from consult.moderation.rules.lexicon import Hit
from consult.moderation.rules.reading import Reading
from consult.moderation.rules.rulebook import rule

QUOTED = "stands in quotation marks"
CONDITIONAL = "said with an if"

_FILLER = (
    r"(?:(?:come|find|hunt|track|wait|turn|up|go|drive|get|bring|personally|happily|gladly"
    r"|fucking|bloody|literally|seriously"
    r"|actually|definitely|really|just|be|back|there|to|and|then|you|him|her|them|your|his"
    r"|house|home|office|down|round|a|gun|knife"
    r"|my|mates|lads|first|over|make|sure|someone|that|going|one|day|soon|see|the|meeting"
    r"|at|outside|till|until|so|hard|tonight|tomorrow)[ ,]+){0,7}"
)
_AGENT = re.compile(
    r"(?:(?:^|\W)(?:i|we|me and \w+ \w+|the lads and i|some of us)(?:'?ll| will"
    r"|'?m (?:fucking )?(?:going to|gonna|gunna)|m gonna| am (?:going to|gonna|coming to)"
    r"|'?re (?:going to|gonna|coming to)| are (?:going to|gonna|coming to)"
    r"| gonna| shall|'?d (?:happily|gladly|love to)| would (?:happily|gladly|love to)"
    r"| want to| wanna| swear(?: to god)?,? (?:i|we)(?:'?ll| will)|'?m coming to"
    r"| intend to| plan to| promise to| vow to)"
    r"|^\W*(?:gonna|going to|coming to|will|about to))[ ,]+" + _FILLER + "$"
)
_INCITING = re.compile(
    r"(?:(?:someone|somebody|we|everyone|everybody|you all|you lot|lads|boys) (?:should"
    r"|needs? to|ought to|must|has to|have to|gotta|has got to)|\blet'?s|\btime to"
    r"|\btime we|\bjust)"
    r"(?: (?:just|really|all|go|and|come|fucking|bloody|round|there|together|get|find|down"
    r"|wait|outside|to)){0,6} $"
    r"|(?:^|[.!?] )(?:go |please )?$"
)
_PASSIVE = re.compile(
    r"(?P<who>\b(?:you|you all|you lot|he|she|they|him|her|(?:this|that|our|the|these"
    r"|those|every|all|any)(?: \w+){0,2}? (?:%s)s?)|%s) "
    r"(?:should|must|ought to|need to|needs to|deserves? to|has to|have to|will|wants"
    r"|needs|'ll)(?: all| really| just)? (?:be|get|being)(?: \w+){0,2} $"
)
_PEOPLE = (
    r"councillor|cllr|mp|minister|officer|official|planner|driver|cyclist|teacher|head"
    r"|doctor|nurse|gp|consultant|warden|manager|staff|family|families"
    r"|kid|child|children|wife|husband|mother|mum|dad|father|daughter|son|leader|mayor"
    r"|developer|landlord|man|men|woman|women|people|bastard|scum|idiot|lot|git"
    r"|bitch|cow|prick|cunt|wanker|twat|pig|traitor|judge|journalist|reporter|receptionist"
    r"|social worker|boss|chairman|chair|clerk|owner|neighbour|resident|tenant|migrant"
    r"|immigrant|refugee|asylum seeker|muslim|jew|gypsies|gypsy|traveller|politician|one"
    r"|lefties|lefty|tory|tories|bureaucrat|civil servant|inspector|editor|author|engineer"
    r"|vicar|headteacher|moderator"
)
_THING = (
    r"(?:the|your|his|her|their|that|this|those|these|our|every|all the|all those"
    r"|all these|any|all of you|all you|some)"
)
_NEXT = (
    r"(?=\W*$|[.,!?;:)\"']|\s+(?:and|if|when|for|in|with|at|on|tonight|tomorrow|before"
    r"|myself|next|one|all|too|now|dead|like|until|till|first|unless|because|slowly|this"
    r"|down|once|after|so|or|as|i|we|outside|himself|and))"
)
_PRONOUN = (
    rf"(?:(?:the|all the|every one of|each of|one of|every single one of) )?(?:you|ya|u"
    rf"|yous)\b|(?:him|her|them|everyone|every last one|every one of them"
    rf"|every single one of them|each other){_NEXT}|(?:them|those|these) (?:all|people"
    rf"|lot)\b"
)
_TARGET = re.compile(
    rf"(?:ing|ed)?(?: the (?:shit|fuck|hell|crap) out of| up| down| off)?(?: fucking"
    rf"| every| all| each| all of)?\s+(?:{_PRONOUN}"
    rf"|{_THING}(?: (?!of\b|about\b|for\b|with\b|the\b|to\b|from\b|by\b|and\b|that\b|in\b"
    rf"|on\b)[\w'-]+){{0,2}}? (?:{_PEOPLE})(?:s|es|'s)?\b)"
    r"(?! (?:an? (?:e-?mail|message|line|note|text|question|look)|off with"
    r"|with (?:kindness|facts|votes|evidence|letters|figures)|in (?:paperwork|objections"
    r"|red tape|court|debt|emails|votes)|to it\b|at the (?:ballot|polls|election|next"
    r"|vote)|out to dry|softly|budget|plans?|scheme|business|career|campaign|feelings"
    r"|wallet|finances|pride|case|argument|department|team|proposal|vote|service|through"
    r"|livelihoods?|chances))"
)
_BODY = re.compile(
    r"\s+(?:(?:in )?(?:your|his|her|their|the|that|(?:that |the |those "
    r"|these )?[\w ]{0,25}?(?:'s|s'))(?: fucking| bloody| ugly| little| smug| stupid){0,2}"
    r" (?:face|faces|head|heads|skull|teeth|leg|legs|neck|necks|arm|arms|throat|throats"
    r"|jaw|kneecaps?|knees|nose|bones|fingers|ribs|balls|eyes|hands)|(?:you|him|her"
    r"|them)(?: \w+)? in the (?:face|head|teeth|throat|mouth))\b"
)
_PLACE = re.compile(
    rf"(?: down| up)?\s+(?:{_THING}|[\w]+'s|(?:\w+ ){{0,2}}\w+'s)(?: (?!of\b"
    rf"|about\b)[\w'-]+){{0,2}}? (?:house|houses|home|homes|office|offices|car|cars|van"
    rf"|building|town hall|hall|clinic|mosque|synagogue|temple|church|school|hotel|camp"
    rf"|caravans?|headquarters|hq|place|surgery|depot|centre|site|station|hostel|shop"
    rf"|windows|door|flat)\b(?! of cards)"
    r"|\s+(?:it|the place|them|your place|that place|this place|the lot)(?: all)? (?:down"
    r"|to the ground|up|with)\b"
)
_OBJECTS = {"person": _TARGET, "body": _BODY, "place": _PLACE}
_PASSIVE_FOR = re.compile(
    _PASSIVE.pattern % (_PEOPLE, r"(?:mr|mrs|ms|dr|cllr|councillor|minister) \w+")
)
_ELECTORAL = re.compile(
    r"\b(?:election|ballot|polls|vote you out|votes|in court|legal challenge"
    r"|judicial review|metaphor\w*)\b"
)
_HYPERBOLE = re.compile(
    r"\b(?:whoever|the (?:idiot|person|genius|clown|fool) (?:who|that)|if i (?:see|hear"
    r"|read) one more|for a (?:pint|coffee|cuppa|seat|bench|loo|toilet)|with kindness"
    r"|laughing|my (?:mum|wife|husband|boss|knees|back) (?:will|would))\b"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Threats to people, their homes and buildings; calls on others; wishes; urging suicide."""
    intent = _places(reading, _is_intended)
    calls = [] if intent else _places(reading, _is_call)
    if intent:
        yield _finding(reading, "threat.intent", intent)
    if calls:
        yield _finding(reading, "threat.call", calls)
    yield from _menaces(reading)


def _places(reading: Reading, test: Callable[[Reading, Hit], bool]) -> list[Span]:
    found = (_grown(reading, hit) for hit in reading.of("violence") if test(reading, hit))
    return list(islice(found, MOST))


def _finding(reading: Reading, rule_id: str, places: list[Span]) -> Finding:
    signals = [QUOTED] if all(context.is_quoted(reading, start) for start, _ in places) else []
    start, end = reading.sentence_at(places[0][0])
    if re.search(r"\bif\b", reading.lower[start:end]):
        signals.append(CONDITIONAL)
    return rule(rule_id).finding([reading.span(*place) for place in places], signals)


def _before(reading: Reading, hit: Hit) -> str:
    return reading.lower[max(reading.sentence_at(hit.start)[0], hit.start - 110) : hit.start]


def _is_spared(reading: Reading, hit: Hit) -> bool:
    start, end = reading.sentence_at(hit.start)
    return (
        context.is_negated(reading, hit.start)
        or context.is_reported(reading, hit.start, hit.end)
        or bool(_HYPERBOLE.search(reading.lower, start, end))
    )


def _object_end(reading: Reading, hit: Hit) -> int:
    """Where the object of the verb ends: a person, a body or a place; 0 for anything else."""
    after = reading.lower[hit.end : hit.end + 90]
    for what in sorted(hit.term.takes):
        if found := _OBJECTS[what].match(after):
            return hit.end + found.end()
    if "person" in hit.term.takes:
        named = reading.names_near(hit.end + 1, hit.end + 3)
        return next((name.end for name in named if name.what == "person"), 0)
    return 0


def _is_intended(reading: Reading, hit: Hit) -> bool:
    if not _AGENT.search(_before(reading, hit)) or not _object_end(reading, hit):
        return False
    start, end = reading.sentence_at(hit.start)
    return not _is_spared(reading, hit) and not _ELECTORAL.search(reading.lower, start, end)


def _is_call(reading: Reading, hit: Hit) -> bool:
    before = _before(reading, hit)
    active = _INCITING.search(before) and _object_end(reading, hit)
    passive = _PASSIVE_FOR.search(before) or _named_passive(reading, hit, before)
    return bool(active or passive) and not _is_spared(reading, hit)


_SHOULD_BE = re.compile(
    r" (?:should|must|ought to|needs to|deserves to|has to)(?: \w+)? (?:be|get)(?: \w+)? $"
)


def _named_passive(reading: Reading, hit: Hit, before: str) -> bool:
    verb = _SHOULD_BE.search(before)
    if not verb or "person" not in hit.term.takes:
        return False
    at = hit.start - len(before) + verb.start()
    return any(
        abs(name.end - at) <= 1 and name.what == "person"
        for name in reading.names_near(at - 60, at)
    )


def _grown(reading: Reading, hit: Hit) -> tuple[int, int]:
    """The verb with its object and, before it, the words of intent in the same sentence."""
    before = _before(reading, hit)
    found = _AGENT.search(before) or _PASSIVE_FOR.search(before) or _INCITING.search(before)
    start = hit.start - len(before) + found.start() if found else hit.start
    while not reading.lower[start].isalnum():
        start += 1
    return start, max(hit.end, _object_end(reading, hit))


def _menaces(reading: Reading) -> Iterator[Finding]:
    by_rule: dict[str, list[Span]] = {}
    for hit in reading.of("menace"):
        if not context.is_reported(reading, hit.start, hit.end) and not _is_denied(reading, hit):
            by_rule.setdefault(hit.term.rule or "threat.menace", []).append((hit.start, hit.end))
    for rule_id, places in by_rule.items():
        yield _finding(reading, rule_id, places)


def _is_denied(reading: Reading, hit: Hit) -> bool:
    # "won't be safe" carries its own negation; only one outside the phrase counts.
    return not re.search(r"n't|\bnot\b", hit.term.text) and context.is_negated(reading, hit.start)
