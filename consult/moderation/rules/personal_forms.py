"""The forms personal data takes: where each may be, and what must hold for it to count."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from consult.moderation.rules import identifiers

ROLE_MAILBOX = "the address is at a public body"
NO_CONTEXT = "no word nearby says what the number is"

_SEP = r"[ .\-/()\u2060]{0,2}"
_PUBLIC_LINE = re.compile(
    r"\b(?:helpline|hotline|switchboard|reception|surgery|clinic|council|office|library"
    r"|hospital|customer services?|box office"
    r"|enquir\w+|help ?desk|contact centre|town hall|head office|samaritans|charity"
    r"|press office|main number|school office|pharmacy|out of hours)\b[^.!?]{0,40}$"
)
_PUBLIC_PLACE = re.compile(
    r"\b(?:surgery|health centre|medical centre|library|hospital|town hall"
    r"|council offices?|civic centre|community centre|village hall|church|mosque"
    r"|school|college|leisure centre|station|depot|museum|office|offices|shop|store|pub"
    r"|company|registered|care home|the council at|write to|post (?:it )?to|drop-in at"
    r"|venue|meeting (?:at|is))\b[^!?]{0,50}$"
)
_ROLE_LOCAL = re.compile(
    r"(?:info|enquir\w*|contact|hello|help|helpdesk|support|office|admin|reception|press"
    r"|media|feedback|consult\w*|planning|team|mail|customer\w*|"
    r"service\w*|foi|complaints?|general|webmaster|no-?reply|democratic\w*|highways"
    r"|transport|libraries|parking|licensing|bookings?|events?|hr|jobs|data\.?protection"
    r"|dpo|policy|have-?your-?say|campaigns?)(?:[._-].*|\d*)?$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of personal data: where it may be, and what it must be to count.

    `judge` gets the match and the lower-case words before and around it, and answers None for
    "not this" or the counter-signals seen.
    """

    rule: str
    pattern: re.Pattern[str]
    judge: Callable[[re.Match[str], str, str], tuple[str, ...] | None]


