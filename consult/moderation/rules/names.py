"""Who is named: people, firms and one-of-a-kind roles.

Public bodies and places are left out on purpose: a public body cannot sue for
defamation, and criticism of one is what consultations are for.
"""

import json
import re
from dataclasses import dataclass
from importlib import resources

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Sir|Dame|Lord|Lady|Baroness|Professor|Prof"
    r"|Rev|Reverend"
    r"|Father|Pastor|Imam|Rabbi|PC|Sgt|Sergeant|Inspector|Superintendent|Nurse|Sister"
    r"|Alderman|Mayor"
    r"|Judge|Minister|Headteacher|Head [Tt]eacher|Director|Chief [Ee]xecutive|Leader)"
)
_CAP = r"(?:(?:Mc|Mac|O'|D')?[A-Z][a-z]+(?:-[A-Z][a-z]+)?|[A-Z]{2,}(?:-[A-Z]+)?)"
_JOIN = r"(?:\s(?:de|van|von|bin|al|ap|of|and|the|&)(?=\s[A-Z]))?"
_RUN = re.compile(
    rf"(?<![\w@])(?:(?P<title>{_TITLE})\.?\s)?{_CAP}(?:{_JOIN}\s(?:[A-Z]\.?|&"
    rf"|{_CAP})(?![a-z])){{0,5}}(?:'s)?(?![\w@])"
)
_LOWER_TITLED = re.compile(
    r"(?i:\b(?:mr|mrs|ms|miss|dr|cllr"
    r"|councillor)\.?\s)(?P<name>[A-Za-z][a-z]{2,}(?:\s[A-Z][a-z]+)?)"
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{3,30}\b")
_ROLE = re.compile(
    r"\b(?:(?:deputy |assistant )?(?:head ?teacher|head|manager|owner|landlord|landlady"
    r"|director|boss|chief executive"
    r"|chairman|chair|treasurer|secretary|vicar|priest|caretaker|gp|doctor|dentist|matron"
    r"|driver|editor|principal"
    r"|governor|leader|clerk|warden|chef|pharmacist|coach|consultant|nurse|teacher|builder"
    r"|contractor|mp))"
    r"s?,? (?:of|at|for|from|who runs|behind) (?:the |our )?[A-Z][\w']+"
)
_KNOWN_AS = re.compile(
    r"(?i:\b(?:called|named|neighbour|neighbor|landlord|manager|builder|owner|boss|officer"
    r"|caretaker|vicar|nurse|carer)\b,?\s)"
    r"(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    r"|\bthe (?P<clan>[A-Z][a-z]+) (?:boys?|girls?|lads?|brothers|sisters|twins|kids|family)\b"
    r"|\b(?P<door>[A-Z][a-z]+)\s(?:at|from|in|who lives at)\s(?:no\.?|number|flat|house)?\s?\d+"
)
_LISTS = json.loads(resources.files(__package__).joinpath("names.json").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(" ".join(_LISTS[name]).split())


_FIRM, _PUBLIC, _PLACE, _STOP = _words("firm"), _words("public"), _words("place"), _words("stop")
_NOT_A_SURNAME = _words("not_a_surname")


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
    return Name(*match.span(match.lastgroup or 0), "person")


def _is_common(match: re.Match[str]) -> bool:
    first = match[match.lastgroup or 0].split()[0]
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
