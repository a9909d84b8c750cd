"""Counter-signals: what speaks against a flag, read from the words around it."""

import re

from consult.moderation.rules.reading import Reading

_SPEECH = (
    r"(?:said|says|saying|say|told|tells|shout(?:ed|ing|s)?|scream(?:ed|ing|s)?|yell(?:ed"
    r"|ing|s)?|wrote|writes|text(?:ed|s)?"
    r"|messag(?:ed|es?)|e-?mail(?:ed|s)?|post(?:ed|s)|comment(?:ed|s)?|call(?:ed|s|ing)"
    r"|threaten(?:ed|ing|s)|threats?"
    r"|receiv(?:ed|es?|ing)|replied|spat|mutter(?:ed|s)|hissed|graffiti(?:ed)?|sprayed"
    r"|daubed|painted|scrawled|read|reads"
    r"|heard|hear|hearing|chant(?:ed|ing|s)?|abused?|insult(?:ed|s)?|slurs?|headlines?"
    r"|describ(?:ed|es|ing)|accus(?:ed|es|ing)"
    r"|voicemail|letter|note|jok(?:ed|es?)|repeat(?:ed|s)|using the word|the word"
    r"|words like|terms? like|names? like)"
)
_REPORT = re.compile(rf"(?<!\bi )(?<!\bi'll )(?<!\bwe )(?<!\bi've )\b{_SPEECH}\b")
_TO_ME = re.compile(
    r"\b(?:he|she|they|someone|somebody|people|strangers?|man|men|woman|women|driver"
    r"|passenger|neighbours?|neighbor|ex"
    r"|husband|wife|partner|dad|mum|father|mother|boss|caller|lad|lads|boys?|girls?|kids"
    r"|pupils?|patient|customers?|abuser)\b"
    r"[^.!?]{0,40}\b(?:said|told (?:me|us|her|him|my|them)|threaten\w*|shout\w*|scream\w*"
    r"|yell\w*|wrote|text\w*|messag\w*"
    r"|e-?mail\w*|replied|spat|hissed|call(?:ed|ing|s)|kept saying|would say|says"
    r"|used to say|left a|sent (?:me|us|him|her))\b"
)
_PASSIVE_REPORT = re.compile(
    r"\b(?:(?:was|were|am|been|being|get|got|gets|getting|is|are) (?:\w+ )?(?:told|called"
    r"|threatened|sent|warned|labelled|described as)"
    r"|called (?:me|us|her|him|my \w+)|shouted (?:at|abuse)|(?:received|had|get|got"
    r"|getting|sent) (?:\w+ ){0,4}(?:threats?|messages?|e-?mails?|letters?|abuse|calls"
    r"|voicemails?|texts?|notes?))\b"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot|hardly|[a-z]+n't|dont|didnt"
    r"|isnt|wasnt|wouldnt|wont|doesnt"
    r"|denies|denied|deny|cleared of|no evidence|untrue|false to say|wrong to say"
    r"|not suggesting|far from|stop)\b"
    r"(?:\W+\w+){0,4}\W*$"
)
_OFFICIAL = re.compile(
    r"\b(?:(?:was|were|been|is|are) (?:\w+ )?(?:convicted|jailed|imprisoned|fined"
    r"|sentenced|struck off|found guilty|disqualified|prosecuted and|censured|banned by)"
    r"|pleaded guilty|plead guilty|admitted (?:in|to the) (?:court|inquiry|tribunal)"
    r"|found guilty|conviction|struck off"
    r"|(?:court|tribunal|inquiry|inquest|ombudsman|coroner|auditors?|regulator|watchdog"
    r"|cqc|ofsted|ofwat|hse|ico|commission|committee|judge|jury|review|standards board"
    r"|panel|report|environment agency|adjudicator|police)"
    r"(?:'s report)? (?:has |have |had |later |\d{4} )?(?:found|ruled|concluded|held"
    r"|upheld|determined|convicted|fined|decided|established|confirmed|censured|prosecuted"
    r"|said in its report)"
    r"|(?:according to|as reported (?:by|in)|findings? of|judgment|ruling|verdict"
    r"|report (?:by|of|from)) (?:the )?(?:\w+ ){0,3}(?:court|tribunal|inquiry|ombudsman"
    r"|coroner|auditors?|regulator|cqc|ofsted|hse|ico|judge|commission)"
    r"|public register|companies house records)\b"
)
_OPINION = re.compile(
    r"\b(?:i think|i feel|i believe|in my (?:opinion|view|experience)|in our (?:opinion"
    r"|view)|my (?:view|opinion|impression|feeling)|it seems to me|to me(?:,| it)"
    r"|i (?:suspect|wonder)|it looks to me|as i see it|i would say|i'd say|feels like"
    r"|seems like|imo|imho)\b"
)
_BASIS = re.compile(
    r"\b(?:because|given that|since the|as the (?:minutes|report|figures|accounts|papers)"
    r"|after (?:reading|seeing|looking)|based on|judging by|from the (?:minutes|papers"
    r"|accounts|report)|the (?:minutes|report|accounts|figures|published \w+) (?:show|say"
    r"|record|list)|when you (?:look|read)|having (?:read|seen))\b"
)
_DOUBT = re.compile(
    r"\b(?:if|whether|suppose|imagine|hypothetically|what if|would be|could be seen"
    r"|may have|might have)\b"
)
_SECOND_HAND = re.compile(
    r"\b(?:apparently|rumour|rumours|allegedly|alleged|they say|people say|word is|i heard"
    r"|heard that|supposedly|everyone knows|common knowledge)\b"
)
_COUNTER_SPEECH = re.compile(
    r"\b(?:wrong to (?:say|call|think)|(?:should|must|can)(?:n't| not"
    r"|not)? (?:ever )?(?:say|call|use|tolerate)|stop (?:saying|calling|using|treating)"
    r"|nobody should|no one should|no-one should|never (?:say|call|use)"
    r"|(?:is|are|was|were)(?: an?| deeply| so| very| really)? (?:racist|racism"
    r"|unacceptable|disgusting|offensive|hate speech|hate crime|shameful|homophobic"
    r"|transphobic|ableist|hurtful|a slur|slurs?)"
    r"|not all|stereotypes?|myth|lies? about|prejudice|bigot\w*|discriminat\w*"
    r"|hate crimes?|challenge|call (?:it )?out|report(?:ed)? (?:it|him|her|them)"
    r"|saying (?:that|things|you)|shows? (?:how|what)|statements? (?:like|such as)"
    r"|you (?:can(?:no|')t|should(?:n't| not)) (?:just )?(?:say|call)|(?:if"
    r"|when) you (?:say|think|call)|to (?:say|claim|call|think)(?: that)?|wishing"
    r"|preach\w*|should be (?:in jail|banned|ashamed|sacked)|being (?:called|told|treated)"
    r"|treated (?:as|like)|portrayed|people (?:who|that) (?:say|think|call|believe)"
    r"|anyone who (?:says|thinks|calls)|offended|condemn\w*|dehumanis\w*)\b"
)