def _email(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    local, domain = found["local"].lower(), found["domain"].lower()
    if _ROLE_LOCAL.fullmatch(local):
        return None
    return (
        (ROLE_MAILBOX,)
        if re.search(r"(?:gov|nhs|police|parliament)\.?\w*$|\.gov\.|\.nhs\.", domain)
        else ()
    )


def _phone(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    number = identifiers.digits(re.sub(r"\(0\)", "", found.group()))
    number = re.sub(r"^(?:0044|44)0?", "0", number)
    if not identifiers.is_personal_phone(number):
        return None
    mobile = number.startswith("07")
    if not mobile and _PUBLIC_LINE.search(before):
        return None
    if re.search(
        r"\b(?:ref(?:erence)?|case|order|invoice|planning|application)\W*(?:no\.?|number)?\W*$",
        before,
    ):
        return None
    return ()


def _foreign_phone(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if 9 <= len(identifiers.digits(found.group())) <= 15 else None


def _address(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return None if _PUBLIC_PLACE.search(before) else ()


_AT_HOME = re.compile(
    r"\b(?:i live|lives?|living|my (?:home )?address|home address|his address|her address"
    r"|their address|address is|i'm at|i am at|we are at|resident of|staying"
    r"|moved (?:in)?to|round to|find (?:him|her|me|us|them) at|my house|his house"
    r"|her house|my flat|home is)\b[^.!?]{0,25}$"
)


def _home(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if _AT_HOME.search(before) else None


def _nhs_number(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    if not identifiers.is_nhs_number(identifiers.digits(found.group())):
        return None
    if re.search(r"\b(?:nhs|patient|hospital|medical)\b", around):
        return ()
    return (NO_CONTEXT,) if re.fullmatch(r"\d{3}[ -]\d{3}[ -]\d{4}", found.group()) else None


def _national_insurance(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    number = re.sub(r"[^A-Z0-9]", "", found.group().upper())
    named = re.search(r"\b(?:national insurance|ni (?:no|num)|nino|n\.i\.)", around)
    if not identifiers.is_national_insurance(number):
        return () if named else None
    return () if named else (NO_CONTEXT,)


def _card(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    if not identifiers.is_card(identifiers.digits(found.group())):
        return None
    return (
        ()
        if re.search(r"\b(?:card|visa|mastercard|amex|debit|credit|expir\w*|cvv)\b", around)
        else (NO_CONTEXT,)
    )


def _account(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return ()


def _named_account(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if re.search(r"\b(?:sort code|bank|account|acc(?:t)?\.?)\b", before) else None


def _iban(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if identifiers.is_iban(found.group().replace(" ", "").upper()) else None


def _passport(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if re.search(r"\bpassport\b", around) else None


_VEHICLE = re.compile(
    r"\b(?:reg|registration|plates?|number plate|vrm|car|van|lorry|truck|driver|driving"
    r"|driven|drives|parked|parks|parking|motorbike|vehicle|taxi|minicab"
    r"|audi|bmw|ford|vauxhall|range rover|land rover|mercedes|transit|golf|volkswagen|vw"
    r"|toyota|nissan|tesla|fiesta|corsa|astra|kia|skoda|seat|renault|peugeot|citroen|honda"
    r"|mini|volvo|jaguar|porsche|moped|coach)\b"
)


def _plate(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if _VEHICLE.search(around) else None


def _old_plate(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if re.search(r"\b(?:reg|registration|plates?|vrm)\b", around) else None


def _licence(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return () if int(found["month"]) % 50 in range(1, 13) else None


def _pupil(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    named = re.search(r"\b(?:upn|pupil number|unique pupil)\b", around)
    return () if identifiers.is_upn(found.group().upper()) or named else None


def _birth_date(found: re.Match[str], before: str, around: str) -> tuple[str, ...] | None:
    return (
        ()
        if re.search(r"\b(?:d\.?o\.?b\.?|date of birth|born on|born)\W*(?:is|was|:|=)?\W*$", before)
        else None
    )


_STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|dr|way|crescent|cres|terrace"
    r"|gardens|gdns|grove|place|court|ct|row|hill|walk|square|mews|view|rise|park|green"
    r"|mount|parade)"
)
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[ABD-HJLNP-UW-Z]{2}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"


def _form(name: str, pattern: str, judge: Callable[..., tuple[str, ...] | None]) -> Form:
    return Form(f"personal-data.{name}", re.compile(pattern, re.I), judge)


# In this order: digits claimed by one form are not looked at by the next.
FORMS = (
    _form(
        "email",
        r"(?<![\w.+-])(?P<local>[\w][\w.+-]{0,63})(?:@"
        r"|\s?[\[(]\s?at\s?[\])]\s?)(?P<domain>(?:[\w-]{1,63}\.){1,4}[a-z]{2,24})\b",
        _email,
    ),
    _form(
        "email",
        r"\b(?P<local>[a-z0-9]+(?:(?:\.| dot )[a-z0-9]+){0,3}) ?(?: at |\(at\)"
        r"|\[at\]) ?(?P<domain>[a-z0-9-]+(?: ?(?:\[dot\]|\(dot\)| dot ) ?[a-z]{2,10}){1,3})\b",
        _email,
    ),
    _form("iban", r"\bGB\d{2} ?[A-Z]{4} ?(?:\d{4} ?){3}\d{2}\b", _iban),
    _form("card", r"(?<![\d.,£-])(?:\d[ -]?){12,18}\d(?![\d])", _card),
    _form(
        "bank-account",
        r"(?<!\d)\d{2}[- ]?\d{2}[- ]?\d{2}(?!\d)[^\d\n]{1,40}(?<!\d)\d{8}(?!\d)",
        _account,
    ),
    _form(
        "bank-account", r"(?<!\d)\d{8}(?!\d)[^\d\n]{1,40}(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)", _account
    ),
    _form("bank-account", r"(?<![\d-])(?:\d{2}-\d{2}-\d{2}|\d{8})(?![\d-])", _named_account),
    _form(
        "driving-licence", r"\b[A-Z9]{5}\d(?P<month>[0156]\d)\d{3}[A-Z9]{2}\d[A-Z]{2}\b", _licence
    ),
    _form(
        "national-insurance",
        r"\b[A-Z]{2} ?-?\d{2} ?-?\d{2} ?-?\d{2} ?-?[A-D]\b",
        _national_insurance,
    ),
    _form("pupil-number", r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", _pupil),
    _form(
        "phone",
        rf"(?<![\d.£/-])(?:(?:\+|00)44{_SEP}(?:\(?0\)?)?|\(?0){_SEP}(?:\d{_SEP}){{8,9}}\d(?!\d)",
        _phone,
    ),
    _form(
        "phone",
        r"(?<!\w)\+(?!44)\d{1,3}[ -]?(?:\(?\d{1,4}\)?[ -]?){2,5}\d{2,4}(?!\d)",
        _foreign_phone,
    ),
    _form("nhs-number", r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d])", _nhs_number),
    _form("passport", r"\b(?:[A-Z]\d{8}|\d{9})\b", _passport),
    _form("vehicle", r"\b[A-HJ-PR-Y][A-HJ-PR-Y]\d{2}[ -]?[A-HJ-PR-Z]{3}\b", _plate),
    _form(
        "vehicle",
        r"\b(?:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]|[A-Z]{1,3} ?\d{4})\b",
        _old_plate,
    ),
    _form(
        "address",
        rf"\b(?:flat \d+\w?,? )?\d{{1,4}}[a-z]?,? (?:[a-z'.-]+"
        rf" ){{1,4}}{_STREET}\b[^\n]{{0,50}}?\b{_POSTCODE}\b",
        _address,
    ),
    _form(
        "address",
        rf"\b(?:(?:house|flat|number|no\.?) ?)?\d{{1,4}}[a-z]?,?[ \n]{{1,3}}(?:at "
        rf"|in )?{_POSTCODE}\b",
        _address,
    ),
    _form(
        "address",
        rf"\b{_POSTCODE}\b,? {{0,2}}(?:house |flat |door )?(?:number |no\.? ?)?\d{{1,4}}\b",
        _address,
    ),
    _form(
        "home",
        rf"\b(?:flat \d+\w?,? )?(?:number "
        rf"|no\.? ?)?\d{{1,4}}[a-z]?,? (?:[a-z'.-]{{1,30}} ){{1,3}}{_STREET}\b",
        _home,
    ),
    _form(
        "birth-date",
        rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd"
        rf"|th)? (?:of )?{_MONTH},? \d{{2,4}})\b",
        _birth_date,
    ),
)
