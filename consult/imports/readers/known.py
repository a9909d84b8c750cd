"""Headings that forms are known to write, as data: add a form or a word here, not in code."""

from dataclasses import dataclass

from consult.imports.readers.shapes import Publish, Special

S = Special


@dataclass(frozen=True, slots=True)
class Form:
    """A form service, known by headings it always writes. `plain` headings hold nothing we read."""

    name: str
    signature: frozenset[str]
    specials: dict[str, Special]
    plain: frozenset[str] = frozenset()


def _form(name: str, signature: str, specials: dict[str, Special], plain: str = "") -> Form:
    return Form(name, _set(signature), specials, _set(plain))


def _set(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


# Headings are written as `similar.plain` leaves them: lower case, no punctuation.
FORMS = (
    _form(
        "SurveyMonkey",
        "respondent id, collector id",
        {
            "respondent id": S.REFERENCE,
            "end date": S.SUBMITTED_AT,
            "email address": S.EMAIL,
            "first name": S.NAME,
            "last name": S.NAME,
        },
        "collector id, start date, custom data 1",
    ),
    _form(
        "SmartSurvey",
        "userid, userno, started, ended",
        {"userid": S.REFERENCE, "ended": S.SUBMITTED_AT, "name": S.NAME, "email": S.EMAIL},
        "userno, unique id, started, tracking link",
    ),
    _form(
        "Microsoft Forms",
        "start time, completion time",
        {"id": S.REFERENCE, "completion time": S.SUBMITTED_AT, "email": S.EMAIL, "name": S.NAME},
        "start time, last modified time",
    ),
    _form(
        "GOV.UK Forms",
        "reference, submitted at",
        {"reference": S.REFERENCE, "submitted at": S.SUBMITTED_AT, "language": S.LANGUAGE},
    ),
    _form(
        "Citizen Space",
        "response id, date submitted",
        {
            "response id": S.REFERENCE,
            "date submitted": S.SUBMITTED_AT,
            "what is your name": S.NAME,
            "what is your email address": S.EMAIL,
        },
    ),
    _form(
        "Google Forms",
        "timestamp",
        {"timestamp": S.SUBMITTED_AT, "email address": S.EMAIL, "username": S.EMAIL},
        "score",
    ),
)

# What a heading may be called anywhere.
WORDS: dict[Special, frozenset[str]] = {
    S.REFERENCE: _set(
        "id, ref, reference, reference number, response id, response number, responseid, "
        "submission id, submission reference, respondent id, respondent, unique id, "
        "record id, case id, uuid, anonymous id, receipt"
    ),
    S.SUBMITTED_AT: _set(
        "timestamp, submitted, submitted at, submitted on, date submitted, submission date, "
        "submission time, completed, completed at, completion time, completion date, end date, "
        "ended, date, received, received at, date received, created at, created, created date, "
        "time, recorded date, datetime, when"
    ),
    S.NAME: _set(
        "name, full name, your name, what is your name, first name, last name, surname, "
        "respondent name, forename, contact name"
    ),
    S.EMAIL: _set(
        "email, e mail, email address, e mail address, your email, your email address, "
        "what is your email address, what is your email, contact email, mail"
    ),
    S.CONSENT: _set(
        "consent, publish, publication, publish response, publish my response, "
        "may we publish your response, consent to publish, permission to publish, "
        "publish consent, confidential, may we publish"
    ),
    S.CONNECTION: _set(
        "connection, your connection, connection to this, respondent type, type of respondent, "
        "capacity, in what capacity are you responding, are you responding as, responding as, "
        "role, what is your connection to this, stakeholder type, i am a"
    ),
    S.AREA: _set(
        "area, region, postcode, post code, postcode district, ward, district, county, town, "
        "location, local authority, council area, where do you live, do you live in, "
        "country, nation, postcode area, council"
    ),
    S.LANGUAGE: _set("language, lang, locale, response language, user language"),
}

IP_HEADINGS = _set("ip, ip address, ipaddress, ip addr, client ip, remote address, remote ip")

# What people are offered about publication, and what it comes to. Anything else counts as not said.
CONSENTS: dict[Publish, frozenset[str]] = {
    Publish.WITH_NAME: _set(
        "with name, with my name, publish with name, publish with my name, with_name, named, "
        "publish response with my name, yes publish my response with my name"
    ),
    Publish.WITHOUT_NAME: _set(
        "without name, without my name, publish without name, publish without my name, "
        "without_name, anonymous, anonymously, publish anonymously, yes anonymously, "
        "yes but anonymously, publish my response anonymously, publish response without my name"
    ),
    Publish.COUNT_ONLY: _set(
        "no, n, false, 0, none, count only, count_only, do not publish, "
        "do not publish my response, "
        "confidential, keep confidential, private, not for publication, no do not publish, "
        "dont publish, don't publish"
    ),
}
PLAIN_YES = _set("yes, y, true, 1, x, publish, agree, i agree, i consent, consent given")

TICKED = _set("1, yes, y, true, x, ticked, selected, checked, on, ✓, ✔")
UNTICKED = _set("0, no, n, false, unticked, not selected, unchecked, off, -, –")

LANGUAGES = {"english": "en", "saesneg": "en", "welsh": "cy", "cymraeg": "cy"}