def is_quoted(reading: Reading, place: int) -> bool:
    """Between quotation marks."""
    return reading.quotation_at(place) is not None


def is_reported(reading: Reading, start: int, end: int) -> bool:
    """Someone else's words: quoted with a word of speech near, or told in the third person."""
    if is_quoted(reading, start):
        around = reading.lower[max(0, start - 140) : start] + " . " + reading.lower[end : end + 90]
        return bool(_REPORT.search(around) or _PASSIVE_REPORT.search(around))
    before = reading.lower[max(reading.sentence_at(start)[0], start - 140) : start]
    return bool(_TO_ME.search(before) or _PASSIVE_REPORT.search(before))


def is_negated(reading: Reading, place: int) -> bool:
    """A negation within the five words before, in the same sentence."""
    begin = max(reading.sentence_at(place)[0], place - 60)
    return bool(_NEGATION.search(reading.lower[begin:place]))


def is_official(words: str) -> bool:
    """A finding by a court, regulator or inquiry is reported."""
    return bool(_OFFICIAL.search(words))


def is_opinion(words: str) -> bool:
    """Said as the writer's opinion."""
    return bool(_OPINION.search(words))


def has_basis(words: str) -> bool:
    """Says what the opinion rests on."""
    return bool(_BASIS.search(words))


def is_doubtful(words: str) -> bool:
    """A supposition rather than an assertion."""
    return bool(_DOUBT.search(words))


def is_second_hand(words: str) -> bool:
    """Rumour. Repeating one is publishing it, so this lowers the score and no more."""
    return bool(_SECOND_HAND.search(words))


def is_counter_speech(words: str) -> bool:
    """Speaks against what it mentions."""
    return bool(_COUNTER_SPEECH.search(words))
