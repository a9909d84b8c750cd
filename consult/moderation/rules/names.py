"""Who is named: people, firms and one-of-a-kind roles. Public bodies and places are left out on purpose.

A public body cannot sue for defamation, and criticism of one is what consultations are for.
"""

import re
from dataclasses import dataclass

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Rev|Reverend"
    r"|Father|Pastor|Imam|Rabbi|PC|Sgt|Sergeant|Inspector|Superintendent|Nurse|Sister|Alderman|Mayor"
    r"|Judge|Minister|Headteacher|Head [Tt]eacher|Director|Chief [Ee]xecutive|Leader)"
)
_CAP = r"(?:(?:Mc|Mac|O'|D')?[A-Z][a-z]+(?:-[A-Z][a-z]+)?|[A-Z]{2,}(?:-[A-Z]+)?)"
_JOIN = r"(?:\s(?:de|van|von|bin|al|ap|of|and|the|&)(?=\s[A-Z]))?"
_RUN = re.compile(
    rf"(?<![\w@])(?:(?P<title>{_TITLE})\.?\s)?{_CAP}(?:{_JOIN}\s(?:[A-Z]\.?|&|{_CAP})(?![a-z])){{0,5}}(?:'s)?(?![\w@])"
)
_LOWER_TITLED = re.compile(
    r"(?i:\b(?:mr|mrs|ms|miss|dr|cllr|councillor)\.?\s)(?P<name>[A-Za-z][a-z]{2,}(?:\s[A-Z][a-z]+)?)"
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{3,30}\b")
_ROLE = re.compile(
    r"\b(?:(?:deputy |assistant )?(?:head ?teacher|head|manager|owner|landlord|landlady|director|boss|chief executive"
    r"|chairman|chair|treasurer|secretary|vicar|priest|caretaker|gp|doctor|dentist|matron|driver|editor|principal"
    r"|governor|leader|clerk|warden|chef|pharmacist|coach|consultant|nurse|teacher|builder|contractor|mp))"
    r"s?,? (?:of|at|for|from|who runs|behind) (?:the |our )?[A-Z][\w']+"
)
_KNOWN_AS = re.compile(
    r"(?i:\b(?:called|named|neighbour|neighbor|landlord|manager|builder|owner|boss|officer|caretaker|vicar|nurse|carer)\b,?\s)"
    r"(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    r"|\b(?P<door>[A-Z][a-z]+)\s(?:at|from|in|who lives at)\s(?:no\.?|number|flat|house)?\s?\d+"
)
_FIRM = frozenset(
    """Ltd Limited Plc PLC LLP Group Homes Developments Construction Sons Estates Lettings Care Transport
    Travel Buses Coaches Motors Solicitors Properties Partners Partnership Holdings Contractors Builders
    Building Haulage Taxis Nursery Dental Scaffolding Roofing Plumbing Recycling Waste Skips Services
    Solutions Consulting Consultants Associates Bros Brothers Co Company Energy Water Foods Farms Farm
    Arms Inn Hotel Garage Cafe Restaurant Takeaway Kebab Pharmacy Surgery Cars Autos Parking Security
    Logistics Engineering Electrical Heating Windows Demolition Quarries Aggregates Housing Lodge House
    Catering Cleaning Academy Capital Investments Land Rail Trains Chicken Pizza Bakery Stores Supermarket
    Vets Undertakers Funerals Enterprises Industries Systems Software Media Technologies LTD""".split()
)
_PUBLIC = frozenset(
    """Council Department Ministry Government Parliament Commons Lords Treasury NHS Trust Authority Police
    Agency Board Commission Committee Ofsted Ofcom Ofgem Ofwat CQC HMRC DWP DVLA Home Cabinet Assembly
    Senedd Holyrood Westminster Labour Conservative Conservatives Tory Tories Reform Green Greens Liberal
    Democrats Party UKIP SNP Plaid Union Unison Unite BBC ITV EU UN UK GB England Wales Scotland Britain
    Ireland London Europe Inquiry Ombudsman Court Tribunal Constabulary Force Service Executive Cabinet
    Planning Highways Education Social Borough County District Parish City State Act Bill Plan Strategy""".split()
)
_PLACE = frozenset(
    """Street Road Lane Avenue Close Drive Way Park Square Bridge Station School Hospital Library Church
    Centre Hall Green Common Hill Field Fields River Brook Valley North South East West Upper Lower Great
    Little High Market Town Village Island Coast Line Route Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October November December
    Christmas Easter Brexit Covid Facebook Twitter Google Zoom Crescent Terrace Gardens Grove Wood Primary
    Secondary College University Museum Theatre Quay Harbour Marina Roundabout Junction Zone Estate Phase
    Question Section Option Appendix Chapter Page Table Figure English Welsh British Irish Scottish""".split()
)
_STOP = frozenset(
    """The This That These Those A An I We You He She They It Its Our My Your His Her Their Who What When
    Where Why How If And But Or So Because As At By For From In Into Of On Off Over To Up With Without Is
    Are Was Were Be Been Do Does Did Has Have Had Will Would Can Could Should Shall May Might Must Not No
    Yes Please Thank Thanks Dear Hello Hi Also After Before Then There Here Now Today Yesterday Every Each
    All Any Some Many Most More Less Only Just Even Still Never Always Let Lets Stop Keep Make Give Get Go
    Since While Although Though Once Until Unless Like Well Apparently Everyone Everybody Someone Nobody
    People Residents Ask Investigate Tell Look Sadly Honestly Frankly Perhaps Maybe Both Another Other
    Last Next First Second Third Two Three Four Five Ten New Old Local Public National Regional Former
    Charge Arrest Sack Fire Jail Lock Bring Remember Regarding Re Subject Whoever Whatever Everything
    Nothing Something Anyone Anybody Having Being Am Good Bad Vote Support Build Save Fund Cut Do Dont
    Don Didn Isn Wasn Can't Won Ive Im God Jesus Hitler Nazi Nazis MP MPs GP GPs OK TV AI IT HR PE CEO
    Cllrs Kill Burn Hang Shoot Mum Dad Nan Grandad Disabled Muslims Jews Muslim Jewish Christian Black
    White Asian Travellers Polish Romanian""".split()
)
_TITLE_WORD = re.compile(_TITLE + r"$")
_NOT_A_SURNAME = frozenset(
    """who whom that is are was were has have had should for and or in on at of to from said says will with
    would can could did does must may might cannot the this our your their his her not never surgeries
    meetings surgery appointments led voted took about when where because told if but elected""".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """Someone who can be identified, at [start, end). `what` is person, firm or role."""

    start: int
    end: int
    what: str


def names_in(text: str) -> list[Name]:
    """Everyone identified in a text, in order, each stretch once."""
    found = [name for match in _RUN.finditer(text) if (name := _from_run(match, text))]
    found += [Name(*m.span(), "person") for m in _HANDLE.finditer(text)]
    found += [Name(*m.span(), "role") for m in _ROLE.finditer(text)]
    found += [_known_as(m) for m in _KNOWN_AS.finditer(text) if not _is_common(m)]
    found += [
        Name(*m.span(), "person")
        for m in _LOWER_TITLED.finditer(text)
        if m["name"].split()[0].lower() not in _NOT_A_SURNAME
    ]
    return _apart(found)


def _known_as(match: re.Match[str]) -> Name:
    group = "name" if match["name"] else "door"
    return Name(*match.span(group), "person")


def _is_common(match: re.Match[str]) -> bool:
    first = (match["name"] or match["door"]).split()[0]
    return first in _STOP or first in _PLACE or first in _PUBLIC


def _from_run(match: re.Match[str], text: str) -> Name | None:
    words = [(m.group(), m.start()) for m in re.finditer(r"\S+", match.group())]
    titled = bool(match["title"])
    while words and not titled and words[0][0] in _STOP:
        words.pop(0)
    start = match.start() + (words[0][1] if words else 0)
    bare = [word.removesuffix("'s").strip(".,") for word, _ in words]
    what = _what(bare, titled)
    return Name(start, match.end(), what) if what else None


def _what(words: list[str], titled: bool) -> str:
    """What a run of capitalised words names; empty when nobody that can be identified."""
    if not words:
        return ""
    if titled and len(words) > 1:
        return "" if words[-1] in _PUBLIC and len(words) < 3 else "person"
    if len(words) > 1 and words[-1] in _FIRM:
        return "firm"
    if any(word in _PUBLIC or word in _PLACE for word in words):
        return ""
    person = 2 <= len(words) <= 4 and not any(word in _STOP or word.isupper() for word in words[:1])
    return "person" if person else ""


def _apart(found: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
